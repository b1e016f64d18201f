WITH minutes AS (
  SELECT
    day,
    date_trunc('minute', occurred_at) AS minute,
    user_id,
    campaign_id,
    count(*) AS events,
    count(DISTINCT ad_id) AS distinct_ads,
    sum(bid_price) AS bids
  FROM ad_events
  GROUP BY ALL
),
scored AS (
  SELECT
    *,
    mean_to_8(bids, events) AS avg_bid_price,
    CASE
      WHEN events > 100 THEN 0.9
      WHEN distinct_ads < 2 AND events >= 10 THEN 0.7
      WHEN bids > 10 * events THEN 0.6
      ELSE 0.1
    END AS fraud_score
  FROM minutes
)
SELECT * REPLACE (CAST(fraud_score AS DOUBLE) AS fraud_score)
FROM scored
WHERE fraud_score > 0.5
