-- The most viewed pages of each hour and of the day.
WITH viewed AS (
  SELECT grain, starts_at, page, user_id
  FROM {web_events} LATERAL VIEW stack(
    2,
    'hour', date_trunc('HOUR', occurred_at),
    'day', CAST(:date AS TIMESTAMP)
  ) of AS grain, starts_at
  WHERE day = :date AND page IS NOT NULL AND event_type IN (:page_view_types)
),
pages AS (
  SELECT grain, starts_at, page, count(*) AS page_views, count(DISTINCT user_id) AS visitors
  FROM viewed
  GROUP BY grain, starts_at, page
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY grain, starts_at ORDER BY page_views DESC, page) AS rank
  FROM pages
)
SELECT grain, starts_at, page, page_views, visitors, rank
FROM ranked
WHERE rank <= :pages
