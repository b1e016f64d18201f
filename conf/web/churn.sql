-- Visitors of the last days before a cut-off: what they did up to it, as churn_features has it, and whether they stayed
-- away for the whole horizon after it. Learned from at one cut-off, held back at a later one, so that nothing is learned
-- from days that it is measured on.
WITH cut_offs AS (
  SELECT date_sub(:date, 2 * :horizon_days) AS cut_off, false AS held_out
  UNION ALL
  SELECT date_sub(:date, :horizon_days) AS cut_off, true AS held_out
),
days AS (
  SELECT
    *,
    -- 0 for the cut-off itself, less than 0 after it.
    datediff(cut_off, day) AS age
  FROM {daily_users}
  JOIN cut_offs ON day BETWEEN date_sub(cut_off, 89) AND date_add(cut_off, :horizon_days)
)
SELECT
  user_id,
  held_out,
  CAST(NOT bool_or(age < 0) AS INT) AS churned,
  min(age) FILTER (WHERE age >= 0) AS recency_days,
  count_if(age BETWEEN 0 AND 6) AS active_days_7d,
  count_if(age BETWEEN 0 AND 29) AS active_days_30d,
  count_if(age >= 0) AS active_days_90d,
  coalesce(sum(sessions) FILTER (WHERE age BETWEEN 0 AND 6), 0) AS sessions_7d,
  coalesce(sum(sessions) FILTER (WHERE age BETWEEN 0 AND 29), 0) AS sessions_30d,
  sum(sessions) FILTER (WHERE age >= 0) AS sessions_90d,
  coalesce(sum(page_views) FILTER (WHERE age BETWEEN 0 AND 6), 0) AS page_views_7d,
  coalesce(sum(page_views) FILTER (WHERE age BETWEEN 0 AND 29), 0) AS page_views_30d,
  sum(page_views) FILTER (WHERE age >= 0) AS page_views_90d,
  coalesce(sum(purchases) FILTER (WHERE age BETWEEN 0 AND 6), 0) AS purchases_7d,
  coalesce(sum(purchases) FILTER (WHERE age BETWEEN 0 AND 29), 0) AS purchases_30d,
  sum(purchases) FILTER (WHERE age >= 0) AS purchases_90d,
  CAST(coalesce(sum(revenue) FILTER (WHERE age BETWEEN 0 AND 6), 0) AS DOUBLE) AS revenue_7d,
  CAST(coalesce(sum(revenue) FILTER (WHERE age BETWEEN 0 AND 29), 0) AS DOUBLE) AS revenue_30d,
  CAST(sum(revenue) FILTER (WHERE age >= 0) AS DOUBLE) AS revenue_90d,
  CAST(size(array_distinct(flatten(collect_list(features) FILTER (WHERE age >= 0)))) AS BIGINT) AS features_90d
FROM days
GROUP BY user_id, cut_off, held_out
HAVING count_if(age BETWEEN 0 AND :active_days - 1) > 0
