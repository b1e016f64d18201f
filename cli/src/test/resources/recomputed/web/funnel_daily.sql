-- A step is taken in order at the first moment with it after the moment of the step before.
WITH moments AS (
  SELECT day, user_id, event_type AS step, moment(occurred_at, event_id) AS seen FROM web_events
),
first AS (
  SELECT day, user_id, min(seen) AS seen FROM moments WHERE step = 'landing' GROUP BY day, user_id
),
second AS (
  SELECT day, user_id, min(m.seen) AS seen
  FROM moments AS m JOIN first AS b USING (day, user_id)
  WHERE step = 'product_view' AND m.seen > b.seen
  GROUP BY day, user_id
),
third AS (
  SELECT day, user_id, min(m.seen) AS seen
  FROM moments AS m JOIN second AS b USING (day, user_id)
  WHERE step = 'add_to_cart' AND m.seen > b.seen
  GROUP BY day, user_id
),
fourth AS (
  SELECT day, user_id, min(m.seen) AS seen
  FROM moments AS m JOIN third AS b USING (day, user_id)
  WHERE step = 'checkout' AND m.seen > b.seen
  GROUP BY day, user_id
),
fifth AS (
  SELECT day, user_id, min(m.seen) AS seen
  FROM moments AS m JOIN fourth AS b USING (day, user_id)
  WHERE step = 'purchase' AND m.seen > b.seen
  GROUP BY day, user_id
),
steps AS (
  SELECT day, position, step
  FROM business_days, (VALUES
    (1, 'landing'), (2, 'product_view'), (3, 'add_to_cart'), (4, 'checkout'), (5, 'purchase')
  ) AS steps(position, step)
),
in_order AS (
  SELECT
    day,
    step,
    CASE position
      WHEN 1 THEN (SELECT count(*) FROM first WHERE first.day = steps.day)
      WHEN 2 THEN (SELECT count(*) FROM second WHERE second.day = steps.day)
      WHEN 3 THEN (SELECT count(*) FROM third WHERE third.day = steps.day)
      WHEN 4 THEN (SELECT count(*) FROM fourth WHERE fourth.day = steps.day)
      ELSE (SELECT count(*) FROM fifth WHERE fifth.day = steps.day)
    END AS users_in_order
  FROM steps
),
any_order AS (
  SELECT day, step, count(DISTINCT user_id) AS users_any_order FROM moments GROUP BY day, step
),
counted AS (
  SELECT day, position, step, users_in_order, coalesce(users_any_order, 0) AS users_any_order
  FROM steps JOIN in_order USING (day, step) LEFT JOIN any_order USING (day, step)
)
SELECT
  now.*,
  share(now.users_in_order, before.users_in_order) AS step_conversion,
  share(now.users_in_order, landed.users_in_order) AS total_conversion,
  before.users_in_order - now.users_in_order AS drop_off
FROM counted AS now
  JOIN counted AS before ON before.day = now.day AND before.position = greatest(now.position - 1, 1)
  JOIN counted AS landed ON landed.day = now.day AND landed.position = 1
