-- A page's rank is one more than the pages that come before it.
WITH views AS (
  SELECT day, 'hour' AS grain, date_trunc('hour', occurred_at) AS starts_at, page, user_id
  FROM web_events
  WHERE page <> '' AND event_type IN ('landing', 'page_view', 'product_view')
  UNION ALL
  SELECT day, 'day', CAST(day AS TIMESTAMP), page, user_id
  FROM web_events
  WHERE page <> '' AND event_type IN ('landing', 'page_view', 'product_view')
),
pages AS (
  SELECT day, grain, starts_at, page, count(*) AS page_views, count(DISTINCT user_id) AS visitors
  FROM views
  GROUP BY ALL
),
ranked AS (
  SELECT this.*, 1 + count(other.page) AS rank
  FROM pages AS this LEFT JOIN pages AS other
    ON this.grain = other.grain AND this.starts_at = other.starts_at
    AND (other.page_views > this.page_views OR other.page_views = this.page_views AND other.page < this.page)
  GROUP BY ALL
)
SELECT * FROM ranked WHERE rank <= 100
