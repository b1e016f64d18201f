-- Users by what they did in the window, under the names that the trade has for it. What was bid for them is of their
-- events, since a mean cannot be had from user_behaviour.
SELECT
  user_id,
  total_events,
  impressions,
  clicks,
  conversions,
  CAST(bid.avg_bid_price AS DOUBLE) AS avg_bid_price,
  CAST(cost AS DOUBLE) AS total_cost,
  CAST(revenue AS DOUBLE) AS total_revenue,
  campaigns AS campaigns_engaged
FROM {user_behaviour}
JOIN (SELECT user_id, avg(bid_price) AS avg_bid_price FROM {ad_events} GROUP BY user_id) AS bid USING (user_id)
