-- Which attributes account for more than chance does, a printed table of the F distribution tells: its upper 5% points
-- for so many degrees of freedom between groups, and very many within (Snedecor and Cochran, Statistical Methods).
WITH points(df_1, point) AS (
  VALUES (1, 3.84), (2, 3.00), (3, 2.60), (4, 2.37), (5, 2.21), (6, 2.10), (7, 2.01), (20, 1.57)
),
anova AS (
  SELECT as_of, subject, effect_size, statistic > point AS is_beyond_chance
  FROM statistical_tests JOIN points USING (df_1)
  WHERE test = 'one_way_anova'
),
demographic AS (
  SELECT
    as_of,
    coalesce(max(effect_size) FILTER (is_beyond_chance), 0) AS value,
    arg_max(subject, effect_size) FILTER (is_beyond_chance) AS evidence
  FROM anova
  GROUP BY as_of
)
SELECT
  as_of,
  'demographic_differences' AS hypothesis,
  'greatest eta squared of the amount of a purchase by an attribute of the customer, where p < alpha; 0 where none is'
    AS metric,
  0.01::DOUBLE AS threshold,
  CAST(value AS DOUBLE) AS value,
  CASE WHEN value >= 0.01 THEN 'supported' ELSE 'not supported' END AS verdict,
  evidence
FROM demographic
