-- New users whose first days are over, and whose days after these are not: what of them may say what they will bring.
WITH known AS (
  SELECT *, min(day) OVER (PARTITION BY user_id) AS first_day
  FROM {daily_users}
),
days AS (
  SELECT *, datediff(day, first_day) AS age
  FROM known
  WHERE first_day >= date_add((SELECT min(day) FROM {daily_users}), :unseen_days)
    AND date_add(first_day, :later_days - 1) <= :date
    AND date_add(first_day, :later_days + :target_days - 1) > :date
)
SELECT
  user_id,
  first_day,
  count_if(age < :early_days) AS active_days_early,
  sum(sessions) FILTER (WHERE age < :early_days) AS sessions_early,
  sum(page_views) FILTER (WHERE age < :early_days) AS page_views_early,
  sum(purchases) FILTER (WHERE age < :early_days) AS purchases_early,
  CAST(sum(revenue) FILTER (WHERE age < :early_days) AS DOUBLE) AS revenue_early,
  count_if(age < :later_days) AS active_days_later,
  sum(sessions) FILTER (WHERE age < :later_days) AS sessions_later,
  sum(page_views) FILTER (WHERE age < :later_days) AS page_views_later,
  sum(purchases) FILTER (WHERE age < :later_days) AS purchases_later,
  CAST(sum(revenue) FILTER (WHERE age < :later_days) AS DOUBLE) AS revenue_later,
  max(age) FILTER (WHERE age < :later_days) AS last_seen_later,
  CAST(size(array_distinct(flatten(collect_list(features) FILTER (WHERE age < :later_days)))) AS BIGINT) AS features_later,
  CAST(bool_or(on_mobile) FILTER (WHERE age < :later_days) AS INT) AS on_mobile
FROM days
GROUP BY user_id, first_day
