SELECT
  as_of,
  user_id,
  count(*) AS purchases,
  sum(purchase) AS total,
  mean_to_6(sum(purchase), count(*)) AS mean,
  stddev_samp(CAST(purchase AS DOUBLE)) AS sd,
  min(purchase) AS min,
  max(purchase) AS max,
  count(DISTINCT product_id) AS products,
  count(DISTINCT product_category_1) AS categories
FROM purchases
GROUP BY as_of, user_id
