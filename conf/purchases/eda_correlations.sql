-- Pearson's and Spearman's correlation of each pair of numeric columns. Pairs of values are counted first, so that ranks
-- and sums are over few rows; a value's rank is the mean of the places that its ties take.
WITH measured AS (
  SELECT
    filter(
      array(
        named_struct('name', 'age', 'nominal', false, 'value', try_cast(element_at(split(age, '[-+]'), 1) AS DOUBLE)),
        named_struct('name', 'marital_status', 'nominal', true, 'value', CAST(marital_status AS DOUBLE)),
        named_struct('name', 'occupation', 'nominal', true, 'value', CAST(occupation AS DOUBLE)),
        named_struct('name', 'product_category_1', 'nominal', true, 'value', CAST(product_category_1 AS DOUBLE)),
        named_struct('name', 'product_category_2', 'nominal', true, 'value', CAST(product_category_2 AS DOUBLE)),
        named_struct('name', 'product_category_3', 'nominal', true, 'value', CAST(product_category_3 AS DOUBLE)),
        named_struct('name', 'purchase', 'nominal', false, 'value', CAST(purchase AS DOUBLE)),
        named_struct(
          'name', 'stay_in_current_city_years',
          'nominal', false,
          'value', try_cast(replace(stay_in_current_city_years, '+', '') AS DOUBLE)
        )
      ),
      variable -> variable.value IS NOT NULL
    ) AS variables
  FROM {purchases}
),
counted AS (
  SELECT
    a.name AS variable_a,
    b.name AS variable_b,
    a.nominal OR b.nominal AS nominal,
    a.value AS x,
    b.value AS y,
    count(*) AS n
  FROM measured
  LATERAL VIEW explode(variables) firsts AS a
  LATERAL VIEW explode(filter(variables, variable -> variable.name > a.name)) seconds AS b
  GROUP BY ALL
),
ranks_of_x AS (
  SELECT variable_a, variable_b, x, sum(sum(n)) OVER upward - (sum(n) - 1) / 2 AS rank_x
  FROM counted
  GROUP BY variable_a, variable_b, x
  WINDOW upward AS (PARTITION BY variable_a, variable_b ORDER BY x)
),
ranks_of_y AS (
  SELECT variable_a, variable_b, y, sum(sum(n)) OVER upward - (sum(n) - 1) / 2 AS rank_y
  FROM counted
  GROUP BY variable_a, variable_b, y
  WINDOW upward AS (PARTITION BY variable_a, variable_b ORDER BY y)
),
means AS (
  SELECT
    variable_a,
    variable_b,
    sum(n) AS purchases,
    sum(n * x) / sum(n) AS mean_x,
    sum(n * y) / sum(n) AS mean_y,
    (sum(n) + 1) / 2 AS mean_rank
  FROM counted
  GROUP BY variable_a, variable_b
)
SELECT
  variable_a,
  variable_b,
  nominal,
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
JOIN ranks_of_x USING (variable_a, variable_b, x)
JOIN ranks_of_y USING (variable_a, variable_b, y)
JOIN means USING (variable_a, variable_b)
GROUP BY variable_a, variable_b, nominal, purchases
