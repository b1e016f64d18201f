-- No purchase has a time, so no customer has a recency.
WITH customers AS (
  SELECT as_of, user_id, count(*) AS frequency, sum(purchase) AS monetary FROM purchases GROUP BY as_of, user_id
),
scored AS (
  SELECT
    *,
    ntile(5) OVER (PARTITION BY as_of ORDER BY frequency, user_id) AS f_score,
    ntile(5) OVER (PARTITION BY as_of ORDER BY monetary, user_id) AS m_score
  FROM customers
)
SELECT
  *,
  CAST(NULL AS INTEGER) AS recency_days,
  CAST(NULL AS INTEGER) AS r_score,
  (f_score + m_score) / 2 AS score,
  CASE
    WHEN f_score >= 4 AND m_score >= 4 THEN 'champions'
    WHEN f_score >= 4 THEN 'frequent'
    WHEN m_score >= 4 THEN 'big_spenders'
    WHEN f_score >= 2 AND m_score >= 2 THEN 'core'
    ELSE 'occasional'
  END AS segment
FROM scored
