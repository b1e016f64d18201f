-- Hypotheses about the purchases. Demographic differences: the greatest share of the differences between purchases that
-- one attribute of the customers accounts for, of the attributes that account for more than chance does.
WITH demographic AS (
  SELECT
    coalesce(max(effect_size) FILTER (WHERE p_value < :alpha), CASE WHEN count(*) > 0 THEN 0.0D END) AS value,
    max_by(subject, effect_size) FILTER (WHERE p_value < :alpha) AS evidence
  FROM {statistical_tests}
  WHERE test = 'one_way_anova'
)
SELECT
  'demographic_differences' AS hypothesis,
  'greatest eta squared of the amount of a purchase by an attribute of the customer, where p < alpha; 0 where none is'
    AS metric,
  CAST(:least_eta_squared AS DOUBLE) AS threshold,
  value,
  CASE
    WHEN value IS NULL THEN 'undecided'
    WHEN value >= :least_eta_squared THEN 'supported'
    ELSE 'not supported'
  END AS verdict,
  evidence
FROM demographic
