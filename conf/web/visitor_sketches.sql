-- Users of hours and days by dimension. A day's sketch is the union of its hours', but for pages: there are too many
-- to keep them by the hour.
WITH seen AS (
  SELECT user_id, date_trunc('HOUR', occurred_at) AS hour, dimension, value
  FROM {web_events} LATERAL VIEW stack(
    3,
    'total', 'all',
    'device_type', device_type,
    'event_type', event_type
  ) of AS dimension, value
  WHERE day = :date
  UNION ALL
  SELECT user_id, date_trunc('HOUR', started_at) AS hour, dimension, value
  FROM {touchpoints} LATERAL VIEW stack(
    2,
    'channel', channel,
    'device_type+channel', concat(device_type, '+', channel)
  ) of AS dimension, value
  WHERE day = :date
),
in_order AS (
  -- A sketch's bytes depend on the order in which it saw users; in one order the same events are the same rows.
  SELECT user_id, hour, dimension, value
  FROM seen
  DISTRIBUTE BY dimension, value
  SORT BY dimension, value, hour, user_id
),
hours AS (
  SELECT hour, dimension, value, hll_sketch_agg(user_id, :precision) AS sketch
  FROM in_order
  GROUP BY hour, dimension, value
),
pages_in_order AS (
  SELECT user_id, page
  FROM {web_events}
  WHERE day = :date AND page IS NOT NULL
  DISTRIBUTE BY page
  SORT BY page, user_id
),
days AS (
  SELECT dimension, value, hll_union_agg(sketch) AS sketch
  FROM hours
  GROUP BY dimension, value
  UNION ALL
  SELECT 'page' AS dimension, page AS value, hll_sketch_agg(user_id, :precision) AS sketch
  FROM pages_in_order
  GROUP BY page
)
SELECT 'hour' AS grain, hour AS starts_at, dimension, value, :precision AS precision, sketch FROM hours
UNION ALL
SELECT 'day' AS grain, CAST(:date AS TIMESTAMP) AS starts_at, dimension, value, :precision AS precision, sketch FROM days
