-- Sales by each attribute of the customers.
WITH by_attribute AS (
  SELECT
    stack(
      6,
      'gender', gender,
      'age', age,
      'occupation', CAST(occupation AS STRING),
      'city_category', city_category,
      'stay_in_current_city_years', stay_in_current_city_years,
      'marital_status', CAST(marital_status AS STRING)
    ) AS (attribute, value),
    user_id,
    purchase
  FROM {purchases}
)
SELECT
  attribute,
  value,
  count(*) AS purchases,
  count(DISTINCT user_id) AS customers,
  CAST(sum(purchase) AS DECIMAL(22, 2)) AS total,
  CAST(avg(purchase) AS DECIMAL(16, 6)) AS mean,
  try_divide(CAST(sum(purchase) AS DOUBLE), CAST(sum(sum(purchase)) OVER (PARTITION BY attribute) AS DOUBLE)) AS share
FROM by_attribute
GROUP BY attribute, value
