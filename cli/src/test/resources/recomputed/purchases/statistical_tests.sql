-- Statistics by their textbook formulas; what takes a distribution, p and its reading, has tests of its own.
WITH amounts AS (
  SELECT as_of, attribute, value, CAST(purchase AS DOUBLE) AS amount
  FROM attributes(['gender', 'age', 'occupation', 'city_category', 'stay_in_current_city_years', 'marital_status'])
),
groups AS (
  SELECT as_of, attribute, value, count(*) AS n, avg(amount) AS mean, var_samp(amount) AS variance,
    coalesce(var_samp(amount), 0) * (count(*) - 1) AS squares
  FROM amounts
  GROUP BY as_of, attribute, value
),
grand AS (
  SELECT as_of, attribute, count(*) AS n, avg(amount) AS mean FROM amounts GROUP BY as_of, attribute
),
spread AS (
  SELECT
    as_of,
    attribute,
    count(*) AS k,
    any_value(grand.n) AS n,
    sum(groups.n * power(groups.mean - grand.mean, 2)) AS between_groups,
    sum(squares) AS within_groups
  FROM groups JOIN grand USING (as_of, attribute)
  GROUP BY as_of, attribute
  HAVING count(*) > 1
),
pairs AS (
  SELECT
    a.as_of,
    a.attribute,
    k,
    spread.n AS all_n,
    within_groups / (spread.n - k) AS variance_within,
    'purchase by ' || a.attribute || ': ' || a.value || ', ' || b.value AS subject,
    a.value AS value_a,
    b.value AS value_b,
    a.n AS n_a,
    b.n AS n_b,
    a.mean - b.mean AS difference,
    a.variance / a.n AS error_a,
    b.variance / b.n AS error_b,
    (a.squares + b.squares) / (a.n + b.n - 2) AS pooled
  FROM groups AS a
    JOIN groups AS b ON a.as_of = b.as_of AND a.attribute = b.attribute AND a.value < b.value
    JOIN spread ON spread.as_of = a.as_of AND spread.attribute = a.attribute
),
twos AS (
  SELECT * FROM pairs WHERE k = 2 AND attribute IN ('gender', 'marital_status')
),
-- The share of each group's purchases up to each amount.
shares AS (
  SELECT
    as_of,
    attribute,
    amount,
    sum(count(*) FILTER (value = value_a)) OVER upward / any_value(n_a) AS share_a,
    sum(count(*) FILTER (value = value_b)) OVER upward / any_value(n_b) AS share_b
  FROM amounts JOIN twos USING (as_of, attribute)
  GROUP BY as_of, attribute, amount
  WINDOW upward AS (PARTITION BY as_of, attribute ORDER BY amount)
),
distances AS (
  SELECT as_of, attribute, max(abs(share_a - share_b)) AS distance FROM shares GROUP BY as_of, attribute
),
cells AS (
  SELECT as_of, attribute, value, category, count(*) AS observed
  FROM (
    SELECT as_of, attribute, value, product_category_1 AS category
    FROM attributes(['gender', 'age', 'city_category', 'marital_status'])
  )
  GROUP BY ALL
),
rows_of AS (
  SELECT as_of, attribute, value, sum(observed) AS row_total FROM cells GROUP BY ALL
),
columns_of AS (
  SELECT as_of, attribute, category, sum(observed) AS column_total FROM cells GROUP BY ALL
),
totals AS (
  SELECT as_of, attribute, sum(row_total) AS n, count(*) AS height FROM rows_of GROUP BY ALL
),
widths AS (
  SELECT as_of, attribute, count(*) AS width FROM columns_of GROUP BY ALL
),
tables_of_counts AS (
  SELECT
    as_of,
    attribute,
    CAST(n AS BIGINT) AS n,
    height,
    width,
    sum(power(coalesce(observed, 0) - row_total * column_total / n, 2) / (row_total * column_total / n)) AS chi_square
  FROM rows_of JOIN columns_of USING (as_of, attribute)
    JOIN totals USING (as_of, attribute)
    JOIN widths USING (as_of, attribute)
    LEFT JOIN cells USING (as_of, attribute, value, category)
  GROUP BY as_of, attribute, n, height, width
)
SELECT
  as_of,
  'one_way_anova' AS test,
  'purchase by ' || attribute AS subject,
  n,
  between_groups / (k - 1) / (within_groups / (n - k)) AS statistic,
  CAST(k - 1 AS DOUBLE) AS df_1,
  CAST(n - k AS DOUBLE) AS df_2,
  'eta squared' AS effect,
  between_groups / (between_groups + within_groups) AS effect_size
FROM spread
UNION ALL
SELECT
  as_of,
  'tukey_hsd',
  subject,
  n_a + n_b,
  abs(difference) / sqrt(variance_within * (1 / n_a + 1 / n_b) / 2),
  k,
  all_n - k,
  'Cohen''s d',
  difference / sqrt(variance_within)
FROM pairs
WHERE attribute IN ('age', 'city_category')
UNION ALL
SELECT
  as_of,
  'welch_t',
  subject,
  n_a + n_b,
  difference / sqrt(error_a + error_b),
  power(error_a + error_b, 2) / (error_a * error_a / (n_a - 1) + error_b * error_b / (n_b - 1)),
  NULL,
  'Cohen''s d',
  difference / sqrt(pooled)
FROM twos
UNION ALL
SELECT
  as_of,
  'student_t',
  subject,
  n_a + n_b,
  difference / sqrt(pooled * (1 / n_a + 1 / n_b)),
  n_a + n_b - 2,
  NULL,
  'Cohen''s d',
  difference / sqrt(pooled)
FROM twos
UNION ALL
SELECT as_of, 'kolmogorov_smirnov', subject, n_a + n_b, distance, NULL, NULL, 'D', distance
FROM twos JOIN distances USING (as_of, attribute)
UNION ALL
SELECT
  as_of,
  'chi_square',
  attribute || ' by product_category_1',
  n,
  chi_square,
  (height - 1) * (width - 1),
  NULL,
  'Cramér''s V',
  sqrt(chi_square / n / (least(height, width) - 1))
FROM tables_of_counts
WHERE height > 1 AND width > 1
