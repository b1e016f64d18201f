-- Impressions of the window and whether the same user clicked the same ad soon after. Those whose time for a click is
-- not over by the end of the date have no answer yet; nor, by the end of the days learned from, have those of the last
-- minutes before the days held back, which therefore are neither. A sample, by a hash, where there are very many.
WITH bounds AS (
  SELECT
    CAST(date_sub(:date, :held_out_days - 1) AS TIMESTAMP) AS held_out_from,
    CAST(date_add(:date, 1) AS TIMESTAMP) AS over_by,
    (SELECT count_if(event_type = 'impression') FROM {ad_events}) AS impressions
),
followed AS (
  SELECT
    *,
    bool_or(event_type = 'click') OVER (
      PARTITION BY user_id, ad_id
      ORDER BY occurred_at
      RANGE BETWEEN CURRENT ROW AND INTERVAL :click_within_minutes MINUTE FOLLOWING
    ) AS clicked
  FROM {ad_events}
)
SELECT
  event_id,
  CAST(clicked AS INT) AS clicked,
  device_type,
  os,
  browser,
  country,
  age_group,
  gender,
  date_format(occurred_at, 'HH') AS hour,
  CAST(bid_price AS DOUBLE) AS bid_price,
  occurred_at >= held_out_from AS held_out
FROM followed
CROSS JOIN bounds
WHERE event_type = 'impression'
  AND occurred_at + INTERVAL :click_within_minutes MINUTE < over_by
  AND (occurred_at >= held_out_from OR occurred_at + INTERVAL :click_within_minutes MINUTE < held_out_from)
  AND pmod(xxhash64(event_id, :seed), 1000000) * CAST(impressions AS DOUBLE) < 1000000D * :most_examples
