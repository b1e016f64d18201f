-- A user converted after an assist if some purchase comes after some assist of the same day.
WITH moments AS (
  SELECT day, user_id, event_type, moment(occurred_at, event_id) AS seen FROM web_events
),
assists AS (
  SELECT
    day,
    event_type AS assist,
    user_id,
    EXISTS (
      SELECT 1 FROM moments AS later
      WHERE later.day = moments.day AND later.user_id = moments.user_id
        AND later.event_type = 'purchase' AND later.seen > moments.seen
    ) AS converted
  FROM moments
  WHERE event_type IN ('product_view', 'add_to_cart')
),
counted AS (
  SELECT
    day,
    assist,
    count(DISTINCT user_id) AS users,
    count(DISTINCT user_id) FILTER (converted) AS converters
  FROM assists
  GROUP BY day, assist
),
base AS (
  SELECT day, share(count(DISTINCT user_id) FILTER (event_type = 'purchase'), count(DISTINCT user_id)) AS base_rate
  FROM moments
  GROUP BY day
)
SELECT
  day,
  assist,
  coalesce(users, 0) AS users,
  coalesce(converters, 0) AS converters,
  share(converters, users) AS conversion_rate,
  base_rate
FROM base CROSS JOIN unnest(['product_view', 'add_to_cart']) AS all_assists(assist)
  LEFT JOIN counted USING (day, assist)
