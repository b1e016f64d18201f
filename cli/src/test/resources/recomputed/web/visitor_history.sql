SELECT
  business_days.day AS as_of,
  user_id,
  min(daily_users.day) AS first_day,
  max(daily_users.day) AS last_day,
  count(*) AS active_days,
  sum(sessions) AS sessions,
  sum(purchases) AS purchases,
  sum(revenue) AS revenue
FROM business_days JOIN daily_users
  ON daily_users.day BETWEEN business_days.day - days_read('visitor_history') + 1 AND business_days.day
GROUP BY as_of, user_id
