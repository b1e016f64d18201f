-- Users of the day and of the week that end on a Sunday, counted one by one, as sketches should say, too.
WITH weeks AS (
  SELECT day AS as_of FROM business_days WHERE dayofweek(day) = 0
),
values_of_events AS (
  SELECT user_id, day, occurred_at AS at, unnest([
    {'dimension': 'total', 'value': 'all'},
    {'dimension': 'device_type', 'value': device_type},
    {'dimension': 'event_type', 'value': event_type},
    {'dimension': 'page', 'value': page}
  ], recursive := true)
  FROM web_events
),
values_of_sessions AS (
  SELECT user_id, day, started_at AS at, unnest([
    {'dimension': 'channel', 'value': channel},
    {'dimension': 'device_type+channel', 'value': device_type || '+' || channel}
  ], recursive := true)
  FROM touchpoints
),
seen AS (
  SELECT as_of, both.*
  FROM weeks JOIN (FROM values_of_events UNION ALL FROM values_of_sessions) AS both
    ON day BETWEEN as_of - days_read('sketch_accuracy') + 1 AND as_of
  WHERE value IS NOT NULL
)
SELECT
  as_of,
  '24h' AS period,
  dimension,
  value,
  count(DISTINCT user_id) AS exact_users,
  count(DISTINCT user_id) AS estimate,
  16 AS precision,
  1 + CASE WHEN dimension = 'page' THEN 0 ELSE count(DISTINCT date_trunc('hour', at)) END AS sample_count
FROM seen
WHERE day = as_of
GROUP BY ALL
UNION ALL
SELECT
  as_of,
  '7d' AS period,
  dimension,
  value,
  count(DISTINCT user_id) AS exact_users,
  count(DISTINCT user_id) AS estimate,
  16 AS precision,
  1 + count(DISTINCT day) AS sample_count
FROM seen
GROUP BY ALL
