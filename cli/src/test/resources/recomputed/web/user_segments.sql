SELECT
  *,
  CASE
    WHEN purchases_90d >= 3 AND recency_days < 30 THEN 'champion'
    WHEN purchases_90d >= 1 AND recency_days < 30 THEN 'customer'
    WHEN tenure_days < 7 THEN 'new'
    WHEN active_days_30d >= 4 THEN 'regular'
    WHEN recency_days < 30 THEN 'occasional'
    WHEN recency_days < 90 THEN 'at_risk'
    ELSE 'lost'
  END AS segment
FROM churn_features
