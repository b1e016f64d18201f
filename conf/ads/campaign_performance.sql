-- Campaigns of a day. A sum over no rows counts as 0: money that did not flow.
WITH sums AS (
  SELECT
    campaign_id,
    count(*) AS events,
    count_if(event_type = 'impression') AS impressions,
    count_if(event_type = 'click') AS clicks,
    count_if(event_type = 'conversion') AS conversions,
    CAST(sum(CASE WHEN event_type = 'impression' THEN cost ELSE 0 END) AS DECIMAL(28, 4)) AS impression_cost,
    CAST(sum(CASE WHEN event_type = 'click' THEN cost ELSE 0 END) AS DECIMAL(28, 4)) AS click_cost,
    CAST(sum(CASE WHEN event_type = 'conversion' THEN cost ELSE 0 END) AS DECIMAL(28, 4)) AS conversion_cost,
    CAST(sum(cost) AS DECIMAL(28, 4)) AS total_cost,
    CAST(sum(CASE WHEN event_type = 'conversion' THEN revenue ELSE 0 END) AS DECIMAL(28, 4)) AS total_revenue,
    CAST(sum(bid_price) AS DECIMAL(28, 4)) AS total_bid_price
  FROM {ad_events}
  WHERE day = :date
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
  CAST(total_bid_price / events AS DECIMAL(16, 8)) AS avg_bid_price,
  try_divide(clicks, impressions) AS ctr,
  try_divide(conversions, clicks) AS cvr,
  try_divide(CAST(total_cost AS DOUBLE), clicks) AS cpc,
  try_divide(CAST(total_cost AS DOUBLE), conversions) AS cpa,
  try_divide(CAST(total_revenue AS DOUBLE), CAST(total_cost AS DOUBLE)) AS roas,
  try_divide(CAST(total_revenue - total_cost AS DOUBLE), CAST(total_cost AS DOUBLE)) AS roi
FROM sums
