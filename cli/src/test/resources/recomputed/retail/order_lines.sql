-- A line each, typed; of equal lines of a day's file one counts.
WITH lines AS (
  SELECT DISTINCT * EXCLUDE (row_id) FROM orders_raw
),
typed AS (
  SELECT
    landing_date,
    CAST(strptime(InvoiceDate, '%Y-%m-%d %H:%M:%S') AS DATE) AS day,
    InvoiceNo AS invoice_no,
    StockCode AS stock_code,
    nullif(Description, '') AS description,
    whole(Quantity) AS quantity,
    strptime(InvoiceDate, '%Y-%m-%d %H:%M:%S') AS invoiced_at,
    TRY_CAST(UnitPrice AS DECIMAL(12, 4)) AS unit_price,
    whole(replace(CustomerID, '.0', '')) AS customer_id,
    Country AS country,
    CASE substr(InvoiceNo, 1, 1) WHEN 'C' THEN 'cancellation' WHEN 'A' THEN 'adjustment' ELSE 'sale' END AS kind
  FROM lines
)
SELECT
  * EXCLUDE (landing_date),
  CAST(quantity AS DECIMAL(10, 0)) * unit_price AS amount,
  CASE
    WHEN unit_price = 0 AND quantity > 0 THEN ['free']
    WHEN unit_price = 0 AND quantity < 0 AND kind = 'sale' THEN ['stock_correction']
    ELSE []
  END AS flags
FROM typed
WHERE landing_date = day
  AND invoice_no <> '' AND stock_code <> '' AND quantity BETWEEN -1000000 AND 1000000 AND unit_price IS NOT NULL
  AND country <> ''
  AND (kind <> 'sale' OR quantity >= 0 OR unit_price = 0)
  AND length(coalesce(description, '')) <= 1000
