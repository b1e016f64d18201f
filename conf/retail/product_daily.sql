-- Trade in a product on a day, over sales and cancellations; rank 1 is the highest net.
WITH traded AS (
  SELECT
    stock_code,
    sum(CAST(quantity AS BIGINT)) AS units,
    CAST(sum(amount) AS DECIMAL(28, 4)) AS net,
    count(DISTINCT customer_id) AS buyers
  FROM {order_lines}
  WHERE day = :date AND kind IN ('sale', 'cancellation')
  GROUP BY stock_code
)
SELECT
  stock_code,
  units,
  net,
  buyers,
  row_number() OVER (ORDER BY net DESC, stock_code) AS rank
FROM traded
