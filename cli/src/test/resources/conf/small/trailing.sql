SELECT sum(amount) AS amount, sum(CASE WHEN day = :date THEN amount END) AS last_day FROM {daily}
