-- Sales of a country on a day. A sum over no rows counts as 0: money that did not flow.
SELECT
  country,
  count(DISTINCT CASE WHEN kind = 'sale' THEN invoice_no END) AS orders,
  count(DISTINCT customer_id) AS customers,
  count(*) AS lines,
  coalesce(sum(CAST(quantity AS BIGINT)) FILTER (WHERE kind = 'sale'), 0) AS units,
  CAST(coalesce(sum(amount) FILTER (WHERE kind = 'sale'), 0) AS DECIMAL(28, 4)) AS gross,
  CAST(coalesce(sum(amount) FILTER (WHERE kind = 'cancellation'), 0) AS DECIMAL(28, 4)) AS cancelled,
  CAST(coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS DECIMAL(28, 4)) AS adjusted,
  CAST(sum(amount) AS DECIMAL(28, 4)) AS net
FROM {order_lines}
WHERE day = :date
GROUP BY country
