#!/usr/bin/env bash
# Everything that is tested. What cannot run fails and says what to install.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ASSAY_HOME"
if ! command -v initdb >/dev/null && ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; then
  die "PostgreSQL is missing, on which feeds from databases are tried; install Debian's postgresql (no service of" \
    "it need run), or put the folder of its initdb on PATH"
fi
infra/setup.sh
infra/lint.sh
infra/minio/provide.sh
infra/mlflow/provide.sh

# Side by side: either alone leaves a core waiting half of the time.
echo "Java: unit, property and MinIO tests (their output follows that of the DAG tests)"
java_log=$LOGS/java-tests.log
./mvnw -B -ntp -T 2 verify >"$java_log" 2>&1 &
java=$!
trap 'kill "$java" 2>/dev/null || true' EXIT

echo "Airflow: DAG tests"
set +e
(
  set -e
  # shellcheck source=infra/airflow/env.sh
  source infra/airflow/env.sh
  infra/airflow/prepare.sh
  exec python -m pytest dags/tests -m "not soak" --durations=10
)
airflow_ended=$?
set -e

echo "Java: unit, property and MinIO tests"
tail -n +1 --pid="$java" -f "$java_log"
java_ended=0
wait "$java" || java_ended=$?
trap - EXIT
if [ "$java_ended" -ne 0 ]; then
  # Maven names them far above its last words.
  echo "error: Java tests failed:" >&2
  grep -hE '^\[ERROR\] .*<<< (FAILURE|ERROR)!' "$java_log" >&2 || true
fi
if [ "$airflow_ended" -ne 0 ]; then
  echo "error: DAG tests failed, with $airflow_ended; their output is above that of the Java tests" >&2
  exit "$airflow_ended"
fi
exit "$java_ended"
