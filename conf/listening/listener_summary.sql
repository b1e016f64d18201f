-- Every column of the listeners' profiles as a row: the moments, bounds and norms of its values.
WITH cells AS (
  SELECT profile_column, value
  FROM {listener_profile}
  UNPIVOT (
    value FOR profile_column IN (
      unique_tracks, night, morning, afternoon, evening, mobile, total, days,
      night_a_day, morning_a_day, afternoon_a_day, evening_a_day, total_a_day
    )
  )
)
SELECT
  profile_column,
  count(*) AS count,
  avg(value) AS mean,
  var_samp(value) AS variance,
  min(value) AS min,
  max(value) AS max,
  count_if(value <> 0) AS non_zeros,
  sum(abs(value)) AS l1_norm,
  sqrt(sum(value * value)) AS l2_norm
FROM cells
GROUP BY profile_column
