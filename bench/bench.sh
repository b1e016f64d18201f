#!/usr/bin/env bash
# The benchmarks: ratios, each measured in one interleaved run. They decide nothing; they show.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../infra/lib.sh"
cd "$ASSAY_HOME"
infra/setup.sh
python3 bench/stage_start.py
python3 bench/planning.py
python3 bench/one_jvm.py
for large in AuditInThePass MonthOfSketches RawToGold; do
  "$SPARK_HOME/bin/spark-submit" --master 'local[2]' --properties-file .runtime/conf/large.properties \
    --class "dev.assay.bench.$large" bench/target/bench-*-all.jar
done
# Learning has a budget of memory too.
infra/mlflow/provide.sh
"$SPARK_HOME/bin/spark-submit" --master 'local[2]' --driver-memory 3g --properties-file .runtime/conf/large.properties \
  --class dev.assay.bench.PurchaseValue bench/target/bench-*-all.jar
for small in Backfill LongHistory; do
  "$SPARK_HOME/bin/spark-submit" --master 'local[2]' --properties-file .runtime/conf/small.properties \
    --class "dev.assay.bench.$small" bench/target/bench-*-all.jar
done
