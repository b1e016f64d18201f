-- A product's rank is one more than the products that come before it.
WITH everyone AS (
  SELECT as_of, count(DISTINCT user_id) AS all_customers FROM purchases GROUP BY as_of
),
products AS (
  SELECT
    as_of,
    product_id,
    count(*) AS purchases,
    count(DISTINCT user_id) AS customers,
    sum(purchase) AS total,
    mean_to_6(sum(purchase), count(*)) AS mean
  FROM purchases
  GROUP BY as_of, product_id
)
SELECT
  this.*,
  share(this.customers, all_customers) AS reach,
  (
    SELECT 1 + count(*) FROM products AS other
    WHERE other.as_of = this.as_of
      AND (other.purchases > this.purchases
        OR other.purchases = this.purchases AND other.product_id < this.product_id)
  ) AS rank
FROM products AS this JOIN everyone USING (as_of)
