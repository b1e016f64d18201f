-- Visitors of a day, new and returning by the history as of that day, which has all of them.
SELECT
  count(*) AS visitors,
  count_if(on_mobile) AS mobile,
  count_if(on_desktop) AS desktop,
  count_if(on_tablet) AS tablet,
  count_if(first_day = :date) AS new_visitors,
  count_if(first_day < :date) AS returning_visitors
FROM {daily_users} LEFT JOIN {visitor_history} USING (user_id)
