#!/usr/bin/env bash
# Every real day, through all four stages, by one command: on a folder, and on MinIO if ASSAY_LAKE says so.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
cd "$ASSAY_HOME"
DATA=$ASSAY_HOME/../shared/data/online-retail
[ -d "$DATA" ] || die "the real days are not beside the checkout"
ASSAY_LAKE=${ASSAY_LAKE:-$(mktemp -d)}
export ASSAY_LAKE
ASSAY_LANDING=$(mktemp -d)
export ASSAY_LANDING
mkdir -p "$ASSAY_LANDING/retail"
ln -s "$DATA" "$ASSAY_LANDING/retail/orders"
# Many days are worth the time that the optimizing compiler takes.
export ASSAY_JVM_OPTS="-XX:TieredStopAtLevel=4 -Xmx6g"
time ./assay run --pipeline retail --from 2010-12-01 --to 2011-05-31 "$@" >"$LOGS/all-days.log"
got=$(./assay query --format csv "
  SELECT (SELECT count(*) FROM retail.orders_raw) AS received, count(*) AS lines,
    CAST(sum(CASE WHEN kind = 'sale' THEN amount END) AS DECIMAL(20, 3)) AS sales,
    CAST(sum(CASE WHEN kind = 'cancellation' THEN amount END) AS DECIMAL(20, 2)) AS cancelled,
    count_if(customer_id IS NULL) AS unknown, count(DISTINCT country) AS countries,
    (SELECT CAST(sum(net) AS DECIMAL(20, 3)) FROM retail.daily_sales) - CAST(sum(amount) AS DECIMAL(20, 3)) AS off
  FROM retail.order_lines" "$@" | tail -n 1)
echo "all days: $got"
[ "$got" = "209029,207282,4056290.261,-357615.76,59955,36,0.000" ] || die "the figures are not those of the data"
