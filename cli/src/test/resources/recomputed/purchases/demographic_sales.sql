WITH everything AS (
  SELECT as_of, sum(purchase) AS all_sales FROM purchases GROUP BY as_of
)
SELECT
  as_of,
  attribute,
  value,
  count(*) AS purchases,
  count(DISTINCT user_id) AS customers,
  sum(purchase) AS total,
  mean_to_6(sum(purchase), count(*)) AS mean,
  share(sum(purchase), all_sales) AS share
FROM attributes(['gender', 'age', 'occupation', 'city_category', 'stay_in_current_city_years', 'marital_status'])
  JOIN everything USING (as_of)
GROUP BY as_of, attribute, value, all_sales
