WITH used AS (
  SELECT day, 'hour' AS grain, date_trunc('hour', occurred_at) AS starts_at, device_type, user_id, event_type, revenue
  FROM web_events
  UNION ALL
  SELECT day, 'day', CAST(day AS TIMESTAMP), device_type, user_id, event_type, revenue
  FROM web_events
),
everything AS (
  SELECT grain, starts_at, count(*) AS all_events FROM used GROUP BY ALL
)
SELECT
  day,
  grain,
  starts_at,
  device_type,
  count(*) AS events,
  count(*) FILTER (event_type IN ('landing', 'page_view', 'product_view')) AS page_views,
  count(DISTINCT user_id) AS visitors,
  share(count(*), all_events) AS event_share,
  count(*) FILTER (event_type IN ('purchase', 'signup', 'app_install')) AS conversions,
  coalesce(sum(revenue) FILTER (event_type IN ('purchase', 'signup', 'app_install')), 0) AS revenue
FROM used JOIN everything USING (grain, starts_at)
GROUP BY day, grain, starts_at, device_type, all_events
