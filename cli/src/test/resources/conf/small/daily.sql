SELECT sum(amount) AS amount FROM {sales}
