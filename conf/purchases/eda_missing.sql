-- How many purchases lack the value of each column.
WITH looked_at AS (
  SELECT
    stack(
      16,
      'user_id', user_id IS NULL,
      'product_id', product_id IS NULL,
      'gender', gender IS NULL,
      'age', age IS NULL,
      'occupation', occupation IS NULL,
      'city_category', city_category IS NULL,
      'stay_in_current_city_years', stay_in_current_city_years IS NULL,
      'marital_status', marital_status IS NULL,
      'product_category_1', product_category_1 IS NULL,
      'product_category_2', product_category_2_missing,
      'product_category_3', product_category_3_missing,
      'purchase', purchase IS NULL,
      'purchased_at', purchased_at IS NULL,
      'day_of_week', day_of_week IS NULL,
      'hour_of_day', hour_of_day IS NULL,
      'is_weekend', is_weekend IS NULL
    ) AS (column_name, is_missing)
  FROM {purchases}
)
SELECT
  column_name,
  count(*) AS purchases,
  count_if(is_missing) AS missing,
  try_divide(count_if(is_missing), count(*)) AS share
FROM looked_at
GROUP BY column_name
