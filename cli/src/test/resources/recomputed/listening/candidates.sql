-- Plays that could be published, typed. Of equal rows one counts; of two with one id, plays takes one.
WITH typed AS (
  SELECT
    row_id,
    landing_date,
    CAST(TRY_CAST(PlayedAt AS TIMESTAMP) AS DATE) AS day,
    EventID AS play_id,
    whole(CustID) AS customer_id,
    TrackID AS track_id,
    TRY_CAST(PlayedAt AS TIMESTAMP) AS played_at,
    CASE Mobile WHEN '1' THEN true WHEN '0' THEN false END AS mobile,
    nullif(Zip, '') AS zip
  FROM tracks_raw
)
SELECT min(row_id) AS row_id, * EXCLUDE (row_id, landing_date)
FROM typed
WHERE landing_date BETWEEN day AND day + 1
  AND play_id <> '' AND customer_id >= 0 AND track_id <> '' AND mobile IS NOT NULL
GROUP BY ALL
