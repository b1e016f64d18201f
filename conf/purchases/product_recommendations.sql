-- Who bought what, and what they paid for it as a rating, from 1 for the least to 5: the share of the pairs learned from
-- that less was paid for. Where a pair that is held back stands among those says nothing of the others held back.
WITH pairs AS (
  SELECT
    user_id,
    product_id,
    sum(purchase) AS paid,
    pmod(xxhash64(user_id, product_id, :seed), 10000) < 10000 * :held_out AS held_out
  FROM {purchases}
  GROUP BY user_id, product_id
),
amounts AS (
  SELECT paid, count_if(NOT held_out) AS learned_from
  FROM pairs
  GROUP BY paid
),
ranked AS (
  SELECT
    paid,
    sum(learned_from) OVER (ORDER BY paid) - learned_from AS below,
    sum(learned_from) OVER () - 1 AS others
  FROM amounts
)
SELECT
  user_id,
  product_id,
  1 + 4 * least(1.0D, coalesce(try_divide(below, others), 0.0D)) AS rating,
  held_out
FROM pairs
JOIN ranked USING (paid)
