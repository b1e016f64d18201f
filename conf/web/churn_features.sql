-- Every visitor of the history as of a date; who was not here in a window has 0 of everything in it.
WITH sums AS (
  SELECT
    user_id,
    count_if(day > date_sub(:date, 7)) AS active_days_7d,
    count_if(day > date_sub(:date, 30)) AS active_days_30d,
    count_if(day > date_sub(:date, 90)) AS active_days_90d,
    sum(sessions) FILTER (WHERE day > date_sub(:date, 7)) AS sessions_7d,
    sum(sessions) FILTER (WHERE day > date_sub(:date, 30)) AS sessions_30d,
    sum(sessions) FILTER (WHERE day > date_sub(:date, 90)) AS sessions_90d,
    sum(page_views) FILTER (WHERE day > date_sub(:date, 7)) AS page_views_7d,
    sum(page_views) FILTER (WHERE day > date_sub(:date, 30)) AS page_views_30d,
    sum(page_views) FILTER (WHERE day > date_sub(:date, 90)) AS page_views_90d,
    sum(purchases) FILTER (WHERE day > date_sub(:date, 7)) AS purchases_7d,
    sum(purchases) FILTER (WHERE day > date_sub(:date, 30)) AS purchases_30d,
    sum(purchases) FILTER (WHERE day > date_sub(:date, 90)) AS purchases_90d,
    sum(revenue) FILTER (WHERE day > date_sub(:date, 7)) AS revenue_7d,
    sum(revenue) FILTER (WHERE day > date_sub(:date, 30)) AS revenue_30d,
    sum(revenue) FILTER (WHERE day > date_sub(:date, 90)) AS revenue_90d,
    CAST(size(array_distinct(flatten(collect_list(features)))) AS BIGINT) AS features_90d
  FROM {daily_users}
  GROUP BY user_id
)
SELECT
  user_id,
  datediff(:date, last_day) AS recency_days,
  datediff(:date, first_day) AS tenure_days,
  coalesce(active_days_7d, 0) AS active_days_7d,
  coalesce(active_days_30d, 0) AS active_days_30d,
  coalesce(active_days_90d, 0) AS active_days_90d,
  coalesce(sessions_7d, 0) AS sessions_7d,
  coalesce(sessions_30d, 0) AS sessions_30d,
  coalesce(sessions_90d, 0) AS sessions_90d,
  coalesce(page_views_7d, 0) AS page_views_7d,
  coalesce(page_views_30d, 0) AS page_views_30d,
  coalesce(page_views_90d, 0) AS page_views_90d,
  coalesce(purchases_7d, 0) AS purchases_7d,
  coalesce(purchases_30d, 0) AS purchases_30d,
  coalesce(purchases_90d, 0) AS purchases_90d,
  CAST(coalesce(revenue_7d, 0) AS DECIMAL(28, 4)) AS revenue_7d,
  CAST(coalesce(revenue_30d, 0) AS DECIMAL(28, 4)) AS revenue_30d,
  CAST(coalesce(revenue_90d, 0) AS DECIMAL(28, 4)) AS revenue_90d,
  coalesce(features_90d, 0) AS features_90d
FROM {visitor_history} LEFT JOIN sums USING (user_id)
