-- A product's rank is one more than the products that come before it.
WITH products AS (
  SELECT day, stock_code, sum(quantity) AS units, sum(amount) AS net, count(DISTINCT customer_id) AS buyers
  FROM order_lines
  WHERE kind <> 'adjustment'
  GROUP BY day, stock_code
)
SELECT this.*, 1 + count(other.stock_code) AS rank
FROM products AS this LEFT JOIN products AS other
  ON this.day = other.day
  AND (other.net > this.net OR other.net = this.net AND other.stock_code < this.stock_code)
GROUP BY ALL
