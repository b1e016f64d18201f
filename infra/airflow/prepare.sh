#!/usr/bin/env bash
# Makes Airflow's database and the pools: one slot a stage of a pipeline, so that it has one writer.
set -euo pipefail
# shellcheck source=infra/airflow/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
prepare() {
  airflow db migrate
  python - <<'PYTHON' >"$RUNTIME/pools.json"
import json
import os

with open(os.path.join(os.environ["ASSAY_HOME"], ".runtime", "describe.json")) as file:
    pipelines = json.load(file)["pipelines"]
print(json.dumps({
    f"{pipeline['name']}_{stage['stage']}": {"slots": 1, "description": "one writer", "include_deferred": False}
    for pipeline in pipelines
    for stage in pipeline["stages"]
}))
PYTHON
  airflow pools import "$RUNTIME/pools.json"
}
[ -f "$AIRFLOW_HOME/airflow.db" ] || rm -f "$RUNTIME/stamps/airflow-home"
step airflow-home "Airflow's database and pools" prepare "$RUNTIME/describe.json" \
  "$ASSAY_HOME/infra/airflow/requirements.lock"
