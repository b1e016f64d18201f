-- date_diff counts the beginnings of months that lie between. A cancellation before the first sale's month counts nowhere.
WITH lines AS (
  SELECT business_days.day AS as_of, order_lines.*
  FROM business_days JOIN order_lines
    ON order_lines.day BETWEEN business_days.day - days_read('cohort_retention') + 1 AND business_days.day
  WHERE customer_id IS NOT NULL
),
firsts AS (
  SELECT as_of, customer_id, date_trunc('month', min(day)) AS cohort
  FROM lines
  WHERE kind = 'sale'
  GROUP BY as_of, customer_id
),
periods AS (
  SELECT as_of, cohort, count(*) AS cohort_customers, unnest(range(0, date_diff('month', cohort, as_of) + 1)) AS months_since
  FROM firsts
  GROUP BY as_of, cohort
),
months AS (
  SELECT
    as_of,
    cohort,
    date_diff('month', cohort, day) AS months_since,
    count(DISTINCT customer_id) FILTER (kind = 'sale') AS customers,
    sum(amount) AS net
  FROM lines JOIN firsts USING (as_of, customer_id)
  GROUP BY ALL
)
SELECT
  as_of,
  CAST(cohort AS DATE) AS cohort,
  months_since,
  cohort_customers,
  coalesce(customers, 0) AS customers,
  share(coalesce(customers, 0), cohort_customers) AS retained,
  coalesce(net, 0) AS net
FROM periods LEFT JOIN months USING (as_of, cohort, months_since)
