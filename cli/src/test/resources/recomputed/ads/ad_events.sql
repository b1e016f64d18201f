-- An event each, typed: what landed on its day or up to two days after it, has every value but perhaps the city, codes
-- that are known, and money that is not negative. Of equal rows one counts.
WITH typed AS (
  SELECT
    CAST(TRY_CAST("timestamp" AS TIMESTAMP) AS DATE) AS day,
    lower(to_hex(hash)) AS event_id,
    landing_date,
    user_id,
    campaign_id,
    ad_id,
    TRY_CAST("timestamp" AS TIMESTAMP) AS occurred_at,
    event_type,
    device_type,
    os,
    browser,
    country,
    city,
    age_group,
    gender,
    TRY_CAST(bid_price AS DECIMAL(12, 4)) AS bid_price,
    TRY_CAST(cost AS DECIMAL(12, 4)) AS cost,
    TRY_CAST(revenue AS DECIMAL(12, 4)) AS revenue
  FROM ad_events_raw JOIN hashes USING (row_id)
)
SELECT DISTINCT * EXCLUDE (landing_date)
FROM typed
WHERE landing_date BETWEEN day AND day + 2
  AND user_id <> '' AND campaign_id <> '' AND ad_id <> ''
  AND event_type IN ('impression', 'click', 'conversion')
  AND device_type IN ('mobile', 'desktop', 'tablet')
  AND os IN ('iOS', 'Android', 'Windows')
  AND browser IN ('Chrome', 'Safari', 'Firefox')
  AND country IN ('KR', 'US', 'JP', 'CN')
  AND age_group IN ('18-24', '25-34', '35-44', '45+')
  AND gender IN ('M', 'F')
  AND bid_price BETWEEN 0 AND 100 AND cost >= 0 AND revenue >= 0
