-- What customers were worth; what they are expected to be takes a model.
WITH lines AS (
  SELECT business_days.day AS as_of, order_lines.*
  FROM business_days JOIN order_lines
    ON order_lines.day BETWEEN business_days.day - days_read('customer_value') + 1 AND business_days.day
  WHERE customer_id IS NOT NULL
),
-- A day of gifts alone is no purchase.
purchases AS (
  SELECT as_of, customer_id, min(day) AS first_purchase
  FROM (
    SELECT as_of, customer_id, day FROM lines WHERE kind = 'sale'
    GROUP BY as_of, customer_id, day HAVING sum(amount) > 0
  )
  GROUP BY as_of, customer_id
),
sales AS (
  SELECT
    as_of,
    customer_id,
    count(DISTINCT invoice_no) AS orders,
    mean_to_4(sum(amount), count(DISTINCT invoice_no)) AS average_order
  FROM lines
  WHERE kind = 'sale'
  GROUP BY as_of, customer_id
),
money AS (
  SELECT as_of, customer_id, sum(amount) AS historic_value FROM lines GROUP BY as_of, customer_id
)
SELECT
  *,
  as_of - first_purchase AS tenure_days,
  share(orders, (as_of - first_purchase) / 30.4375) AS orders_a_month
FROM purchases JOIN sales USING (as_of, customer_id) JOIN money USING (as_of, customer_id)
