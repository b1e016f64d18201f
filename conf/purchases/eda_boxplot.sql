-- The box plot of the purchases of each group: quartiles, and whiskers to the last purchases within the fences.
WITH by_attribute AS (
  SELECT
    stack(
      8,
      'all', 'all',
      'gender', gender,
      'age', age,
      'occupation', CAST(occupation AS STRING),
      'city_category', city_category,
      'stay_in_current_city_years', stay_in_current_city_years,
      'marital_status', CAST(marital_status AS STRING),
      'product_category_1', CAST(product_category_1 AS STRING)
    ) AS (attribute, value),
    purchase
  FROM {purchases}
),
boxes AS (
  SELECT attribute, value, percentile(purchase, array(0.25, 0.5, 0.75)) AS quartiles
  FROM by_attribute
  GROUP BY attribute, value
),
placed AS (
  SELECT
    attribute,
    value,
    quartiles,
    purchase,
    CAST(purchase AS DOUBLE) BETWEEN quartiles[0] - :iqr_factor * (quartiles[2] - quartiles[0])
      AND quartiles[2] + :iqr_factor * (quartiles[2] - quartiles[0]) AS within
  FROM by_attribute
  JOIN boxes USING (attribute, value)
)
SELECT
  attribute,
  value,
  count(*) AS purchases,
  CAST(avg(purchase) AS DECIMAL(16, 6)) AS mean,
  min(purchase) FILTER (WHERE within) AS whisker_low,
  CAST(quartiles[0] AS DECIMAL(16, 4)) AS q1,
  CAST(quartiles[1] AS DECIMAL(16, 4)) AS median,
  CAST(quartiles[2] AS DECIMAL(16, 4)) AS q3,
  max(purchase) FILTER (WHERE within) AS whisker_high,
  count_if(NOT within) AS outliers
FROM placed
GROUP BY attribute, value, quartiles
