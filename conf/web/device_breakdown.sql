-- Devices of each hour and of the day.
WITH used AS (
  SELECT grain, starts_at, device_type, user_id, event_type, revenue
  FROM {web_events} LATERAL VIEW stack(
    2,
    'hour', date_trunc('HOUR', occurred_at),
    'day', CAST(:date AS TIMESTAMP)
  ) of AS grain, starts_at
  WHERE day = :date
),
devices AS (
  SELECT
    grain,
    starts_at,
    device_type,
    count(*) AS events,
    count_if(event_type IN (:page_view_types)) AS page_views,
    count(DISTINCT user_id) AS visitors,
    count_if(event_type IN (:conversion_types)) AS conversions,
    CAST(sum(CASE WHEN event_type IN (:conversion_types) THEN revenue ELSE 0 END) AS DECIMAL(28, 4)) AS revenue
  FROM used
  GROUP BY grain, starts_at, device_type
)
SELECT
  grain,
  starts_at,
  device_type,
  events,
  page_views,
  visitors,
  try_divide(events, sum(events) OVER (PARTITION BY grain, starts_at)) AS event_share,
  conversions,
  revenue
FROM devices
