-- An event costs the channel of the session that its user began last, on its day or the day before.
WITH costs AS (
  SELECT
    web_events.day,
    CASE WHEN touchpoints.day >= web_events.day - 1 THEN channel ELSE 'unattributed' END AS channel,
    sum(cost) AS cost
  FROM web_events ASOF LEFT JOIN touchpoints
    ON touchpoints.user_id = web_events.user_id AND started_at <= occurred_at
  GROUP BY ALL
),
sessions AS (
  SELECT day, channel, count(*) AS sessions, count(DISTINCT user_id) AS visitors FROM touchpoints GROUP BY ALL
),
credits AS (
  SELECT day, channel, conversions, revenue FROM channel_attribution WHERE model = 'last_non_direct'
),
channels AS (
  SELECT day, channel FROM costs
  UNION
  SELECT day, channel FROM sessions
  UNION
  SELECT day, channel FROM credits
),
figures AS (
  SELECT
    day,
    channel,
    coalesce(sessions, 0) AS sessions,
    coalesce(visitors, 0) AS visitors,
    coalesce(cost, 0) AS cost,
    coalesce(conversions, 0) AS conversions,
    coalesce(revenue, 0) AS revenue
  FROM channels
    LEFT JOIN costs USING (day, channel)
    LEFT JOIN sessions USING (day, channel)
    LEFT JOIN credits USING (day, channel)
)
SELECT
  *,
  share(cost, conversions) AS cpa,
  share(revenue, cost) AS roas,
  share(revenue - cost, cost) AS roi
FROM figures
