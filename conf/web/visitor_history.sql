-- Visitors of the window, as of its last day.
SELECT
  user_id,
  min(day) AS first_day,
  max(day) AS last_day,
  count(*) AS active_days,
  sum(sessions) AS sessions,
  sum(purchases) AS purchases,
  CAST(sum(revenue) AS DECIMAL(28, 4)) AS revenue
FROM {daily_users}
GROUP BY user_id
