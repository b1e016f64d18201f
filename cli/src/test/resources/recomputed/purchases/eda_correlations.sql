-- Each pair of a purchase's numbers that are both there, by the sums of the textbook. A rank is one more than the values
-- below, and half as many more as there are others of the same value.
WITH firsts AS (
  SELECT as_of, numbers, unnest(numbers) AS a FROM numbers_of_each()
),
couples AS (
  SELECT as_of, a, unnest(numbers) AS b FROM firsts
),
pairs AS (
  SELECT
    as_of,
    a.variable AS variable_a,
    b.variable AS variable_b,
    a.scale = 'nominal' OR b.scale = 'nominal' AS nominal,
    a.value AS x,
    b.value AS y,
    count(*) AS n
  FROM couples
  WHERE a.variable < b.variable AND a.value IS NOT NULL AND b.value IS NOT NULL
  GROUP BY ALL
),
xs AS (
  SELECT as_of, variable_a, variable_b, x, sum(n) AS n FROM pairs GROUP BY ALL
),
ys AS (
  SELECT as_of, variable_a, variable_b, y, sum(n) AS n FROM pairs GROUP BY ALL
),
ranks_of_x AS (
  SELECT as_of, variable_a, variable_b, x, sum(n) OVER upward - n + 1 + (n - 1) / 2 AS rank_x
  FROM xs
  WINDOW upward AS (PARTITION BY as_of, variable_a, variable_b ORDER BY x)
),
ranks_of_y AS (
  SELECT as_of, variable_a, variable_b, y, sum(n) OVER upward - n + 1 + (n - 1) / 2 AS rank_y
  FROM ys
  WINDOW upward AS (PARTITION BY as_of, variable_a, variable_b ORDER BY y)
),
sums AS (
  SELECT
    as_of,
    variable_a,
    variable_b,
    nominal,
    sum(n) AS n,
    sum(n * x) AS x,
    sum(n * y) AS y,
    sum(n * x * x) AS xx,
    sum(n * y * y) AS yy,
    sum(n * x * y) AS xy,
    sum(n * rank_x) AS r,
    sum(n * rank_y) AS s,
    sum(n * rank_x * rank_x) AS rr,
    sum(n * rank_y * rank_y) AS ss,
    sum(n * rank_x * rank_y) AS rs
  FROM pairs
    JOIN ranks_of_x USING (as_of, variable_a, variable_b, x)
    JOIN ranks_of_y USING (as_of, variable_a, variable_b, y)
  GROUP BY as_of, variable_a, variable_b, nominal
)
SELECT
  as_of,
  variable_a,
  variable_b,
  nominal,
  CAST(n AS BIGINT) AS purchases,
  (n * xy - x * y) / nullif(sqrt((n * xx - x * x) * (n * yy - y * y)), 0) AS pearson,
  (n * rs - r * s) / nullif(sqrt((n * rr - r * r) * (n * ss - s * s)), 0) AS spearman
FROM sums
