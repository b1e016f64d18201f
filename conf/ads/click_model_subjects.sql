-- The impressions of the date, with what is known of them when they are shown.
SELECT
  event_id,
  device_type,
  os,
  browser,
  country,
  age_group,
  gender,
  date_format(occurred_at, 'HH') AS hour,
  CAST(bid_price AS DOUBLE) AS bid_price
FROM {ad_events}
WHERE day = :date AND event_type = 'impression'
