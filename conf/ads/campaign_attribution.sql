-- What each model credits campaigns with. A linear share is cut to whole millionths of a conversion and whole
-- ten-thousandths of a dollar, and the last touch gets what is left, so that every model's credits add up.
WITH shares AS (
  SELECT
    coalesce(campaign_id, 'unattributed') AS campaign_id,
    revenue,
    CAST(revenue * 10000 AS BIGINT) AS units,
    greatest(touchpoints, 1) AS parts,
    -- A conversion without touchpoints has one row, which is both.
    position <= 1 AS is_first,
    position = touchpoints AS is_last
  FROM {conversion_paths}
  WHERE day = :date
),
credits AS (
  SELECT
    campaign_id,
    CAST(sum(CASE WHEN is_first THEN 1 ELSE 0 END) AS DECIMAL(18, 6)) AS first_conversions,
    CAST(sum(CASE WHEN is_first THEN revenue ELSE 0 END) AS DECIMAL(28, 4)) AS first_revenue,
    CAST(sum(CASE WHEN is_last THEN 1 ELSE 0 END) AS DECIMAL(18, 6)) AS last_conversions,
    CAST(sum(CASE WHEN is_last THEN revenue ELSE 0 END) AS DECIMAL(28, 4)) AS last_revenue,
    sum(1000000 DIV parts + CASE WHEN is_last THEN 1000000 % parts ELSE 0 END) AS millionths,
    sum(units DIV parts + CASE WHEN is_last THEN units % parts ELSE 0 END) AS units
  FROM shares
  GROUP BY campaign_id
),
in_full AS (
  SELECT
    * EXCEPT (millionths, units),
    CAST(millionths / CAST(1000000 AS DECIMAL(7, 0)) AS DECIMAL(18, 6)) AS linear_conversions,
    CAST(units / CAST(10000 AS DECIMAL(5, 0)) AS DECIMAL(28, 4)) AS linear_revenue
  FROM credits
)
SELECT campaign_id, model, conversions, revenue
FROM in_full UNPIVOT (
  (conversions, revenue) FOR model IN (
    (first_conversions, first_revenue) AS first_touch,
    (last_conversions, last_revenue) AS last_touch,
    (linear_conversions, linear_revenue) AS linear
  )
)
