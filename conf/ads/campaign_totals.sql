-- Campaigns over the window: sums of days, and ratios of the sums, which are not the means of the days' ratios.
WITH sums AS (
  SELECT
    campaign_id,
    sum(impressions) AS impressions,
    sum(clicks) AS clicks,
    sum(conversions) AS conversions,
    CAST(sum(impression_cost) AS DECIMAL(28, 4)) AS impression_cost,
    CAST(sum(click_cost) AS DECIMAL(28, 4)) AS click_cost,
    CAST(sum(conversion_cost) AS DECIMAL(28, 4)) AS conversion_cost,
    CAST(sum(total_cost) AS DECIMAL(28, 4)) AS total_cost,
    CAST(sum(total_revenue) AS DECIMAL(28, 4)) AS total_revenue,
    CAST(sum(total_bid_price) AS DECIMAL(28, 4)) AS total_bid_price
  FROM {campaign_performance}
  GROUP BY campaign_id
)
SELECT
  campaign_id,
  impressions,
  clicks,
  conversions,
  impression_cost,
  click_cost,
  conversion_cost,
  total_cost,
  total_revenue,
  total_bid_price,
  CAST(total_bid_price / (impressions + clicks + conversions) AS DECIMAL(16, 8)) AS avg_bid_price,
  try_divide(clicks, impressions) AS ctr,
  try_divide(conversions, clicks) AS cvr,
  try_divide(CAST(total_cost AS DOUBLE), clicks) AS cpc,
  try_divide(CAST(total_cost AS DOUBLE), conversions) AS cpa,
  try_divide(CAST(total_revenue AS DOUBLE), CAST(total_cost AS DOUBLE)) AS roas,
  try_divide(CAST(total_revenue - total_cost AS DOUBLE), CAST(total_cost AS DOUBLE)) AS roi
FROM sums
