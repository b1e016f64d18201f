-- Features that were used in the window: by whom in its last :days days, and by whom in these for the first time.
WITH used AS (
  SELECT user_id, day, explode(features) AS feature
  FROM {daily_users}
),
users AS (
  SELECT feature, user_id, min(day) AS first_day, max(day) AS last_day
  FROM used
  GROUP BY feature, user_id
),
features AS (
  SELECT
    feature,
    count_if(last_day > date_sub(:date, :days)) AS users,
    count_if(first_day > date_sub(:date, :days)) AS first_uses
  FROM users
  GROUP BY feature
),
active AS (
  SELECT count(DISTINCT user_id) AS active_users
  FROM {daily_users}
  WHERE day > date_sub(:date, :days)
)
SELECT feature, users, active_users, try_divide(users, active_users) AS adoption, first_uses
FROM features CROSS JOIN active
