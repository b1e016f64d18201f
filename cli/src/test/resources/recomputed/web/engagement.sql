-- Users counted one by one.
WITH active AS (
  SELECT
    business_days.day AS as_of,
    count(DISTINCT user_id) FILTER (web_events.day = business_days.day) AS dau,
    count(DISTINCT user_id) FILTER (web_events.day >= business_days.day - 6) AS wau,
    count(DISTINCT user_id) AS mau
  FROM business_days JOIN web_events
    ON web_events.day BETWEEN business_days.day - days_read('engagement') + 1 AND business_days.day
  GROUP BY as_of
)
SELECT *, share(dau, mau) AS stickiness, share(dau, wau) AS weekly_stickiness, 16 AS precision
FROM active
