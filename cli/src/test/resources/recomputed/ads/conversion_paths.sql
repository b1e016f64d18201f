-- Each conversion beside each impression and click of its user in the day before it.
WITH conversions AS (
  SELECT day, event_id AS conversion_id, user_id, occurred_at AS converted_at, revenue
  FROM ad_events
  WHERE event_type = 'conversion'
),
touches AS (
  SELECT event_id, user_id, campaign_id, ad_id, event_type AS type, occurred_at AS touched_at
  FROM ad_events
  WHERE event_type <> 'conversion'
)
SELECT
  conversions.*,
  CASE
    WHEN event_id IS NULL THEN 0
    ELSE row_number() OVER (PARTITION BY conversion_id ORDER BY touched_at, event_id)
  END AS position,
  count(event_id) OVER (PARTITION BY conversion_id) AS touchpoints,
  campaign_id,
  ad_id,
  type,
  touched_at,
  epoch(converted_at - touched_at) / 3600 AS hours_before_conversion
FROM conversions LEFT JOIN touches
  ON touches.user_id = conversions.user_id
  AND touched_at BETWEEN converted_at - INTERVAL 24 HOURS AND converted_at
