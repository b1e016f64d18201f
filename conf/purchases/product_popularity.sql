-- Products by how often they are bought; rank 1 has the most purchases.
WITH bought AS (
  SELECT
    product_id,
    count(*) AS purchases,
    count(DISTINCT user_id) AS customers,
    CAST(sum(purchase) AS DECIMAL(22, 2)) AS total,
    CAST(avg(purchase) AS DECIMAL(16, 6)) AS mean
  FROM {purchases}
  GROUP BY product_id
),
everyone AS (
  SELECT count(DISTINCT user_id) AS all_customers FROM {purchases}
)
SELECT
  product_id,
  purchases,
  customers,
  total,
  mean,
  try_divide(customers, all_customers) AS reach,
  row_number() OVER (ORDER BY purchases DESC, product_id) AS rank
FROM bought
CROSS JOIN everyone
