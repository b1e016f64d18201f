-- What sketches say of the users who share a value, against an exact count in silver: the hours and the day of the 24
-- hours that end with the date, the days of the 7, each stored sketch a sample, and so is the union of the 7.
WITH seen AS (
  SELECT DISTINCT user_id, day, date_trunc('HOUR', occurred_at) AS hour, dimension, value
  FROM {web_events} LATERAL VIEW stack(
    4,
    'total', 'all',
    'device_type', device_type,
    'event_type', event_type,
    'page', page
  ) of AS dimension, value
  WHERE value IS NOT NULL
  UNION ALL
  SELECT DISTINCT user_id, day, date_trunc('HOUR', started_at) AS hour, dimension, value
  FROM {touchpoints} LATERAL VIEW stack(
    2,
    'channel', channel,
    'device_type+channel', concat(device_type, '+', channel)
  ) of AS dimension, value
),
counted AS (
  SELECT grain, starts_at, dimension, value, count(DISTINCT user_id) AS users
  FROM seen LATERAL VIEW stack(
    3,
    'hour', hour,
    'day', CAST(day AS TIMESTAMP),
    'week', CAST(:first AS TIMESTAMP)
  ) of AS grain, starts_at
  -- Pages have no sketches by the hour.
  WHERE grain <> 'hour' OR (day = :date AND dimension <> 'page')
  GROUP BY grain, starts_at, dimension, value
),
estimated AS (
  SELECT grain, starts_at, dimension, value, precision, hll_sketch_estimate(sketch) AS users
  FROM {visitor_sketches}
  WHERE grain = 'day' OR day = :date
  UNION ALL
  SELECT
    'week' AS grain,
    CAST(:first AS TIMESTAMP) AS starts_at,
    dimension,
    value,
    min(precision) AS precision,
    -- Where sketches of two precisions meet, their union has the lower.
    hll_sketch_estimate(hll_union_agg(sketch, true)) AS users
  FROM {visitor_sketches}
  WHERE grain = 'day'
  GROUP BY dimension, value
),
samples AS (
  SELECT
    grain,
    starts_at,
    dimension,
    value,
    precision,
    coalesce(counted.users, 0) AS exact_users,
    coalesce(estimated.users, 0) AS estimate,
    try_divide(coalesce(estimated.users, 0) - counted.users, counted.users) AS relative_error
  FROM counted FULL JOIN estimated USING (grain, starts_at, dimension, value)
),
by_period AS (
  SELECT *, '24h' AS period, grain = 'day' AS is_whole
  FROM samples
  WHERE grain = 'hour' OR (grain = 'day' AND starts_at = CAST(:date AS TIMESTAMP))
  UNION ALL
  SELECT *, '7d' AS period, grain = 'week' AS is_whole
  FROM samples
  WHERE grain <> 'hour'
),
contexts AS (
  SELECT
    period,
    dimension,
    value,
    max(exact_users) FILTER (WHERE is_whole) AS exact_users,
    max(estimate) FILTER (WHERE is_whole) AS estimate,
    max(relative_error) FILTER (WHERE is_whole) AS relative_error,
    min(precision) AS precision,
    count(*) AS sample_count,
    avg(abs(relative_error)) AS average_error_rate,
    max(abs(relative_error)) AS maximum_error_rate
  FROM by_period
  GROUP BY period, dimension, value
),
measured AS (
  SELECT
    *,
    abs(relative_error) AS error_rate,
    -- Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog", 2007.
    abs(relative_error) / (1.04 / sqrt(power(2, precision))) AS standard_errors
  FROM contexts
),
judged AS (
  SELECT
    *,
    CASE
      -- A sketch that saw users of whom silver knows nothing.
      WHEN exact_users = 0 OR error_rate > :critical_over THEN 'critical'
      WHEN error_rate > :warning_over OR standard_errors > :most_standard_errors THEN 'warning'
      ELSE 'ok'
    END AS level
  FROM measured
)
SELECT
  period,
  dimension,
  value,
  exact_users,
  estimate,
  relative_error,
  error_rate,
  standard_errors,
  precision,
  sample_count,
  average_error_rate,
  maximum_error_rate,
  -- Where no sample has an error rate, nothing is known.
  IF(average_error_rate IS NULL, NULL, greatest(0, 100 - 100 * average_error_rate)) AS accuracy_score,
  level,
  CASE level WHEN 'critical' THEN 'HIGH' WHEN 'warning' THEN 'MEDIUM' END AS priority,
  IF(level = 'critical', least(coalesce(precision, :most_precision) + 2, :most_precision), NULL) AS rebuild_precision,
  CASE level
    WHEN 'critical' THEN concat(
      'rebuild from silver at precision ', least(coalesce(precision, :most_precision) + 2, :most_precision),
      ' (docs/sketches.md): ./assay run --pipeline web --from ', :first, ' --to ', :date,
      ' --stage gold --again -D pipeline.tables.visitor_sketches.parameters.precision=',
      least(coalesce(precision, :most_precision) + 2, :most_precision)
    )
    WHEN 'warning' THEN concat(
      'see whether a day is stale: ./assay status --pipeline web --date ', :date,
      '; rebuild if it lasts (docs/sketches.md)'
    )
  END AS advice
FROM judged
