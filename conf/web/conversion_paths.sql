-- What led to a day's conversions: of each, the sessions of its user that began from :days days before it to its own
-- instant, both inclusive, in the order of time; or one row of position 0, if there were none.
WITH conversions AS (
  SELECT event_id AS conversion_id, user_id, event_type AS conversion_type, occurred_at AS converted_at, revenue
  FROM {web_events}
  WHERE day = :date AND event_type IN (:conversion_types)
),
paths AS (
  SELECT conversions.*, session_id, channel, started_at AS touched_at
  FROM conversions LEFT JOIN {touchpoints} AS touchpoints
    ON touchpoints.user_id = conversions.user_id
    AND started_at <= converted_at
    AND started_at >= timestampadd(DAY, -:days, converted_at)
)
SELECT
  conversion_id,
  user_id,
  conversion_type,
  converted_at,
  revenue,
  CASE WHEN session_id IS NULL THEN 0 ELSE row_number() OVER path END AS position,
  CAST(count(session_id) OVER (PARTITION BY conversion_id) AS INT) AS touchpoints,
  session_id,
  channel,
  touched_at
FROM paths
WINDOW path AS (PARTITION BY conversion_id ORDER BY touched_at, session_id)
