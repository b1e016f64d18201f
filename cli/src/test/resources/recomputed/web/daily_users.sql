WITH sessions AS (
  SELECT day, user_id, count(*) AS sessions FROM touchpoints GROUP BY day, user_id
),
features AS (
  SELECT day, user_id, list(DISTINCT feature ORDER BY feature) AS features
  FROM web_events
  WHERE feature IS NOT NULL
  GROUP BY day, user_id
),
users AS (
  SELECT
    day,
    user_id,
    count(*) AS events,
    count(*) FILTER (event_type IN ('landing', 'page_view', 'product_view')) AS page_views,
    count(*) FILTER (event_type = 'purchase') AS purchases,
    count(*) FILTER (event_type IN ('purchase', 'signup', 'app_install')) AS conversions,
    coalesce(sum(revenue) FILTER (event_type IN ('purchase', 'signup', 'app_install')), 0) AS revenue,
    list_contains(list(device_type), 'mobile') AS on_mobile,
    list_contains(list(device_type), 'desktop') AS on_desktop,
    list_contains(list(device_type), 'tablet') AS on_tablet
  FROM web_events
  GROUP BY day, user_id
)
SELECT users.*, coalesce(sessions, 0) AS sessions, coalesce(features, []) AS features
FROM users LEFT JOIN sessions USING (day, user_id) LEFT JOIN features USING (day, user_id)
