-- Each hour by itself and with the 23 before it, users counted one by one.
WITH hours AS (
  SELECT day, CAST(day AS TIMESTAMP) + to_hours(CAST(h AS INTEGER)) AS hour FROM business_days, range(24) AS hours(h)
),
of_hour AS (
  SELECT
    date_trunc('hour', occurred_at) AS hour,
    count(DISTINCT user_id) AS visitors_1h,
    count(*) FILTER (event_type IN ('landing', 'page_view', 'product_view')) AS page_views
  FROM web_events
  GROUP BY ALL
),
of_24_hours AS (
  SELECT
    hour,
    count(DISTINCT user_id) AS visitors_24h,
    count(DISTINCT user_id) FILTER (event_type = 'purchase') AS converters_24h
  FROM hours JOIN web_events
    ON occurred_at >= hour - INTERVAL 23 HOURS AND occurred_at < hour + INTERVAL 1 HOUR
  GROUP BY hour
)
SELECT
  day,
  hour,
  coalesce(visitors_1h, 0) AS visitors_1h,
  coalesce(visitors_24h, 0) AS visitors_24h,
  coalesce(page_views, 0) AS page_views,
  coalesce(converters_24h, 0) AS converters_24h,
  share(coalesce(converters_24h, 0), coalesce(visitors_24h, 0)) AS conversion_rate_24h,
  CASE WHEN visitors_24h > 0 THEN 16 END AS precision
FROM hours LEFT JOIN of_hour USING (hour) LEFT JOIN of_24_hours USING (hour)
