-- Segments of users as of a date.
SELECT
  segment,
  count(*) AS users,
  sum(total_events) AS events,
  CAST(sum(revenue) AS DECIMAL(28, 4)) AS revenue
FROM {user_behaviour}
GROUP BY segment
