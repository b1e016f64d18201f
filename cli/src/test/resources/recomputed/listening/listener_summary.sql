-- Moments by their definitions.
WITH cells AS (
  SELECT as_of, profile_column, value
  FROM (
    SELECT as_of, customer_id, CAST(COLUMNS(* EXCLUDE (as_of, customer_id)) AS DOUBLE) FROM listener_profile
  ) UNPIVOT (value FOR profile_column IN (COLUMNS(* EXCLUDE (as_of, customer_id))))
),
means AS (
  SELECT as_of, profile_column, count(*) AS n, sum(value) / count(*) AS mean FROM cells GROUP BY ALL
)
SELECT
  as_of,
  profile_column,
  n AS count,
  mean,
  sum((value - mean) * (value - mean)) / nullif(n - 1, 0) AS variance,
  min(value) AS min,
  max(value) AS max,
  count(*) FILTER (value <> 0) AS non_zeros,
  sum(abs(value)) AS l1_norm,
  sqrt(sum(value * value)) AS l2_norm
FROM cells JOIN means USING (as_of, profile_column)
GROUP BY as_of, profile_column, n, mean
