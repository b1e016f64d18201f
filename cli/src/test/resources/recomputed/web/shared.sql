-- Events with the instant and the id in one text that sorts as they do.
CREATE MACRO moment(occurred_at, event_id) AS strftime(occurred_at, '%Y-%m-%d %H:%M:%S.%f ') || event_id;
