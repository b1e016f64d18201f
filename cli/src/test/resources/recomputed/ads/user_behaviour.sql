-- A session begins with an instant of a user's that has no other in the half hour before it, within the window.
WITH instants AS (
  SELECT DISTINCT user_id, day, occurred_at FROM ad_events
),
followed AS (
  SELECT later.user_id, later.day, later.occurred_at, earlier.occurred_at AS before, earlier.day AS day_before
  FROM instants AS later ASOF LEFT JOIN instants AS earlier
    ON later.user_id = earlier.user_id AND later.occurred_at > earlier.occurred_at
),
windows AS (
  SELECT day AS as_of, day - days_read('user_behaviour') + 1 AS first FROM business_days
),
sessions AS (
  SELECT as_of, user_id, count(*) AS sessions
  FROM windows JOIN followed ON day BETWEEN first AND as_of
  WHERE before IS NULL OR day_before < first OR occurred_at - before > INTERVAL 30 MINUTES
  GROUP BY as_of, user_id
),
events AS (
  SELECT as_of, ad_events.* FROM windows JOIN ad_events ON day BETWEEN first AND as_of
),
figures AS (
  SELECT
    as_of,
    user_id,
    count(*) AS total_events,
    count(*) FILTER (event_type = 'impression') AS impressions,
    count(*) FILTER (event_type = 'click') AS clicks,
    count(*) FILTER (event_type = 'conversion') AS conversions,
    count(DISTINCT campaign_id) AS campaigns,
    count(DISTINCT ad_id) AS ads,
    sum(cost) AS cost,
    coalesce(sum(revenue) FILTER (event_type = 'conversion'), 0) AS revenue
  FROM events
  GROUP BY as_of, user_id
),
attributes AS (
  SELECT as_of, user_id, attribute, value, count(*) AS times
  FROM events UNPIVOT (value FOR attribute IN (device_type, country, age_group, gender))
  GROUP BY as_of, user_id, attribute, value
),
most_frequent AS (
  SELECT as_of, user_id, attribute, value
  FROM attributes
  QUALIFY row_number() OVER (PARTITION BY as_of, user_id, attribute ORDER BY times DESC, value) = 1
),
kinds AS (
  SELECT
    as_of,
    user_id,
    max(value) FILTER (attribute = 'device_type') AS device_type,
    max(value) FILTER (attribute = 'country') AS country,
    max(value) FILTER (attribute = 'age_group') AS age_group,
    max(value) FILTER (attribute = 'gender') AS gender
  FROM most_frequent
  GROUP BY as_of, user_id
)
SELECT
  *,
  CASE
    WHEN conversions > 5 AND revenue > 100 THEN 'High Value'
    WHEN conversions > 0 AND clicks > 10 THEN 'Active Converter'
    WHEN clicks > 20 THEN 'Active Clicker'
    WHEN impressions > 50 THEN 'Viewer'
    ELSE 'Low Engagement'
  END AS segment
FROM figures JOIN sessions USING (as_of, user_id) JOIN kinds USING (as_of, user_id)
