-- How sure sketches are in all: a row a period, and one for both.
WITH periods AS (
  SELECT
    coalesce(period, 'all') AS period,
    count(*) AS contexts,
    sum(sample_count) AS total_samples,
    -- By the sample; a context of which silver knows nobody has no error rate.
    try_divide(
      sum(average_error_rate * sample_count),
      sum(sample_count) FILTER (WHERE average_error_rate IS NOT NULL)
    ) AS average_error_rate,
    max(maximum_error_rate) AS maximum_error_rate,
    count_if(level = 'critical') AS critical,
    count_if(level = 'warning') AS warnings
  FROM {sketch_accuracy}
  GROUP BY GROUPING SETS ((period), ())
)
SELECT
  period,
  contexts,
  total_samples,
  average_error_rate,
  maximum_error_rate,
  IF(average_error_rate IS NULL, NULL, greatest(0, 100 - 100 * average_error_rate)) AS accuracy_score,
  critical,
  warnings
FROM periods
