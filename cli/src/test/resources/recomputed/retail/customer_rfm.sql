WITH lines AS (
  SELECT business_days.day AS as_of, order_lines.*
  FROM business_days JOIN order_lines
    ON order_lines.day BETWEEN business_days.day - days_read('customer_rfm') + 1 AND business_days.day
  WHERE customer_id IS NOT NULL
),
sales AS (
  SELECT as_of, customer_id, as_of - max(day) AS recency_days, count(DISTINCT invoice_no) AS frequency
  FROM lines
  WHERE kind = 'sale'
  GROUP BY as_of, customer_id
),
money AS (
  SELECT as_of, customer_id, sum(amount) AS monetary FROM lines GROUP BY as_of, customer_id
),
scored AS (
  SELECT
    *,
    ntile(5) OVER (PARTITION BY as_of ORDER BY recency_days DESC, customer_id) AS r_score,
    ntile(5) OVER (PARTITION BY as_of ORDER BY frequency, customer_id) AS f_score,
    ntile(5) OVER (PARTITION BY as_of ORDER BY monetary, customer_id) AS m_score
  FROM sales JOIN money USING (as_of, customer_id)
)
SELECT
  *,
  CASE
    WHEN r_score >= 4 AND f_score >= 4 THEN 'champions'
    WHEN r_score >= 2 AND f_score >= 3 THEN 'loyal'
    WHEN r_score >= 3 AND f_score >= 2 THEN 'potential_loyalist'
    WHEN r_score >= 4 THEN 'new'
    WHEN r_score = 3 THEN 'promising'
    WHEN f_score >= 3 THEN 'at_risk'
    WHEN r_score = 2 THEN 'hibernating'
    ELSE 'lost'
  END AS segment
FROM scored
