-- A house that was sold: what it sold for, and what of it may say so. Distances are walked, so that the first kilometre
-- from a station matters more than the tenth; the centre is that of the district's houses by their medians.
WITH centre AS (
  SELECT percentile(latitude, 0.5) AS latitude, percentile(longitude, 0.5) AS longitude
  FROM {valuations}
)
SELECT
  v.valuation_no,
  CAST(v.price_per_ping AS DOUBLE) AS price,
  CAST(v.transaction_date AS DOUBLE) AS sold,
  v.house_age_years AS age,
  v.house_age_years * v.house_age_years AS age_squared,
  v.mrt_distance_m AS distance,
  ln(1 + v.mrt_distance_m) AS log_distance,
  CAST(v.convenience_stores AS DOUBLE) AS stores,
  1000 * v.convenience_stores / (1000 + v.mrt_distance_m) AS stores_a_kilometre,
  v.latitude,
  v.longitude,
  sqrt(
    power(111.2 * (v.latitude - c.latitude), 2)
      + power(111.2 * cos(radians(c.latitude)) * (v.longitude - c.longitude), 2)
  ) AS from_centre
FROM {valuations} v
CROSS JOIN centre c
