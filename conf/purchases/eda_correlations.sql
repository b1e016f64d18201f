-- Pearson's and Spearman's correlation of each pair of numeric columns. Pairs of values are counted first, so that ranks
-- and sums are over few rows; a value's rank is the mean of the places that its ties take. Until the end a column is
-- known by its place in the alphabet, from 0, which is quicker to count by than its name.
WITH measured AS (
  SELECT
    array(
      try_cast(element_at(split(age, '[-+]'), 1) AS DOUBLE),
      CAST(marital_status AS DOUBLE),
      CAST(occupation AS DOUBLE),
      CAST(product_category_1 AS DOUBLE),
      CAST(product_category_2 AS DOUBLE),
      CAST(product_category_3 AS DOUBLE),
      CAST(purchase AS DOUBLE),
      try_cast(replace(stay_in_current_city_years, '+', '') AS DOUBLE)
    ) AS variables
  FROM {purchases}
),
named AS (
  SELECT
    array(
      'age', 'marital_status', 'occupation', 'product_category_1', 'product_category_2', 'product_category_3',
      'purchase', 'stay_in_current_city_years'
    ) AS names,
    array(false, true, true, true, true, true, false, false) AS nominals
),
counted AS (
  SELECT a, b, x, y, count(*) AS n
  FROM measured
  LATERAL VIEW posexplode(variables) firsts AS a, x
  LATERAL VIEW posexplode(variables) seconds AS b, y
  WHERE a < b AND x IS NOT NULL AND y IS NOT NULL
  GROUP BY a, b, x, y
),
ranks_of_x AS (
  SELECT a, b, x, sum(sum(n)) OVER upward - (sum(n) - 1) / 2 AS rank_x
  FROM counted
  GROUP BY a, b, x
  WINDOW upward AS (PARTITION BY a, b ORDER BY x)
),
ranks_of_y AS (
  SELECT a, b, y, sum(sum(n)) OVER upward - (sum(n) - 1) / 2 AS rank_y
  FROM counted
  GROUP BY a, b, y
  WINDOW upward AS (PARTITION BY a, b ORDER BY y)
),
means AS (
  SELECT
    a,
    b,
    sum(n) AS purchases,
    sum(n * x) / sum(n) AS mean_x,
    sum(n * y) / sum(n) AS mean_y,
    (sum(n) + 1) / 2 AS mean_rank
  FROM counted
  GROUP BY a, b
),
correlated AS (
  SELECT
    a,
    b,
    purchases,
    try_divide(
      sum(n * (x - mean_x) * (y - mean_y)),
      sqrt(sum(n * power(x - mean_x, 2)) * sum(n * power(y - mean_y, 2)))
    ) AS pearson,
    try_divide(
      sum(n * (rank_x - mean_rank) * (rank_y - mean_rank)),
      sqrt(sum(n * power(rank_x - mean_rank, 2)) * sum(n * power(rank_y - mean_rank, 2)))
    ) AS spearman
  FROM counted
  JOIN ranks_of_x USING (a, b, x)
  JOIN ranks_of_y USING (a, b, y)
  JOIN means USING (a, b)
  GROUP BY a, b, purchases
)
SELECT
  names[a] AS variable_a,
  names[b] AS variable_b,
  nominals[a] OR nominals[b] AS nominal,
  purchases,
  pearson,
  spearman
FROM correlated
CROSS JOIN named
