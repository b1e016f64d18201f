-- Each conversion beside each session of its user that began in the look-back before it; a session's place is one more
-- than the sessions before it.
WITH conversions AS (
  SELECT
    day,
    event_id AS conversion_id,
    user_id,
    event_type AS conversion_type,
    occurred_at AS converted_at,
    revenue
  FROM web_events
  WHERE event_type IN ('purchase', 'signup', 'app_install')
),
touches AS (
  SELECT conversions.*, session_id, channel, started_at AS touched_at
  FROM conversions JOIN touchpoints
    ON touchpoints.user_id = conversions.user_id
    AND started_at <= converted_at
    AND started_at >= converted_at - to_days(days_read('conversion_paths') - 1)
),
counted AS (
  SELECT conversion_id, count(*) AS touchpoints FROM touches GROUP BY conversion_id
)
SELECT
  touches.*,
  (
    SELECT count(*) FROM touches AS before
    WHERE before.conversion_id = touches.conversion_id
      AND moment(before.touched_at, before.session_id) <= moment(touches.touched_at, touches.session_id)
  ) AS position,
  touchpoints
FROM touches JOIN counted USING (conversion_id)
UNION ALL BY NAME
SELECT *, 0 AS position, 0 AS touchpoints
FROM conversions ANTI JOIN touches USING (conversion_id)
