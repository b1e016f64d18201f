-- Users of the day and of the week that end on a Sunday, counted one by one, as sketches should say, too.
WITH every_day AS (
  SELECT user_id, day, occurred_at AS moment, unnest([
    {dimension: 'total', value: 'all'},
    {dimension: 'device_type', value: device_type},
    {dimension: 'event_type', value: event_type},
    {dimension: 'page', value: page}
  ], recursive := true)
  FROM web_events
  UNION ALL
  SELECT user_id, day, started_at, unnest([
    {dimension: 'channel', value: channel},
    {dimension: 'device_type+channel', value: device_type || '+' || channel}
  ], recursive := true)
  FROM touchpoints
),
seen AS (
  SELECT business_days.day AS as_of, every_day.*
  FROM business_days JOIN every_day
    ON every_day.day BETWEEN business_days.day - days_read('sketch_accuracy') + 1 AND business_days.day
  WHERE dayofweek(business_days.day) = 0 AND value <> ''
)
SELECT
  as_of,
  '24h' AS period,
  dimension,
  value,
  count(DISTINCT user_id) AS exact_users,
  count(DISTINCT user_id) AS estimate,
  16 AS precision,
  1 + count(DISTINCT date_trunc('hour', moment)) FILTER (dimension <> 'page') AS sample_count
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
