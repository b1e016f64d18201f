-- New is who has no event on an earlier day of the window.
WITH seen AS (
  SELECT DISTINCT day, user_id, device_type FROM web_events
),
visitors AS (
  SELECT
    day,
    user_id,
    EXISTS (
      SELECT 1 FROM web_events AS before
      WHERE before.user_id = now.user_id AND before.day < now.day AND before.day > now.day - days_read('visitor_history')
    ) AS was_here
  FROM (SELECT DISTINCT day, user_id FROM web_events) AS now
),
devices AS (
  SELECT
    day,
    count(*) FILTER (device_type = 'mobile') AS mobile,
    count(*) FILTER (device_type = 'desktop') AS desktop,
    count(*) FILTER (device_type = 'tablet') AS tablet
  FROM seen
  GROUP BY day
)
SELECT
  day,
  count(*) AS visitors,
  any_value(mobile) AS mobile,
  any_value(desktop) AS desktop,
  any_value(tablet) AS tablet,
  count(*) FILTER (NOT was_here) AS new_visitors,
  count(*) FILTER (was_here) AS returning_visitors
FROM visitors JOIN devices USING (day)
GROUP BY day
