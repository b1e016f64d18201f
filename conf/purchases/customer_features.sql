-- A customer's purchases in figures. The deviation is of decimal sums: those are the same in whatever order rows come.
SELECT
  user_id,
  count(*) AS purchases,
  CAST(sum(purchase) AS DECIMAL(22, 2)) AS total,
  CAST(avg(purchase) AS DECIMAL(16, 6)) AS mean,
  sqrt(try_divide(
    CAST(count(*) * sum(purchase * purchase) - sum(purchase) * sum(purchase) AS DOUBLE),
    count(*) * (count(*) - 1)
  )) AS sd,
  min(purchase) AS min,
  max(purchase) AS max,
  count(DISTINCT product_id) AS products,
  count(DISTINCT product_category_1) AS categories
FROM {purchases}
GROUP BY user_id
