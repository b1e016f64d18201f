-- Once an id.
SELECT * EXCLUDE (row_id, hash)
FROM candidates LEFT JOIN hashes USING (row_id)
QUALIFY row_number() OVER (PARTITION BY day, play_id ORDER BY hash) = 1
