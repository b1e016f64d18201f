-- Channels of a day. An event's cost is that of the session it lies in, which may have begun the day before.
WITH in_sessions AS (
  SELECT
    events.day,
    cost,
    last_value(channel, true) OVER (
      PARTITION BY events.user_id ORDER BY occurred_at, event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS channel
  FROM {web_events} AS events LEFT JOIN {touchpoints} AS begun
    ON begun.session_id = events.event_id AND begun.day = events.day
),
costs AS (
  SELECT coalesce(channel, 'unattributed') AS channel, sum(cost) AS cost
  FROM in_sessions
  WHERE day = :date
  GROUP BY coalesce(channel, 'unattributed')
),
sessions AS (
  SELECT channel, count(*) AS sessions, count(DISTINCT user_id) AS visitors
  FROM {touchpoints}
  WHERE day = :date
  GROUP BY channel
),
credits AS (
  SELECT channel, conversions, revenue
  FROM {channel_attribution}
  WHERE day = :date AND model = :model
),
channels AS (
  SELECT
    channel,
    coalesce(sessions, 0) AS sessions,
    coalesce(visitors, 0) AS visitors,
    CAST(coalesce(cost, 0) AS DECIMAL(28, 4)) AS cost,
    CAST(coalesce(conversions, 0) AS DECIMAL(18, 6)) AS conversions,
    CAST(coalesce(revenue, 0) AS DECIMAL(28, 4)) AS revenue
  FROM costs FULL JOIN sessions USING (channel) FULL JOIN credits USING (channel)
)
SELECT
  channel,
  sessions,
  visitors,
  cost,
  conversions,
  revenue,
  try_divide(CAST(cost AS DOUBLE), CAST(conversions AS DOUBLE)) AS cpa,
  try_divide(CAST(revenue AS DOUBLE), CAST(cost AS DOUBLE)) AS roas,
  try_divide(CAST(revenue - cost AS DOUBLE), CAST(cost AS DOUBLE)) AS roi
FROM channels
