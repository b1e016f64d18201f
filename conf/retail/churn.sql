-- Customers as they were on two days, and whether they bought nothing in the days after. What was learned from the first
-- is measured on the second; nothing of a day after the one that they are looked at on is in what they were. Somebody
-- who bought on one day alone has no gap between days, and has all of the history for one.
WITH cut_offs AS (
  SELECT date_sub(:date, 2 * :horizon_days) AS cut_off, false AS held_out
  UNION ALL
  SELECT date_sub(:date, :horizon_days) AS cut_off, true AS held_out
),
known AS (
  SELECT cut_off, held_out, customer_id, invoice_no, stock_code, day, kind, amount
  FROM {order_lines}
  JOIN cut_offs ON day BETWEEN date_sub(cut_off, :history_days - 1) AND cut_off
  WHERE customer_id IS NOT NULL
),
activity AS (
  SELECT
    cut_off,
    held_out,
    customer_id,
    datediff(cut_off, max(day) FILTER (WHERE kind = 'sale')) AS recency_days,
    datediff(cut_off, min(day) FILTER (WHERE kind = 'sale')) AS tenure_days,
    count(DISTINCT CASE WHEN kind = 'sale' THEN day END) AS days,
    count(DISTINCT CASE WHEN kind = 'sale' THEN invoice_no END) AS orders,
    count(DISTINCT CASE WHEN kind = 'sale' THEN stock_code END) AS products,
    CAST(sum(amount) AS DOUBLE) AS net
  FROM known
  GROUP BY cut_off, held_out, customer_id
),
returned AS (
  SELECT DISTINCT cut_off, customer_id
  FROM {order_lines}
  JOIN cut_offs ON day BETWEEN date_add(cut_off, 1) AND date_add(cut_off, :horizon_days)
  WHERE customer_id IS NOT NULL AND kind = 'sale'
)
SELECT
  a.held_out,
  a.customer_id,
  CAST(r.customer_id IS NULL AS INT) AS churned,
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
FROM activity a
LEFT JOIN returned r ON r.cut_off = a.cut_off AND r.customer_id = a.customer_id
WHERE orders > 0
