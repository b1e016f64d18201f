-- Hypotheses about the purchases. Of models what their last training of seven days said on purchases that it held back
-- counts, be the model champion or not.
WITH demographic AS (
  SELECT
    coalesce(max(effect_size) FILTER (WHERE p_value < :alpha), CASE WHEN count(*) > 0 THEN 0.0D END) AS value,
    max_by(subject, effect_size) FILTER (WHERE p_value < :alpha) AS evidence
  FROM {statistical_tests}
  WHERE test = 'one_way_anova'
),
predicted AS (
  SELECT
    max_by(value, as_of) AS value,
    max_by(concat(learner, ' of ', model_version), as_of) AS evidence
  FROM {purchase_value_training}
  WHERE chosen AND metric = 'r2'
),
parted AS (
  SELECT
    max_by(silhouette, as_of) AS value,
    max_by(concat(k, ' clusters of ', model_version), as_of) AS evidence
  FROM {customer_segments_training}
  WHERE chosen
),
ranked AS (
  SELECT
    max_by(named_struct('value', value, 'low', low, 'high', high), as_of) FILTER (WHERE chosen) AS of_lists,
    max_by(named_struct('value', value, 'low', low, 'high', high), as_of) FILTER (WHERE learner = 'popularity') AS of_popular,
    max_by(concat(learner, ' of ', model_version), as_of) FILTER (WHERE chosen) AS learned
  FROM {product_recommendations_training}
  WHERE metric = concat('ndcg@', :top)
),
hypotheses AS (
  SELECT
    'purchase_value_predictable' AS hypothesis,
    'r2 of the predicted amounts of purchases held back' AS metric,
    CAST(:least_r2 AS DOUBLE) AS threshold,
    value,
    evidence
  FROM predicted
  UNION ALL
  SELECT
    'clear_segments',
    'mean silhouette of the customers in the clusters chosen',
    CAST(:least_silhouette AS DOUBLE),
    value,
    evidence
  FROM parted
  UNION ALL
  SELECT
    'useful_recommendations',
    'how much greater the NDCG of the lists is than that of what most bought; 0 where their intervals overlap',
    CAST(:least_ndcg_gain AS DOUBLE),
    CASE
      WHEN of_lists.low <= of_popular.high AND of_popular.low <= of_lists.high THEN 0.0D
      ELSE of_lists.value - of_popular.value
    END,
    learned
  FROM ranked
  UNION ALL
  SELECT
    'demographic_differences',
    'greatest eta squared of the amount of a purchase by an attribute of the customer, where p < alpha; 0 where none is',
    CAST(:least_eta_squared AS DOUBLE),
    value,
    evidence
  FROM demographic
)
SELECT
  hypothesis,
  metric,
  threshold,
  value,
  CASE
    WHEN value IS NULL THEN 'undecided'
    WHEN value >= threshold THEN 'supported'
    ELSE 'not supported'
  END AS verdict,
  evidence
FROM hypotheses
