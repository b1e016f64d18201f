-- How sure sketches are in all: a row a period, and one for both.
SELECT
  coalesce(period, 'all') AS period,
  count(*) AS contexts,
  sum(sample_count) AS total_samples,
  -- A context without users counts no error.
  try_divide(
    sum(average_error_rate * sample_count),
    sum(sample_count) FILTER (WHERE average_error_rate IS NOT NULL)
  ) AS average_error_rate,
  max(maximum_error_rate) AS maximum_error_rate,
  greatest(
    0,
    100 - 100 * try_divide(
      sum(average_error_rate * sample_count),
      sum(sample_count) FILTER (WHERE average_error_rate IS NOT NULL)
    )
  ) AS accuracy_score,
  count_if(level = 'critical') AS critical,
  count_if(level = 'warning') AS warnings
FROM {sketch_accuracy}
GROUP BY GROUPING SETS ((period), ())
