-- How many purchases have a value of a numeric column. Text that is no band of years counts as missing.
WITH measured AS (
  SELECT
    stack(
      8,
      'age', 'ordinal', try_cast(element_at(split(age, '[-+]'), 1) AS DOUBLE),
      'marital_status', 'nominal', CAST(marital_status AS DOUBLE),
      'occupation', 'nominal', CAST(occupation AS DOUBLE),
      'product_category_1', 'nominal', CAST(product_category_1 AS DOUBLE),
      'product_category_2', 'nominal', CAST(product_category_2 AS DOUBLE),
      'product_category_3', 'nominal', CAST(product_category_3 AS DOUBLE),
      'purchase', 'ratio', CAST(purchase AS DOUBLE),
      'stay_in_current_city_years', 'ordinal', try_cast(replace(stay_in_current_city_years, '+', '') AS DOUBLE)
    ) AS (variable, scale, value)
  FROM {purchases}
)
SELECT variable, scale, value, count(*) AS purchases
FROM measured
GROUP BY variable, scale, value
