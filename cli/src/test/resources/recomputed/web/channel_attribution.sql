-- The models one by one; parts are millionths of a conversion, and ten-thousandths of a dollar. Where a share is cut to
-- whole ones, the last touchpoint gets what is left.
WITH paths AS (
  SELECT
    day,
    conversion_id,
    coalesce(channel, 'unattributed') AS channel,
    position,
    touchpoints,
    1000000 AS conversions,
    CAST(revenue * 10000 AS BIGINT) AS revenue,
    coalesce(power(2, -epoch(converted_at - touched_at) / 86400 / 7), 1) AS weight
  FROM conversion_paths
),
not_direct AS (
  SELECT conversion_id, max(position) AS position
  FROM paths
  WHERE channel NOT IN ('direct', 'unattributed')
  GROUP BY conversion_id
),
weights AS (
  SELECT conversion_id, sum(weight ORDER BY position) AS all_weight FROM paths GROUP BY conversion_id
),
cut AS (
  SELECT day, conversion_id, channel, position, touchpoints, 'linear' AS model,
    conversions AS whole, revenue AS whole_revenue,
    conversions // greatest(touchpoints, 1) AS conversions, revenue // greatest(touchpoints, 1) AS revenue
  FROM paths
  UNION ALL
  SELECT day, conversion_id, channel, position, touchpoints, 'time_decay', conversions, revenue,
    CAST(floor(conversions * weight / all_weight) AS BIGINT), CAST(floor(revenue * weight / all_weight) AS BIGINT)
  FROM paths JOIN weights USING (conversion_id)
),
before AS (
  SELECT conversion_id, model, sum(conversions) AS conversions, sum(revenue) AS revenue
  FROM cut
  WHERE position < touchpoints
  GROUP BY conversion_id, model
),
credits AS (
  SELECT day, channel, 'first_touch' AS model, conversions, revenue FROM paths WHERE position <= 1
  UNION ALL
  SELECT day, channel, 'last_touch', conversions, revenue FROM paths WHERE position = touchpoints
  UNION ALL
  SELECT day, channel, 'last_non_direct', conversions, revenue
  FROM paths LEFT JOIN not_direct USING (conversion_id)
  WHERE paths.position = coalesce(not_direct.position, touchpoints)
  UNION ALL
  SELECT day, channel, model, conversions, revenue FROM cut WHERE position < touchpoints
  UNION ALL
  SELECT day, channel, model,
    whole - coalesce(before.conversions, 0), whole_revenue - coalesce(before.revenue, 0)
  FROM cut LEFT JOIN before USING (conversion_id, model)
  WHERE position = touchpoints
),
-- A channel with a touchpoint has a row of every model.
channels AS (
  SELECT DISTINCT day, channel, model
  FROM paths, unnest(['first_touch', 'last_touch', 'last_non_direct', 'linear', 'time_decay']) AS models(model)
)
SELECT
  day,
  channel,
  model,
  CAST(coalesce(sum(conversions), 0) / 1e6 AS DECIMAL(18, 6)) AS conversions,
  CAST(coalesce(sum(revenue), 0) / 1e4 AS DECIMAL(28, 4)) AS revenue
FROM channels LEFT JOIN credits USING (day, channel, model)
GROUP BY day, channel, model
