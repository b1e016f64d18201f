-- What each model credits channels with. Each touchpoint has a weight, and its share is cut to whole millionths of a
-- conversion and whole ten-thousandths of a dollar; the last touchpoint gets what is left, so that every model's
-- credits add up.
WITH paths AS (
  SELECT
    conversion_id,
    coalesce(channel, 'unattributed') AS channel,
    CAST(revenue * 10000 AS BIGINT) AS units,
    position,
    touchpoints,
    -- A conversion without touchpoints has one row, which is first and last.
    coalesce(max(CASE WHEN channel <> 'direct' THEN position END) OVER (PARTITION BY conversion_id), touchpoints)
      AS last_non_direct,
    coalesce((unix_micros(converted_at) - unix_micros(touched_at)) / 86400000000.0D, 0.0D) AS age_days
  FROM {conversion_paths}
  WHERE day = :date
),
weighed AS (
  SELECT conversion_id, channel, units, position, touchpoints, model, weight
  FROM paths LATERAL VIEW stack(
    5,
    'first_touch', if(position <= 1, 1.0D, 0.0D),
    'last_touch', if(position = touchpoints, 1.0D, 0.0D),
    'last_non_direct', if(position = last_non_direct, 1.0D, 0.0D),
    'linear', 1.0D,
    'time_decay', power(2.0D, -age_days / :half_life_days)
  ) of AS model, weight
),
cut AS (
  SELECT
    *,
    -- Multiplied before it is divided: where a whole share is due, it comes out whole.
    floor(1000000 * weight / sum(weight) OVER path) AS millionths,
    floor(units * weight / sum(weight) OVER path) AS cut_units
  FROM weighed
  -- In an order, because a sum of doubles depends on it.
  WINDOW path AS (
    PARTITION BY conversion_id, model ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  )
),
credited AS (
  SELECT
    channel,
    model,
    millionths + if(position = touchpoints, 1000000 - sum(millionths) OVER path, 0) AS millionths,
    cut_units + if(position = touchpoints, units - sum(cut_units) OVER path, 0) AS units
  FROM cut
  WINDOW path AS (PARTITION BY conversion_id, model)
)
SELECT
  channel,
  model,
  CAST(sum(millionths) / CAST(1000000 AS DECIMAL(7, 0)) AS DECIMAL(18, 6)) AS conversions,
  CAST(sum(units) / CAST(10000 AS DECIMAL(5, 0)) AS DECIMAL(28, 4)) AS revenue
FROM credited
GROUP BY channel, model
