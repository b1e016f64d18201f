#!/usr/bin/env bash
# Installs MLflow's tracking server, which a training may tell, in .runtime/mlflow. It comes with scikit-learn, whose
# learners ours are compared with.
# provide.sh: installs it; provide.sh serve [PORT]: installs it and runs it here, its data in .runtime/mlflow-data.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
cd "$ASSAY_HOME"

mlflow_venv() {
  rm -rf "${RUNTIME:?}/mlflow"
  python3.11 -m venv "$RUNTIME/mlflow"
  "$RUNTIME/mlflow/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r infra/mlflow/requirements.lock
}

step mlflow "MLflow 3.17.2 (some 90 packages the first time)" mlflow_venv infra/mlflow/requirements.lock
if [ "${1:-}" = serve ]; then
  mkdir -p "$RUNTIME/mlflow-data"
  exec "$RUNTIME/mlflow/bin/mlflow" server --host 127.0.0.1 --port "${2:-5000}" \
    --backend-store-uri "sqlite:///$RUNTIME/mlflow-data/mlflow.db" --artifacts-destination "$RUNTIME/mlflow-data/artifacts"
fi
