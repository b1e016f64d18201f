-- A house each, of the newest file not after the business date, typed. 2001.0 is the December
-- before 2001, and each twelfth of a year is a month more.
WITH newest AS (
  SELECT day AS as_of, max(landing_date) AS landing_date
  FROM business_days JOIN valuations_raw ON landing_date <= day
  GROUP BY as_of
),
typed AS (
  SELECT DISTINCT
    as_of,
    whole("No") AS valuation_no,
    TRY_CAST(X1_transaction_date AS DECIMAL(11, 7)) AS transaction_date,
    TRY_CAST(X2_house_age AS DOUBLE) AS house_age_years,
    TRY_CAST(X3_distance_to_the_nearest_MRT_station AS DOUBLE) AS mrt_distance_m,
    whole(X4_number_of_convenience_stores) AS convenience_stores,
    TRY_CAST(X5_latitude AS DOUBLE) AS latitude,
    TRY_CAST(X6_longitude AS DOUBLE) AS longitude,
    TRY_CAST(Y_house_price_of_unit_area AS DECIMAL(10, 4)) AS price_per_ping
  FROM newest JOIN valuations_raw USING (landing_date)
)
SELECT
  *,
  CAST(DATE '2000-12-01' + to_months(CAST(round((transaction_date - 2001) * 12) AS INTEGER)) AS DATE) AS transaction_month
FROM typed
WHERE valuation_no IS NOT NULL AND transaction_date BETWEEN 2000 AND 2100 AND house_age_years >= 0
  AND mrt_distance_m >= 0 AND convenience_stores >= 0 AND latitude BETWEEN 24.67 AND 25.3
  AND longitude BETWEEN 121.28 AND 122.01 AND price_per_ping > 0
