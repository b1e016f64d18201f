-- Of the purchases one by one; moments by their definitions.
WITH simple AS (
  SELECT
    as_of,
    variable,
    scale,
    count(value) AS purchases,
    count(*) - count(value) AS missing,
    count(DISTINCT value) AS distinct_values,
    avg(value) AS mean,
    stddev_samp(value) AS sd,
    min(value) AS min,
    quantile_cont(value, 0.25) AS q1,
    quantile_cont(value, 0.5) AS median,
    quantile_cont(value, 0.75) AS q3,
    max(value) AS max
  FROM numbers()
  GROUP BY as_of, variable, scale
),
central AS (
  SELECT
    as_of,
    variable,
    avg(power(value - mean, 2)) AS second,
    avg(power(value - mean, 3)) AS third,
    avg(power(value - mean, 4)) AS fourth
  FROM numbers() JOIN simple USING (as_of, variable)
  GROUP BY as_of, variable
),
modes AS (
  SELECT as_of, variable, value AS mode
  FROM eda_values
  WHERE value IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY as_of, variable ORDER BY purchases DESC, value) = 1
)
SELECT
  simple.*,
  mode,
  third / nullif(power(second, 1.5), 0) AS skewness,
  fourth / nullif(second * second, 0) - 3 AS excess_kurtosis
FROM simple JOIN central USING (as_of, variable) LEFT JOIN modes USING (as_of, variable)
