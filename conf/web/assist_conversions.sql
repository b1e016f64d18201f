-- How often a conversion follows an assist on the same day (ties in time by event_id), and how often users convert.
WITH conversions AS (
  SELECT user_id, max(CASE WHEN event_type IN (:conversions) THEN struct(occurred_at, event_id) END) AS last_conversion
  FROM {web_events}
  WHERE day = :date
  GROUP BY user_id
),
assists AS (
  SELECT user_id, event_type AS assist, min(struct(occurred_at, event_id)) AS first_assist
  FROM {web_events}
  WHERE day = :date AND event_type IN (:assists)
  GROUP BY user_id, event_type
),
base AS (
  SELECT try_divide(count(last_conversion), count(*)) AS base_rate FROM conversions
),
assisted AS (
  SELECT assist, count(*) AS users, count_if(last_conversion > first_assist) AS converters
  FROM assists JOIN conversions USING (user_id)
  GROUP BY assist
)
SELECT
  assist,
  coalesce(users, 0) AS users,
  coalesce(converters, 0) AS converters,
  try_divide(converters, users) AS conversion_rate,
  base_rate
FROM (SELECT explode(array(:assists)) AS assist) LEFT JOIN assisted USING (assist) CROSS JOIN base
