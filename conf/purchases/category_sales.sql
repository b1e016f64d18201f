-- Sales of a main product category; rank 1 is the greatest amount.
WITH sold AS (
  SELECT
    product_category_1,
    count(*) AS purchases,
    count(DISTINCT user_id) AS customers,
    count(DISTINCT product_id) AS products,
    CAST(sum(purchase) AS DECIMAL(22, 2)) AS total,
    CAST(avg(purchase) AS DECIMAL(16, 6)) AS mean
  FROM {purchases}
  GROUP BY product_category_1
)
SELECT
  *,
  try_divide(CAST(total AS DOUBLE), CAST(sum(total) OVER () AS DOUBLE)) AS share,
  row_number() OVER (ORDER BY total DESC, product_category_1) AS rank
FROM sold
