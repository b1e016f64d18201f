WITH firsts AS (
  SELECT as_of, user_id, first_day FROM visitor_history
),
cohorts AS (
  SELECT as_of, user_id, 'month' AS grain, date_trunc('month', first_day) AS cohort FROM firsts
  UNION ALL
  SELECT as_of, user_id, 'week', date_trunc('week', first_day) FROM firsts
),
sizes AS (
  SELECT as_of, grain, cohort, count(*) AS cohort_users
  FROM cohorts
  WHERE cohort >= as_of - days_read('cohorts') + 1
  GROUP BY ALL
),
-- date_diff counts the beginnings of months and of weeks, from Monday, that lie between.
periods AS (
  SELECT as_of, grain, cohort, cohort_users, unnest(range(0, date_diff(grain, cohort, as_of) + 1)) AS period
  FROM sizes
),
visits AS (
  SELECT
    as_of,
    grain,
    cohort,
    date_diff(grain, cohort, daily_users.day) AS period,
    count(DISTINCT user_id) AS users,
    sum(revenue) AS revenue
  FROM cohorts JOIN daily_users USING (user_id)
  WHERE daily_users.day BETWEEN as_of - days_read('cohorts') + 1 AND as_of
  GROUP BY ALL
)
SELECT
  as_of,
  grain,
  CAST(cohort AS DATE) AS cohort,
  period,
  cohort_users,
  coalesce(users, 0) AS users,
  share(coalesce(users, 0), cohort_users) AS retained,
  coalesce(revenue, 0) AS revenue
FROM periods LEFT JOIN visits USING (as_of, grain, cohort, period)
