-- Users of campaigns on a day, each counted once, by sketches whose unions count the users of longer times.
WITH in_order AS (
  -- A sketch's bytes depend on the order in which it saw users; in one order the same events are the same rows.
  SELECT campaign_id, user_id, event_type, cost, revenue
  FROM {ad_events}
  WHERE day = :date
  DISTRIBUTE BY campaign_id
  SORT BY campaign_id, user_id
),
sketches AS (
  SELECT
    campaign_id,
    hll_sketch_agg(CASE WHEN event_type = 'impression' THEN user_id END, :sketch_precision) AS viewers_sketch,
    hll_sketch_agg(CASE WHEN event_type = 'click' THEN user_id END, :sketch_precision) AS clickers_sketch,
    hll_sketch_agg(CASE WHEN event_type = 'conversion' THEN user_id END, :sketch_precision) AS converters_sketch,
    CAST(sum(cost) AS DECIMAL(28, 4)) AS total_cost,
    CAST(sum(CASE WHEN event_type = 'conversion' THEN revenue ELSE 0 END) AS DECIMAL(28, 4)) AS total_revenue
  FROM in_order
  GROUP BY campaign_id
),
users AS (
  SELECT
    *,
    hll_sketch_estimate(viewers_sketch) AS viewers,
    hll_sketch_estimate(clickers_sketch) AS clickers,
    hll_sketch_estimate(converters_sketch) AS converters
  FROM sketches
)
SELECT
  campaign_id,
  viewers,
  clickers,
  converters,
  try_divide(clickers, viewers) AS ctr,
  try_divide(converters, clickers) AS conversion_rate,
  total_cost,
  total_revenue,
  try_divide(CAST(total_cost AS DOUBLE), clickers) AS cpc,
  try_divide(CAST(total_cost AS DOUBLE), converters) AS cpa,
  try_divide(CAST(total_revenue - total_cost AS DOUBLE), CAST(total_cost AS DOUBLE)) AS roi,
  viewers_sketch,
  clickers_sketch,
  converters_sketch
FROM users
