-- Which products a customer bought: a rating by on how many days. Of customers who bought on several days the last is set
-- apart: what they bought on it for the first time is held back, and what they bought again on it says nothing. Postage,
-- fees and the like have codes that do not begin with five digits, and are nothing to recommend.
WITH bought AS (
  SELECT DISTINCT customer_id, stock_code, day
  FROM {order_lines}
  WHERE kind = 'sale' AND customer_id IS NOT NULL AND quantity > 0 AND stock_code RLIKE '^[0-9]{5}'
),
ordered AS (
  SELECT
    customer_id,
    stock_code,
    day = max(day) OVER customers AND day > min(day) OVER customers AS is_last
  FROM bought
  WINDOW customers AS (PARTITION BY customer_id)
)
SELECT
  customer_id,
  stock_code,
  ln(1 + greatest(1, count_if(NOT is_last))) AS rating,
  count_if(NOT is_last) = 0 AS held_out
FROM ordered
GROUP BY customer_id, stock_code
