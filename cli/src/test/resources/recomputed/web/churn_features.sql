-- Each of the three windows by itself.
WITH windows AS (
  SELECT day AS as_of, unnest([7, 30, 90]) AS days FROM business_days
),
sums AS (
  SELECT
    as_of,
    days,
    user_id,
    count(DISTINCT day) AS active_days,
    sum(sessions) AS sessions,
    sum(page_views) AS page_views,
    sum(purchases) AS purchases,
    sum(revenue) AS revenue
  FROM windows JOIN daily_users ON day > as_of - days AND day <= as_of
  GROUP BY ALL
),
features AS (
  SELECT business_days.day AS as_of, user_id, count(DISTINCT feature) AS features_90d
  FROM business_days JOIN web_events
    ON web_events.day > business_days.day - 90 AND web_events.day <= business_days.day
  GROUP BY ALL
)
SELECT
  as_of,
  user_id,
  as_of - last_day AS recency_days,
  as_of - first_day AS tenure_days,
  coalesce(week.active_days, 0) AS active_days_7d,
  coalesce(month.active_days, 0) AS active_days_30d,
  coalesce(quarter.active_days, 0) AS active_days_90d,
  coalesce(week.sessions, 0) AS sessions_7d,
  coalesce(month.sessions, 0) AS sessions_30d,
  coalesce(quarter.sessions, 0) AS sessions_90d,
  coalesce(week.page_views, 0) AS page_views_7d,
  coalesce(month.page_views, 0) AS page_views_30d,
  coalesce(quarter.page_views, 0) AS page_views_90d,
  coalesce(week.purchases, 0) AS purchases_7d,
  coalesce(month.purchases, 0) AS purchases_30d,
  coalesce(quarter.purchases, 0) AS purchases_90d,
  coalesce(week.revenue, 0) AS revenue_7d,
  coalesce(month.revenue, 0) AS revenue_30d,
  coalesce(quarter.revenue, 0) AS revenue_90d,
  coalesce(features_90d, 0) AS features_90d
FROM visitor_history
  LEFT JOIN (SELECT * FROM sums WHERE days = 7) AS week USING (as_of, user_id)
  LEFT JOIN (SELECT * FROM sums WHERE days = 30) AS month USING (as_of, user_id)
  LEFT JOIN (SELECT * FROM sums WHERE days = 90) AS quarter USING (as_of, user_id)
  LEFT JOIN features USING (as_of, user_id)
