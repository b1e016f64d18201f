-- Visitors of every hour of a day, and of the 24 hours that end with it. Sketches of two precisions may meet where conf
-- changed in between; their union has the lower.
WITH hours AS (
  SELECT explode(sequence(CAST(:date AS TIMESTAMP), CAST(:date AS TIMESTAMP) + INTERVAL 23 HOURS, INTERVAL 1 HOUR)) AS hour
),
sketches AS (
  SELECT starts_at, dimension, precision, sketch
  FROM {visitor_sketches}
  WHERE grain = 'hour' AND (dimension = 'total' OR (dimension = 'event_type' AND value = :conversion_type))
),
visitors AS (
  SELECT
    hour,
    hll_sketch_estimate(hll_union_agg(sketch, true) FILTER (WHERE dimension = 'total' AND starts_at = hour)) AS visitors_1h,
    hll_sketch_estimate(hll_union_agg(sketch, true) FILTER (WHERE dimension = 'total')) AS visitors_24h,
    hll_sketch_estimate(hll_union_agg(sketch, true) FILTER (WHERE dimension = 'event_type')) AS converters_24h,
    min(precision) AS precision
  FROM hours LEFT JOIN sketches ON starts_at > hour - INTERVAL 24 HOURS AND starts_at <= hour
  GROUP BY hour
),
views AS (
  SELECT date_trunc('HOUR', occurred_at) AS hour, count(*) AS page_views
  FROM {web_events}
  WHERE day = :date AND event_type IN (:page_view_types)
  GROUP BY date_trunc('HOUR', occurred_at)
)
SELECT
  hour,
  coalesce(visitors_1h, 0) AS visitors_1h,
  coalesce(visitors_24h, 0) AS visitors_24h,
  coalesce(page_views, 0) AS page_views,
  coalesce(converters_24h, 0) AS converters_24h,
  try_divide(coalesce(converters_24h, 0), coalesce(visitors_24h, 0)) AS conversion_rate_24h,
  precision
FROM visitors LEFT JOIN views USING (hour)
