-- Customers as they are on the business date, in the same figures as those that were learned from.
WITH cut_offs AS (
  SELECT :date AS cut_off
),
known AS (
  SELECT cut_off, customer_id, invoice_no, stock_code, day, kind, amount
  FROM {order_lines}
  JOIN cut_offs ON day BETWEEN date_sub(cut_off, :history_days - 1) AND cut_off
  WHERE customer_id IS NOT NULL
),
activity AS (
  SELECT
    cut_off,
    customer_id,
    datediff(cut_off, max(day) FILTER (WHERE kind = 'sale')) AS recency_days,
    datediff(cut_off, min(day) FILTER (WHERE kind = 'sale')) AS tenure_days,
    count(DISTINCT CASE WHEN kind = 'sale' THEN day END) AS days,
    count(DISTINCT CASE WHEN kind = 'sale' THEN invoice_no END) AS orders,
    count(DISTINCT CASE WHEN kind = 'sale' THEN stock_code END) AS products,
    CAST(sum(amount) AS DOUBLE) AS net
  FROM known
  GROUP BY cut_off, customer_id
)
SELECT
  customer_id,
  CAST(recency_days AS DOUBLE) AS recency,
  ln(1 + recency_days) AS log_recency,
  CAST(tenure_days AS DOUBLE) AS tenure,
  ln(orders) AS log_orders,
  ln(products) AS log_products,
  signum(net) * ln(1 + abs(net)) AS log_net,
  CASE
    WHEN days > 1 THEN (tenure_days - recency_days) / (days - 1)
    ELSE CAST(:history_days AS DOUBLE)
  END AS mean_gap
FROM activity
WHERE orders > 0
