-- The funnel of a day. A user went as far as the steps can be found among the events, one after another in time (ties
-- by event_id), whatever lies between them.
WITH steps AS (
  SELECT posexplode(array(:steps)) AS (before, step)
),
taken AS (
  SELECT user_id, event_type, occurred_at, event_id
  FROM {web_events}
  WHERE day = :date AND event_type IN (:steps)
),
reached AS (
  SELECT
    user_id,
    aggregate(
      array_sort(collect_list(struct(occurred_at, event_id, event_type))),
      0,
      (done, event) -> CASE WHEN event.event_type = get(array(:steps), done) THEN done + 1 ELSE done END
    ) AS steps
  FROM taken
  GROUP BY user_id
),
in_order AS (
  SELECT before, count(user_id) AS users
  FROM steps LEFT JOIN reached ON reached.steps > before
  GROUP BY before
),
any_order AS (
  SELECT event_type AS step, count(DISTINCT user_id) AS users
  FROM taken
  GROUP BY event_type
),
counted AS (
  SELECT
    before + 1 AS position,
    step,
    in_order.users AS users_in_order,
    coalesce(any_order.users, 0) AS users_any_order,
    first_value(in_order.users) OVER funnel AS users_first,
    lag(in_order.users, 1, in_order.users) OVER funnel AS users_before
  FROM steps JOIN in_order USING (before) LEFT JOIN any_order USING (step)
  WINDOW funnel AS (ORDER BY before)
)
SELECT
  position,
  step,
  users_in_order,
  users_any_order,
  try_divide(users_in_order, users_before) AS step_conversion,
  try_divide(users_in_order, users_first) AS total_conversion,
  users_before - users_in_order AS drop_off
FROM counted
