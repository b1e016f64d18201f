-- A purchase's outlier flags and spend band, by the statistics of all purchases. One purchase alone has no standard
-- deviation, and is no outlier by it.
WITH everything AS (
  SELECT
    avg(CAST(purchase AS DOUBLE)) AS mean,
    stddev_samp(CAST(purchase AS DOUBLE)) AS sd,
    percentile(purchase, array(0.25, 0.75)) AS quartiles,
    percentile(purchase, array(:low_up_to, :medium_up_to, :high_up_to)) AS bounds
  FROM {purchases}
),
fences AS (
  SELECT
    *,
    quartiles[0] - :iqr_factor * (quartiles[1] - quartiles[0]) AS lower_fence,
    quartiles[1] + :iqr_factor * (quartiles[1] - quartiles[0]) AS upper_fence
  FROM everything
)
SELECT
  purchase_id,
  user_id,
  product_id,
  purchase,
  CAST(purchase AS DOUBLE) NOT BETWEEN lower_fence AND upper_fence AS outlier_iqr,
  coalesce(abs(CAST(purchase AS DOUBLE) - mean) > :z_limit * sd, false) AS outlier_z,
  CASE
    WHEN CAST(purchase AS DOUBLE) <= bounds[0] THEN 'low'
    WHEN CAST(purchase AS DOUBLE) <= bounds[1] THEN 'medium'
    WHEN CAST(purchase AS DOUBLE) <= bounds[2] THEN 'high'
    ELSE 'top'
  END AS spend_band
FROM {purchases}
CROSS JOIN fences
