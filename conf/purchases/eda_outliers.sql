-- How many purchases lie outside each method's fences, in each numeric column that has an order.
WITH fences AS (
  SELECT
    variable,
    purchases AS n,
    stack(
      2,
      'iqr', q1 - :iqr_factor * (q3 - q1), q3 + :iqr_factor * (q3 - q1),
      'z', mean - :z_limit * sd, mean + :z_limit * sd
    ) AS (method, lower_fence, upper_fence)
  FROM {eda_descriptive}
  WHERE scale <> 'nominal'
)
SELECT
  variable,
  method,
  lower_fence,
  upper_fence,
  coalesce(sum(purchases) FILTER (WHERE value < lower_fence), 0) AS below,
  coalesce(sum(purchases) FILTER (WHERE value > upper_fence), 0) AS above,
  try_divide(coalesce(sum(purchases) FILTER (WHERE value < lower_fence OR value > upper_fence), 0), n) AS share
FROM fences
JOIN {eda_values} USING (variable)
GROUP BY variable, method, lower_fence, upper_fence, n
