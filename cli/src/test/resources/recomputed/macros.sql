-- What a mart reads: so many days, the business date being the last.
CREATE MACRO days_read(name) AS (SELECT days FROM reads WHERE mart = name);

-- A share, null where there is nothing to share.
CREATE MACRO share(part, whole) AS CAST(part AS DOUBLE) / nullif(CAST(whole AS DOUBLE), 0);

-- The mean of n amounts of four places, to eight, halves up; by whole numbers, for DuckDB divides decimals as doubles.
CREATE MACRO mean_to_8(total, n) AS
  CAST((2 * CAST(total * 10000 AS HUGEINT) * 10000 + n) // (2 * n) / 1e8 AS DECIMAL(16, 8));

-- The mean of n amounts of four places, to as many, halves up.
CREATE MACRO mean_to_4(total, n) AS
  CAST((2 * CAST(total * 10000 AS HUGEINT) + n) // (2 * n) / 1e4 AS DECIMAL(28, 4));

-- The mean of n amounts of two places, to six, halves up.
CREATE MACRO mean_to_6(total, n) AS
  CAST((2 * CAST(total * 100 AS HUGEINT) * 10000 + n) // (2 * n) / 1e6 AS DECIMAL(16, 6));

-- A whole number; null where the text is none.
CREATE MACRO whole(text) AS CASE WHEN regexp_full_match(trim(text), '[+-]?[0-9]+') THEN TRY_CAST(text AS BIGINT) END;
