-- A period after the other, and both.
SELECT as_of, period, count(*) AS contexts, sum(sample_count) AS total_samples FROM sketch_accuracy GROUP BY ALL
UNION ALL
SELECT as_of, 'all' AS period, count(*) AS contexts, sum(sample_count) AS total_samples FROM sketch_accuracy GROUP BY ALL
