-- Customers by segment; whoever plays and is in no file counts as unknown, so that no play is lost.
WITH members AS (
  SELECT customer_id, level, campaign, status, CAST(gender AS STRING) AS gender, 1 AS customers
  FROM {customers}
),
listeners AS (
  SELECT *, 1 AS listeners
  FROM {listener_profile}
),
segments AS (
  SELECT
    coalesce(level, 'unknown') AS level,
    coalesce(campaign, 'unknown') AS campaign,
    coalesce(status, 'unknown') AS status,
    coalesce(gender, 'unknown') AS gender,
    count(customers) AS customers,
    count(listeners) AS listeners,
    coalesce(sum(total), 0) AS plays,
    coalesce(sum(night), 0) AS night,
    coalesce(sum(morning), 0) AS morning,
    coalesce(sum(afternoon), 0) AS afternoon,
    coalesce(sum(evening), 0) AS evening,
    coalesce(sum(mobile), 0) AS mobile,
    avg(unique_tracks) AS unique_tracks_a_listener
  FROM members
  FULL OUTER JOIN listeners USING (customer_id)
  GROUP BY 1, 2, 3, 4
)
SELECT
  *,
  try_divide(listeners, customers) AS listener_share,
  try_divide(plays, listeners) AS plays_a_listener,
  try_divide(mobile, plays) AS mobile_share
FROM segments
