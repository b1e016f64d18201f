-- Users counted one by one, where the mart has sketches.
WITH seen AS (
  SELECT day, user_id, occurred_at AS moment, unnest([
    {dimension: 'total', value: 'all'},
    {dimension: 'device_type', value: device_type},
    {dimension: 'event_type', value: event_type}
  ], recursive := true)
  FROM web_events
  UNION ALL
  SELECT day, user_id, started_at, unnest([
    {dimension: 'channel', value: channel},
    {dimension: 'device_type+channel', value: device_type || '+' || channel}
  ], recursive := true)
  FROM touchpoints
)
SELECT
  day,
  'hour' AS grain,
  date_trunc('hour', moment) AS starts_at,
  dimension,
  value,
  16 AS precision,
  count(DISTINCT user_id) AS sketch
FROM seen
GROUP BY ALL
UNION ALL
SELECT day, 'day', CAST(day AS TIMESTAMP), dimension, value, 16, count(DISTINCT user_id)
FROM seen
GROUP BY ALL
UNION ALL
SELECT day, 'day', CAST(day AS TIMESTAMP), 'page', page, 16, count(DISTINCT user_id)
FROM web_events
WHERE page <> ''
GROUP BY ALL
