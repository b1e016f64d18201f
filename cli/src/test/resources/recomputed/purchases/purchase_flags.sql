WITH amounts AS (
  SELECT
    as_of,
    avg(CAST(purchase AS DOUBLE)) AS mean,
    stddev_samp(CAST(purchase AS DOUBLE)) AS sd,
    quantile_cont(CAST(purchase AS DOUBLE), 0.25) AS q1,
    quantile_cont(CAST(purchase AS DOUBLE), 0.5) AS q2,
    quantile_cont(CAST(purchase AS DOUBLE), 0.75) AS q3
  FROM purchases
  GROUP BY as_of
)
SELECT
  as_of,
  purchase_id,
  user_id,
  product_id,
  purchase,
  purchase < q1 - 1.5 * (q3 - q1) OR purchase > q3 + 1.5 * (q3 - q1) AS outlier_iqr,
  coalesce(purchase < mean - 3 * sd OR purchase > mean + 3 * sd, false) AS outlier_z,
  CASE WHEN purchase > q3 THEN 'top' WHEN purchase > q2 THEN 'high' WHEN purchase > q1 THEN 'medium' ELSE 'low' END
    AS spend_band
FROM purchases JOIN amounts USING (as_of)
