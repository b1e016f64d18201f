-- A customer's purchases in figures. The deviation is of hundredths, which are whole, and of their squares in two parts, so
-- that doubles hold the sums exactly: they are the same in whatever order rows come.
WITH squared AS (
  SELECT *, rint(100 * CAST(purchase AS DOUBLE)) AS cents, power(cents, 2) AS square, rint(square / 16777216D) AS high
  FROM {purchases}
)
SELECT
  user_id,
  count(*) AS purchases,
  CAST(sum(purchase) AS DECIMAL(22, 2)) AS total,
  CAST(avg(purchase) AS DECIMAL(16, 6)) AS mean,
  sqrt(try_divide(
    CAST(
      count(*) * (CAST(sum(high) AS DECIMAL(28, 0)) * 16777216 + CAST(sum(square - high * 16777216D) AS DECIMAL(28, 0)))
        - CAST(sum(cents) AS DECIMAL(18, 0)) * CAST(sum(cents) AS DECIMAL(18, 0))
      AS DOUBLE
    ),
    1e4D * count(*) * (count(*) - 1)
  )) AS sd,
  min(purchase) AS min,
  max(purchase) AS max,
  count(DISTINCT product_id) AS products,
  count(DISTINCT product_category_1) AS categories
FROM squared
GROUP BY user_id
