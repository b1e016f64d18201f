-- Twenty bins, or one where there is one value, and the values that lie in each.
WITH ranges AS (
  SELECT as_of, variable, min(value) AS low, max(value) AS high
  FROM eda_values
  WHERE value IS NOT NULL
  GROUP BY as_of, variable
),
bins AS (
  SELECT
    as_of,
    variable,
    bin,
    low + (bin - 1) * (high - low) / 20 AS lower,
    low + bin * (high - low) / 20 AS upper,
    bin = 20 OR low = high AS is_last
  FROM ranges CROSS JOIN range(1, 21) AS numbered(bin)
  WHERE low < high OR bin = 1
)
SELECT bins.as_of, bins.variable, bin, lower, upper, coalesce(sum(purchases), 0) AS purchases
FROM bins LEFT JOIN eda_values
  ON eda_values.as_of = bins.as_of AND eda_values.variable = bins.variable
  AND value >= lower AND (value < upper OR is_last)
GROUP BY bins.as_of, bins.variable, bin, lower, upper
