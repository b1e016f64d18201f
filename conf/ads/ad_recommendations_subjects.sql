-- Who clicked which ad in the window, and whoever saw one and clicked none: they get what most click.
SELECT DISTINCT
  user_id,
  CASE WHEN event_type IN ('click', 'conversion') THEN ad_id END AS ad_id
FROM {ad_events}
