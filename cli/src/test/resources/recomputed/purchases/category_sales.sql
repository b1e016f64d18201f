-- A category's rank is one more than the categories that come before it.
WITH everything AS (
  SELECT as_of, sum(purchase) AS all_sales FROM purchases GROUP BY as_of
),
categories AS (
  SELECT
    as_of,
    product_category_1,
    count(*) AS purchases,
    count(DISTINCT user_id) AS customers,
    count(DISTINCT product_id) AS products,
    sum(purchase) AS total,
    mean_to_6(sum(purchase), count(*)) AS mean
  FROM purchases
  GROUP BY as_of, product_category_1
)
SELECT
  this.*,
  share(this.total, all_sales) AS share,
  (
    SELECT 1 + count(*) FROM categories AS other
    WHERE other.as_of = this.as_of
      AND (other.total > this.total
        OR other.total = this.total AND other.product_category_1 < this.product_category_1)
  ) AS rank
FROM categories AS this JOIN everything USING (as_of)
