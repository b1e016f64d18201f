-- The histogram of each numeric column, in bins of equal width; a column of one value has one bin.
WITH ranges AS (
  SELECT variable, min(value) AS low, max(value) AS high
  FROM {eda_values}
  WHERE value IS NOT NULL
  GROUP BY variable
),
bins AS (
  SELECT
    variable,
    bin,
    low + (bin - 1) * (high - low) / :bins AS lower,
    low + bin * (high - low) / :bins AS upper
  FROM ranges
  LATERAL VIEW explode(sequence(1, :bins)) numbers AS bin
  WHERE low < high OR bin = 1
),
counted AS (
  SELECT
    variable,
    least(1 + coalesce(CAST(floor(try_divide((value - low) * :bins, high - low)) AS INT), 0), :bins) AS bin,
    sum(purchases) AS purchases
  FROM {eda_values}
  JOIN ranges USING (variable)
  WHERE value IS NOT NULL
  GROUP BY 1, 2
)
SELECT variable, bin, lower, upper, coalesce(purchases, 0) AS purchases
FROM bins
LEFT JOIN counted USING (variable, bin)
