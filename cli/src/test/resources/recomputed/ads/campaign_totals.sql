-- From the events of the window themselves, and not from the days' figures.
WITH figures AS (
  SELECT
    business_days.day AS as_of,
    campaign_id,
    count(*) AS events,
    count(*) FILTER (event_type = 'impression') AS impressions,
    count(*) FILTER (event_type = 'click') AS clicks,
    count(*) FILTER (event_type = 'conversion') AS conversions,
    coalesce(sum(cost) FILTER (event_type = 'impression'), 0) AS impression_cost,
    coalesce(sum(cost) FILTER (event_type = 'click'), 0) AS click_cost,
    coalesce(sum(cost) FILTER (event_type = 'conversion'), 0) AS conversion_cost,
    sum(cost) AS total_cost,
    coalesce(sum(revenue) FILTER (event_type = 'conversion'), 0) AS total_revenue,
    sum(bid_price) AS total_bid_price
  FROM business_days JOIN ad_events
    ON ad_events.day BETWEEN business_days.day - days_read('campaign_totals') + 1 AND business_days.day
  GROUP BY as_of, campaign_id
)
SELECT
  *,
  mean_to_8(total_bid_price, events) AS avg_bid_price,
  share(clicks, impressions) AS ctr,
  share(conversions, clicks) AS cvr,
  share(total_cost, clicks) AS cpc,
  share(total_cost, conversions) AS cpa,
  share(total_revenue, total_cost) AS roas,
  share(total_revenue - total_cost, total_cost) AS roi
FROM figures
