WITH played AS (
  SELECT
    business_days.day AS as_of,
    plays.*,
    CASE
      WHEN strftime(played_at, '%H:%M:%S') < '05:00:00' THEN 'night'
      WHEN strftime(played_at, '%H:%M:%S') < '12:00:00' THEN 'morning'
      WHEN strftime(played_at, '%H:%M:%S') < '17:00:00' THEN 'afternoon'
      WHEN strftime(played_at, '%H:%M:%S') < '22:00:00' THEN 'evening'
      ELSE 'night'
    END AS time_of_day
  FROM business_days JOIN plays
    ON plays.day BETWEEN business_days.day - days_read('listener_profile') + 1 AND business_days.day
),
counted AS (
  SELECT
    as_of,
    customer_id,
    count(DISTINCT track_id) AS unique_tracks,
    count(*) FILTER (time_of_day = 'night') AS night,
    count(*) FILTER (time_of_day = 'morning') AS morning,
    count(*) FILTER (time_of_day = 'afternoon') AS afternoon,
    count(*) FILTER (time_of_day = 'evening') AS evening,
    count(*) FILTER (mobile) AS mobile,
    count(*) AS total,
    count(DISTINCT day) AS days
  FROM played
  GROUP BY as_of, customer_id
)
SELECT
  *,
  share(night, days) AS night_a_day,
  share(morning, days) AS morning_a_day,
  share(afternoon, days) AS afternoon_a_day,
  share(evening, days) AS evening_a_day,
  share(total, days) AS total_a_day
FROM counted
