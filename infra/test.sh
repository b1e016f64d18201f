#!/usr/bin/env bash
# Everything that is tested. What cannot run fails and says what to install.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ASSAY_HOME"
infra/setup.sh
infra/lint.sh
infra/minio/provide.sh
echo "Java: unit, property and MinIO tests"
./mvnw -B -ntp verify
echo "Airflow: DAG tests"
(
  # shellcheck source=infra/airflow/env.sh
  source infra/airflow/env.sh
  infra/airflow/prepare.sh
  python -m pytest dags/tests -m "not soak"
)
