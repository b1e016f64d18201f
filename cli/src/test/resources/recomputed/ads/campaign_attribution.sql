-- The models one by one. In a linear one each touchpoint has the same share, in whole millionths and ten-thousandths,
-- and the last what is left.
WITH paths AS (
  SELECT
    day,
    coalesce(campaign_id, 'unattributed') AS campaign_id,
    position,
    touchpoints,
    revenue,
    CAST(revenue * 10000 AS BIGINT) AS parts_of_revenue
  FROM conversion_paths
),
credits AS (
  SELECT day, campaign_id, 'first_touch' AS model, 1000000 AS conversions, parts_of_revenue AS revenue
  FROM paths
  WHERE position <= 1
  UNION ALL
  SELECT day, campaign_id, 'last_touch', 1000000, parts_of_revenue
  FROM paths
  WHERE position = touchpoints
  UNION ALL
  SELECT
    day,
    campaign_id,
    'linear',
    CASE
      WHEN position < touchpoints THEN 1000000 // touchpoints
      WHEN touchpoints = 0 THEN 1000000
      ELSE 1000000 - (touchpoints - 1) * (1000000 // touchpoints)
    END,
    CASE
      WHEN position < touchpoints THEN parts_of_revenue // touchpoints
      WHEN touchpoints = 0 THEN parts_of_revenue
      ELSE parts_of_revenue - (touchpoints - 1) * (parts_of_revenue // touchpoints)
    END
  FROM paths
),
-- A campaign with a touchpoint has a row of every model.
campaigns AS (
  SELECT DISTINCT day, campaign_id, model
  FROM paths, (VALUES ('first_touch'), ('last_touch'), ('linear')) AS models(model)
)
SELECT
  day,
  campaign_id,
  model,
  CAST(coalesce(sum(conversions), 0) / 1e6 AS DECIMAL(18, 6)) AS conversions,
  CAST(coalesce(sum(revenue), 0) / 1e4 AS DECIMAL(28, 4)) AS revenue
FROM campaigns LEFT JOIN credits USING (day, campaign_id, model)
GROUP BY day, campaign_id, model
