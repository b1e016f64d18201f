WITH amounts AS (
  SELECT as_of, attribute, value, purchase
  FROM attributes([
    'all', 'gender', 'age', 'occupation', 'city_category', 'stay_in_current_city_years', 'marital_status',
    'product_category_1'
  ])
),
quartiles AS (
  SELECT
    as_of,
    attribute,
    value,
    quantile_cont(CAST(purchase AS DOUBLE), 0.25) AS q1,
    quantile_cont(CAST(purchase AS DOUBLE), 0.5) AS median,
    quantile_cont(CAST(purchase AS DOUBLE), 0.75) AS q3
  FROM amounts
  GROUP BY ALL
),
fenced AS (
  SELECT *, purchase < q1 - 1.5 * (q3 - q1) OR purchase > q3 + 1.5 * (q3 - q1) AS is_outlier
  FROM amounts JOIN quartiles USING (as_of, attribute, value)
)
SELECT
  as_of,
  attribute,
  value,
  count(*) AS purchases,
  mean_to_6(sum(purchase), count(*)) AS mean,
  min(purchase) FILTER (NOT is_outlier) AS whisker_low,
  CAST(q1 AS DECIMAL(16, 4)) AS q1,
  CAST(median AS DECIMAL(16, 4)) AS median,
  CAST(q3 AS DECIMAL(16, 4)) AS q3,
  max(purchase) FILTER (NOT is_outlier) AS whisker_high,
  count(*) FILTER (is_outlier) AS outliers
FROM fenced
GROUP BY as_of, attribute, value, q1, median, q3
