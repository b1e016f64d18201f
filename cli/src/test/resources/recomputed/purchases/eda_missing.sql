WITH looked_at AS (
  SELECT as_of, unnest([
    {column_name: 'user_id', missing: user_id IS NULL},
    {column_name: 'product_id', missing: product_id IS NULL},
    {column_name: 'gender', missing: gender IS NULL},
    {column_name: 'age', missing: age IS NULL},
    {column_name: 'occupation', missing: occupation IS NULL},
    {column_name: 'city_category', missing: city_category IS NULL},
    {column_name: 'stay_in_current_city_years', missing: stay_in_current_city_years IS NULL},
    {column_name: 'marital_status', missing: marital_status IS NULL},
    {column_name: 'product_category_1', missing: product_category_1 IS NULL},
    {column_name: 'product_category_2', missing: product_category_2 IS NULL},
    {column_name: 'product_category_3', missing: product_category_3 IS NULL},
    {column_name: 'purchase', missing: purchase IS NULL},
    {column_name: 'purchased_at', missing: purchased_at IS NULL},
    {column_name: 'day_of_week', missing: day_of_week IS NULL},
    {column_name: 'hour_of_day', missing: hour_of_day IS NULL},
    {column_name: 'is_weekend', missing: is_weekend IS NULL}
  ], recursive := true)
  FROM purchases
)
SELECT
  as_of,
  column_name,
  count(*) AS purchases,
  count(*) FILTER (missing) AS missing,
  share(count(*) FILTER (missing), count(*)) AS share
FROM looked_at
GROUP BY as_of, column_name
