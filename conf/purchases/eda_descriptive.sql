-- Descriptive statistics of each numeric column, from how often it has each value.
WITH means AS (
  SELECT
    variable,
    scale,
    coalesce(sum(purchases) FILTER (WHERE value IS NOT NULL), 0) AS n,
    coalesce(sum(purchases) FILTER (WHERE value IS NULL), 0) AS missing,
    count(value) AS distinct_values,
    try_divide(sum(value * purchases), sum(purchases) FILTER (WHERE value IS NOT NULL)) AS mean,
    min(value) AS min,
    percentile(value, array(0.25, 0.5, 0.75), purchases) AS quartiles,
    max(value) AS max,
    max_by(value, struct(purchases, -value)) FILTER (WHERE value IS NOT NULL) AS mode
  FROM {eda_values}
  GROUP BY variable, scale
),
central AS (
  SELECT
    variable,
    sum(purchases * power(value - mean, 2)) AS squares,
    sum(purchases * power(value - mean, 3)) AS cubes,
    sum(purchases * power(value - mean, 4)) AS fourths
  FROM {eda_values}
  JOIN means USING (variable)
  GROUP BY variable
)
SELECT
  variable,
  scale,
  n AS purchases,
  missing,
  distinct_values,
  mean,
  sqrt(try_divide(squares, n - 1)) AS sd,
  min,
  quartiles[0] AS q1,
  quartiles[1] AS median,
  quartiles[2] AS q3,
  max,
  mode,
  try_divide(try_divide(cubes, n), power(try_divide(squares, n), 1.5)) AS skewness,
  try_divide(try_divide(fourths, n), power(try_divide(squares, n), 2)) - 3 AS excess_kurtosis
FROM means
JOIN central USING (variable)
