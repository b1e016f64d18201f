-- The key that conf gives an event: a hash of its columns as received.
SELECT
  row_id, user_id, campaign_id, ad_id, "timestamp", event_type, device_type, os, browser, country, city, age_group,
  gender, bid_price, cost, revenue
FROM ad_events_raw
