-- Visitors of a day. A sum over no rows counts as 0: money that did not flow.
WITH begun AS (
  SELECT user_id, count(*) AS sessions
  FROM {touchpoints}
  WHERE day = :date
  GROUP BY user_id
),
users AS (
  SELECT
    user_id,
    count(*) AS events,
    count_if(event_type IN (:page_view_types)) AS page_views,
    count_if(event_type = 'purchase') AS purchases,
    count_if(event_type IN (:conversion_types)) AS conversions,
    CAST(sum(CASE WHEN event_type IN (:conversion_types) THEN revenue ELSE 0 END) AS DECIMAL(28, 4)) AS revenue,
    bool_or(device_type = 'mobile') AS on_mobile,
    bool_or(device_type = 'desktop') AS on_desktop,
    bool_or(device_type = 'tablet') AS on_tablet,
    array_sort(collect_set(feature)) AS features
  FROM {web_events}
  WHERE day = :date
  GROUP BY user_id
)
SELECT
  user_id,
  events,
  coalesce(sessions, 0) AS sessions,
  page_views,
  purchases,
  conversions,
  revenue,
  on_mobile,
  on_desktop,
  on_tablet,
  features
FROM users LEFT JOIN begun USING (user_id)
