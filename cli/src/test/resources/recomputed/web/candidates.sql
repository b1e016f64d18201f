-- Events that could be published, typed: what landed on its day or up to two days after it, has every value that it
-- must, and none that it must not. Of equal rows one counts; of two with one id, web_events takes one.
WITH typed AS (
  SELECT
    row_id,
    landing_date,
    CAST(TRY_CAST("timestamp" AS TIMESTAMP) AS DATE) AS day,
    event_id,
    user_id,
    TRY_CAST("timestamp" AS TIMESTAMP) AS occurred_at,
    event_type,
    page,
    referrer,
    utm_source,
    utm_medium,
    utm_campaign,
    device_type,
    TRY_CAST(coalesce(revenue, '0') AS DECIMAL(12, 4)) AS revenue,
    TRY_CAST(coalesce(cost, '0') AS DECIMAL(12, 4)) AS cost,
    feature
  FROM user_events_raw
)
SELECT min(row_id) AS row_id, * EXCLUDE (row_id, landing_date)
FROM typed
WHERE landing_date BETWEEN day AND day + 2
  AND event_id <> '' AND user_id <> ''
  AND event_type IN (
    'landing', 'page_view', 'product_view', 'add_to_cart', 'checkout', 'purchase', 'signup', 'app_install'
  )
  AND device_type IN ('mobile', 'desktop', 'tablet')
  AND revenue >= 0 AND cost >= 0
GROUP BY ALL
