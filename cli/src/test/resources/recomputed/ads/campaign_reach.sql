-- Users counted one by one, where the mart has sketches.
WITH figures AS (
  SELECT
    day,
    campaign_id,
    count(DISTINCT user_id) FILTER (event_type = 'impression') AS viewers,
    count(DISTINCT user_id) FILTER (event_type = 'click') AS clickers,
    count(DISTINCT user_id) FILTER (event_type = 'conversion') AS converters,
    sum(cost) AS total_cost,
    coalesce(sum(revenue) FILTER (event_type = 'conversion'), 0) AS total_revenue
  FROM ad_events
  GROUP BY day, campaign_id
)
SELECT
  *,
  share(clickers, viewers) AS ctr,
  share(converters, clickers) AS conversion_rate,
  share(total_cost, clickers) AS cpc,
  share(total_cost, converters) AS cpa,
  share(total_revenue - total_cost, total_cost) AS roi,
  viewers AS viewers_sketch,
  clickers AS clickers_sketch,
  converters AS converters_sketch
FROM figures
