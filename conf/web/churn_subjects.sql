-- Visitors of the last days to the date, with what they did up to it.
SELECT
  user_id,
  recency_days,
  active_days_7d,
  active_days_30d,
  active_days_90d,
  sessions_7d,
  sessions_30d,
  sessions_90d,
  page_views_7d,
  page_views_30d,
  page_views_90d,
  purchases_7d,
  purchases_30d,
  purchases_90d,
  CAST(revenue_7d AS DOUBLE) AS revenue_7d,
  CAST(revenue_30d AS DOUBLE) AS revenue_30d,
  CAST(revenue_90d AS DOUBLE) AS revenue_90d,
  features_90d
FROM {churn_features}
WHERE recency_days < :active_days
