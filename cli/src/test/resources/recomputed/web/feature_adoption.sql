-- Lately is the 30 days to the date; used before is used on a day of the window before them.
WITH used AS (
  SELECT DISTINCT business_days.day AS as_of, feature, user_id, web_events.day > business_days.day - 30 AS lately
  FROM business_days JOIN web_events
    ON web_events.day BETWEEN business_days.day - days_read('feature_adoption') + 1 AND business_days.day
  WHERE feature <> ''
),
features AS (
  SELECT
    as_of,
    feature,
    count(*) FILTER (lately) AS users,
    count(*) FILTER (
      lately AND NOT EXISTS (
        SELECT 1 FROM used AS before
        WHERE before.as_of = used.as_of AND before.feature = used.feature AND before.user_id = used.user_id
          AND NOT before.lately
      )
    ) AS first_uses
  FROM used
  GROUP BY as_of, feature
),
active AS (
  SELECT business_days.day AS as_of, count(DISTINCT user_id) AS active_users
  FROM business_days JOIN web_events
    ON web_events.day BETWEEN business_days.day - 29 AND business_days.day
  GROUP BY as_of
)
SELECT *, share(users, active_users) AS adoption
FROM features JOIN active USING (as_of)
