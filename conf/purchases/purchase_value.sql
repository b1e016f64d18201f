-- A purchase: what was paid, who bought what. A category that a product has not is one of its own, since a model needs a
-- value; nothing here follows from what was paid.
SELECT
  purchase_id,
  CAST(purchase AS DOUBLE) AS purchase,
  user_id,
  product_id,
  gender,
  age,
  CAST(occupation AS STRING) AS occupation,
  city_category,
  stay_in_current_city_years,
  CAST(marital_status AS STRING) AS marital_status,
  CAST(product_category_1 AS STRING) AS product_category_1,
  coalesce(CAST(product_category_2 AS STRING), 'none') AS product_category_2,
  coalesce(CAST(product_category_3 AS STRING), 'none') AS product_category_3
FROM {purchases}
