-- By month of a customer's first sale, what became of each month since: also of those without a sale.
WITH known AS (
  SELECT customer_id, CAST(trunc(day, 'MM') AS DATE) AS month, kind, amount
  FROM {order_lines}
  WHERE customer_id IS NOT NULL
),
firsts AS (
  SELECT customer_id, min(month) AS cohort
  FROM known
  WHERE kind = 'sale'
  GROUP BY customer_id
),
cohorts AS (
  SELECT cohort, count(*) AS cohort_customers
  FROM firsts
  GROUP BY cohort
),
months AS (
  SELECT
    cohort,
    cohort_customers,
    explode(sequence(cohort, CAST(trunc(:date, 'MM') AS DATE), INTERVAL 1 MONTH)) AS month
  FROM cohorts
),
trade AS (
  SELECT
    cohort,
    month,
    count(DISTINCT CASE WHEN kind = 'sale' THEN customer_id END) AS customers,
    sum(amount) AS net
  FROM known
  JOIN firsts USING (customer_id)
  -- A cancellation before is of a sale that nobody knows of.
  WHERE month >= cohort
  GROUP BY cohort, month
)
SELECT
  cohort,
  CAST(months_between(month, cohort) AS INT) AS months_since,
  cohort_customers,
  coalesce(customers, 0) AS customers,
  coalesce(customers, 0) / cohort_customers AS retained,
  CAST(coalesce(net, 0) AS DECIMAL(28, 4)) AS net
FROM months
LEFT JOIN trade USING (cohort, month)
