-- Events that share their id and day with another: the one of the least hash is published.
SELECT
  row_id,
  CAST(day - DATE '1970-01-01' AS INTEGER) AS day,
  event_id,
  user_id,
  epoch_us(occurred_at) AS occurred_at,
  event_type,
  page,
  referrer,
  utm_source,
  utm_medium,
  utm_campaign,
  device_type,
  CAST(revenue * 10000 AS BIGINT) AS revenue,
  CAST(cost * 10000 AS BIGINT) AS cost,
  feature
FROM candidates
QUALIFY count(*) OVER (PARTITION BY day, event_id) > 1
