SELECT as_of, variable, scale, value, count(*) AS purchases
FROM numbers()
GROUP BY ALL
