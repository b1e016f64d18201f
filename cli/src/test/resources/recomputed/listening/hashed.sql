-- Plays that share their id and day with another: the one of the least hash is published.
SELECT
  row_id,
  CAST(day - DATE '1970-01-01' AS INTEGER) AS day,
  play_id,
  customer_id,
  track_id,
  epoch_us(played_at) AS played_at,
  CAST(mobile AS INTEGER) AS mobile,
  zip
FROM candidates
QUALIFY count(*) OVER (PARTITION BY day, play_id) > 1
