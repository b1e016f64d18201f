-- A session begins with an instant of a user's that has no other in the half hour before it; of its events the first by
-- id counts.
WITH instants AS (
  SELECT user_id, occurred_at, min(event_id) AS event_id
  FROM web_events
  GROUP BY user_id, occurred_at
),
begun AS (
  SELECT later.event_id
  FROM instants AS later ASOF LEFT JOIN instants AS earlier
    ON later.user_id = earlier.user_id AND later.occurred_at > earlier.occurred_at
  WHERE earlier.occurred_at IS NULL OR later.occurred_at - earlier.occurred_at > INTERVAL 30 MINUTES
),
led AS (
  SELECT
    *,
    coalesce(lower(utm_source), '') AS source,
    coalesce(lower(utm_medium), '') AS medium,
    coalesce(lower(referrer), '') AS address
  FROM web_events SEMI JOIN begun USING (event_id)
),
-- Of an address its host, a scheme before it or none; what has no dot and no scheme is none.
hosted AS (
  SELECT
    *,
    CASE
      WHEN contains(address, '://') THEN split_part(split_part(split_part(address, '://', 2), '/', 1), ':', 1)
      WHEN contains(split_part(address, '/', 1), '.') THEN split_part(split_part(address, '/', 1), ':', 1)
      ELSE ''
    END AS plain_host
  FROM led
),
-- Before the domain of a country or of companies is who it is.
known AS (
  SELECT
    *,
    medium = '' AND source = '' AS untagged,
    '.' || plain_host AS host,
    CASE WHEN split_part(plain_host, '.', -2) IN ('com', 'co') THEN split_part(plain_host, '.', -3)
      ELSE split_part(plain_host, '.', -2)
    END AS site
  FROM hosted
)
SELECT
  day,
  event_id AS session_id,
  user_id,
  occurred_at AS started_at,
  CASE
    WHEN medium IN ('affiliate', 'affiliates', 'partner') THEN 'affiliate'
    WHEN medium IN ('email', 'e-mail', 'mail', 'newsletter') OR source IN ('email', 'newsletter') THEN 'email'
    WHEN medium IN ('video', 'cpv')
      OR untagged AND (host LIKE '%.youtube.%' OR host LIKE '%.vimeo.%' OR host LIKE '%.twitch.%') THEN 'video'
    WHEN medium IN ('display', 'banner', 'cpm', 'interstitial', 'expandable') THEN 'display'
    WHEN starts_with(medium, 'social') OR starts_with(medium, 'paidsocial') OR medium LIKE 'paid_social%' OR medium = 'sm'
      OR source IN ('facebook', 'instagram', 'linkedin', 'pinterest', 'tiktok', 'twitter', 'x')
      OR untagged AND (
        host LIKE '%.facebook.com' OR host LIKE '%.instagram.com' OR host LIKE '%.linkedin.com'
        OR host LIKE '%.pinterest.com' OR host LIKE '%.reddit.com' OR host LIKE '%.tiktok.com'
        OR host LIKE '%.twitter.com' OR host LIKE '%.x.com' OR host LIKE '%.t.co'
      ) THEN 'social'
    WHEN medium IN ('cpc', 'ppc', 'sem', 'paidsearch') OR medium LIKE 'paid_search' THEN 'paid_search'
    WHEN medium = 'organic'
      OR untagged AND site IN ('google', 'bing', 'yahoo', 'duckduckgo', 'baidu', 'naver', 'yandex', 'ecosia') THEN 'organic_search'
    WHEN medium IN ('', '(none)', '(not set)') AND source IN ('', '(direct)', 'direct')
      AND (host = '.' OR host LIKE '%.shop.example.com') THEN 'direct'
    WHEN medium IN ('referral', 'link') OR untagged THEN 'referral'
    ELSE 'other'
  END AS channel,
  utm_source,
  utm_medium,
  utm_campaign,
  referrer,
  page,
  device_type
FROM known
