-- A purchase each, typed, of the newest file not after the business date. Of equal lines one counts; codes that are
-- none stay. The key is a hash of the line's fields, for it has none.
WITH newest AS (
  SELECT day AS as_of, max(landing_date) AS landing_date
  FROM business_days JOIN black_friday_raw ON landing_date <= day
  GROUP BY as_of
),
typed AS (
  SELECT DISTINCT
    as_of,
    sha256(CAST(to_json([
      User_ID, Product_ID, Gender, Age, Occupation, City_Category, Stay_In_Current_City_Years, Marital_Status,
      Product_Category_1, Product_Category_2, Product_Category_3, _column_12, Purchase
    ]) AS VARCHAR)) AS purchase_id,
    whole(User_ID) AS user_id,
    Product_ID AS product_id,
    Gender AS gender,
    Age AS age,
    whole(Occupation) AS occupation,
    City_Category AS city_category,
    Stay_In_Current_City_Years AS stay_in_current_city_years,
    whole(Marital_Status) AS marital_status,
    whole(Product_Category_1) AS product_category_1,
    whole(Product_Category_2) AS product_category_2,
    whole(Product_Category_3) AS product_category_3,
    TRY_CAST(Purchase AS DECIMAL(12, 2)) AS purchase,
    coalesce(Product_Category_2, '') <> '' AND whole(Product_Category_2) IS NULL
      OR coalesce(Product_Category_3, '') <> '' AND whole(Product_Category_3) IS NULL AS unreadable
  FROM newest JOIN black_friday_raw USING (landing_date)
)
SELECT
  * EXCLUDE (unreadable),
  product_category_2 IS NULL AS product_category_2_missing,
  product_category_3 IS NULL AS product_category_3_missing,
  CAST(NULL AS TIMESTAMP) AS purchased_at,
  CAST(NULL AS INTEGER) AS day_of_week,
  CAST(NULL AS INTEGER) AS hour_of_day,
  CAST(NULL AS BOOLEAN) AS is_weekend
FROM typed
WHERE NOT unreadable
  AND user_id IS NOT NULL AND product_id <> '' AND gender <> '' AND age <> '' AND occupation IS NOT NULL
  AND city_category <> '' AND stay_in_current_city_years <> '' AND marital_status IS NOT NULL
  AND product_category_1 IS NOT NULL AND purchase >= 0
