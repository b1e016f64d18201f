-- Customers and listeners counted by themselves; a listener that no file has is of an unknown segment.
WITH members AS (
  SELECT as_of, customer_id, level, campaign, status, CAST(gender AS VARCHAR) AS gender FROM customers
),
sizes AS (
  SELECT as_of, level, campaign, status, gender, count(*) AS customers FROM members GROUP BY ALL
),
played AS (
  SELECT
    as_of,
    coalesce(level, 'unknown') AS level,
    coalesce(campaign, 'unknown') AS campaign,
    coalesce(status, 'unknown') AS status,
    coalesce(gender, 'unknown') AS gender,
    count(*) AS listeners,
    sum(total) AS plays,
    sum(night) AS night,
    sum(morning) AS morning,
    sum(afternoon) AS afternoon,
    sum(evening) AS evening,
    sum(mobile) AS mobile,
    sum(unique_tracks) AS unique_tracks
  FROM listener_profile LEFT JOIN members USING (as_of, customer_id)
  GROUP BY ALL
),
segments AS (
  SELECT as_of, level, campaign, status, gender FROM sizes
  UNION
  SELECT as_of, level, campaign, status, gender FROM played
)
SELECT
  segments.*,
  coalesce(customers, 0) AS customers,
  coalesce(listeners, 0) AS listeners,
  coalesce(plays, 0) AS plays,
  coalesce(night, 0) AS night,
  coalesce(morning, 0) AS morning,
  coalesce(afternoon, 0) AS afternoon,
  coalesce(evening, 0) AS evening,
  coalesce(mobile, 0) AS mobile,
  share(coalesce(listeners, 0), customers) AS listener_share,
  share(plays, listeners) AS plays_a_listener,
  share(unique_tracks, listeners) AS unique_tracks_a_listener,
  share(mobile, plays) AS mobile_share
FROM segments
  LEFT JOIN sizes USING (as_of, level, campaign, status, gender)
  LEFT JOIN played USING (as_of, level, campaign, status, gender)
