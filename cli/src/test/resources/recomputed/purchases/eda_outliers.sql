-- The purchases themselves, beside the fences of both methods.
WITH fences AS (
  SELECT
    as_of,
    variable,
    'iqr' AS method,
    quantile_cont(value, 0.25) - 1.5 * (quantile_cont(value, 0.75) - quantile_cont(value, 0.25)) AS lower_fence,
    quantile_cont(value, 0.75) + 1.5 * (quantile_cont(value, 0.75) - quantile_cont(value, 0.25)) AS upper_fence
  FROM numbers()
  WHERE scale <> 'nominal'
  GROUP BY as_of, variable
  UNION ALL
  SELECT as_of, variable, 'z', avg(value) - 3 * stddev_samp(value), avg(value) + 3 * stddev_samp(value)
  FROM numbers()
  WHERE scale <> 'nominal'
  GROUP BY as_of, variable
)
SELECT
  as_of,
  variable,
  method,
  lower_fence,
  upper_fence,
  count(*) FILTER (value < lower_fence) AS below,
  count(*) FILTER (value > upper_fence) AS above,
  share(count(*) FILTER (value < lower_fence OR value > upper_fence), count(value)) AS share
FROM numbers() JOIN fences USING (as_of, variable)
GROUP BY as_of, variable, method, lower_fence, upper_fence
