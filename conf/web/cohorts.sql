-- Cohorts of months and of weeks, every period of each to the as-of date.
WITH visits AS (
  SELECT user_id, users.revenue, grain, cohort, period
  FROM {daily_users} AS users JOIN {visitor_history} AS history USING (user_id)
  LATERAL VIEW stack(
    2,
    'month', trunc(first_day, 'MM'), CAST(months_between(trunc(day, 'MM'), trunc(first_day, 'MM')) AS INT),
    'week', trunc(first_day, 'WEEK'), CAST(datediff(trunc(day, 'WEEK'), trunc(first_day, 'WEEK')) DIV 7 AS INT)
  ) of AS grain, cohort, period
),
active AS (
  SELECT grain, cohort, period, count(DISTINCT user_id) AS users, sum(revenue) AS revenue
  FROM visits
  GROUP BY grain, cohort, period
),
-- A user's first visit lies in the first period, so that all of a cohort are active in it. A cohort that began before the
-- history did would have everybody who ever came before.
sizes AS (
  SELECT grain, cohort, users AS cohort_users
  FROM active
  WHERE period = 0 AND cohort >= :first
),
periods AS (
  SELECT
    grain,
    cohort,
    cohort_users,
    explode(sequence(0, CAST(
      CASE grain
        WHEN 'month' THEN months_between(trunc(:date, 'MM'), cohort)
        ELSE datediff(trunc(:date, 'WEEK'), cohort) DIV 7
      END AS INT))) AS period
  FROM sizes
)
SELECT
  grain,
  cohort,
  period,
  cohort_users,
  coalesce(users, 0) AS users,
  coalesce(users, 0) / cohort_users AS retained,
  CAST(coalesce(revenue, 0) AS DECIMAL(28, 4)) AS revenue
FROM periods LEFT JOIN active USING (grain, cohort, period)
