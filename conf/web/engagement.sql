-- Active users as of a date. Where sketches of two precisions meet, their union has the lower.
WITH days AS (
  SELECT day, precision, sketch
  FROM {visitor_sketches}
  WHERE grain = 'day' AND dimension = 'total'
),
active AS (
  SELECT
    hll_sketch_estimate(hll_union_agg(sketch, true) FILTER (WHERE day = :date)) AS dau,
    hll_sketch_estimate(hll_union_agg(sketch, true) FILTER (WHERE day > date_sub(:date, 7))) AS wau,
    hll_sketch_estimate(hll_union_agg(sketch, true)) AS mau,
    min(precision) AS precision
  FROM days
)
SELECT
  dau,
  wau,
  mau,
  try_divide(dau, mau) AS stickiness,
  try_divide(dau, wau) AS weekly_stickiness,
  precision
FROM active
