-- Who clicked which ad, and what it counts. What was first clicked in the last days is held back; of what was clicked
-- before, only what happened before is counted, as it would have been known then.
WITH taken AS (
  SELECT
    user_id,
    ad_id,
    occurred_at < CAST(date_sub(:date, :held_out_days - 1) AS TIMESTAMP) AS is_before,
    CASE event_type WHEN 'conversion' THEN :conversion_rating ELSE :click_rating END AS rating
  FROM {ad_events}
  WHERE event_type IN ('click', 'conversion')
)
SELECT
  user_id,
  ad_id,
  CAST(coalesce(sum(rating) FILTER (WHERE is_before), sum(rating)) AS DOUBLE) AS rating,
  NOT bool_or(is_before) AS held_out
FROM taken
GROUP BY user_id, ad_id
