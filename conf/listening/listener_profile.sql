-- All plays of a customer up to the business date, by the time of the day (hours of UTC).
WITH timed AS (
  SELECT customer_id, track_id, mobile, day, hour(played_at) AS hour
  FROM {plays}
),
profiles AS (
  SELECT
    customer_id,
    count(DISTINCT track_id) AS unique_tracks,
    count_if(hour < :morning OR hour >= :night) AS night,
    count_if(hour >= :morning AND hour < :afternoon) AS morning,
    count_if(hour >= :afternoon AND hour < :evening) AS afternoon,
    count_if(hour >= :evening AND hour < :night) AS evening,
    count_if(mobile) AS mobile,
    count(*) AS total,
    count(DISTINCT day) AS days
  FROM timed
  GROUP BY customer_id
)
SELECT
  *,
  night / days AS night_a_day,
  morning / days AS morning_a_day,
  afternoon / days AS afternoon_a_day,
  evening / days AS evening_a_day,
  total / days AS total_a_day
FROM profiles
