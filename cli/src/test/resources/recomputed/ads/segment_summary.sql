SELECT as_of, segment, count(*) AS users, sum(total_events) AS events, sum(revenue) AS revenue
FROM user_behaviour
GROUP BY as_of, segment
