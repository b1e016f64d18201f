-- Sales, cancellations and adjustments each summed up by themselves.
WITH sales AS (
  SELECT day, country, count(DISTINCT invoice_no) AS orders, sum(quantity) AS units, sum(amount) AS gross
  FROM order_lines WHERE kind = 'sale' GROUP BY day, country
),
cancellations AS (
  SELECT day, country, sum(amount) AS cancelled FROM order_lines WHERE kind = 'cancellation' GROUP BY day, country
),
adjustments AS (
  SELECT day, country, sum(amount) AS adjusted FROM order_lines WHERE kind = 'adjustment' GROUP BY day, country
),
countries AS (
  SELECT day, country, count(*) AS lines, count(DISTINCT customer_id) AS customers FROM order_lines GROUP BY day, country
)
SELECT
  day,
  country,
  coalesce(orders, 0) AS orders,
  customers,
  lines,
  coalesce(units, 0) AS units,
  coalesce(gross, 0) AS gross,
  coalesce(cancelled, 0) AS cancelled,
  coalesce(adjusted, 0) AS adjusted,
  coalesce(gross, 0) + coalesce(cancelled, 0) + coalesce(adjusted, 0) AS net
FROM countries
  LEFT JOIN sales USING (day, country)
  LEFT JOIN cancellations USING (day, country)
  LEFT JOIN adjustments USING (day, country)
