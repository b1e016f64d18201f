#!/usr/bin/env bash
# Publishes two business days of real orders through Airflow on the embedded lake, and shows what came out.
set -euo pipefail
# shellcheck source=infra/airflow/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/../airflow/env.sh"
cd "$ASSAY_HOME"
infra/setup.sh
infra/airflow/prepare.sh

LANDING=${ASSAY_LANDING:-${ASSAY_LAKE:-$ASSAY_HOME/.lake}/landing}/retail/orders
mkdir -p "$LANDING"
cp infra/demo/data/retail/orders/*.csv "$LANDING/"
echo "A week of real orders landed (UCI Online Retail, CC BY 4.0: infra/demo/data/ATTRIBUTION.md)."

for day in 2010-12-01 2010-12-02; do
  started=$SECONDS
  printf '%-58s' "Airflow runs the retail DAG for $day ..."
  if ! airflow dags test retail "$day" >"$LOGS/demo-$day.log" 2>&1; then
    echo "FAILED"
    tail -n 30 "$LOGS/demo-$day.log" >&2
    die "the run of $day failed; the whole log is .runtime/logs/demo-$day.log"
  fi
  echo "done in $((SECONDS - started)) s"
done

show() { # TITLE COMMAND...
  echo
  echo "$1"
  shift
  "$@"
}
show "What was published:" ./assay status --pipeline retail
show "The first rows of the marts:" ./assay query --limit 5 "
  SELECT day, country, orders, customers, gross, cancelled, net FROM retail.daily_sales ORDER BY net DESC"
show "2010-12-01 in figures, its best products, and how customers were segmented:" ./assay query --limit 15 "
  (SELECT stack(3, 'order lines', CAST(count(*) AS STRING), 'invoices', CAST(count(DISTINCT invoice_no) AS STRING),
     'amount', concat(sum(amount), ' GBP')) AS (what, value)
   FROM retail.order_lines WHERE day = DATE'2010-12-01')
  UNION ALL
  (SELECT concat('product ', rank, ': ', stock_code), concat(net, ' GBP') FROM retail.product_daily
   WHERE day = DATE'2010-12-01' AND rank <= 5 ORDER BY rank)
  UNION ALL
  (SELECT concat('segment ', segment), concat(members, ' customers, mean ', round(monetary), ' GBP')
   FROM retail.customer_segments_profiles ORDER BY members DESC LIMIT 5)"
cat <<'NEXT'

What to try next:
  ./assay run --pipeline retail --from 2010-12-03 --to 2010-12-07     the rest of the week, in one JVM
  ./assay query "SELECT kind, count(*), sum(amount) FROM retail.order_lines GROUP BY kind"
  ./assay query "SELECT count(*) FROM retail.order_lines" --release 2  time travel
  ./assay doctor                                                       checks what a run stands on
  cat conf/retail.conf                                                 where its tables and checks are declared
NEXT
