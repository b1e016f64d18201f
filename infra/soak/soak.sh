#!/usr/bin/env bash
# What takes longer than a test may: every real day on a folder and on MinIO, kills at random moments, races of six
# hundred commits and publications on a store that fails, two hundred random histories, a million rows of each feed
# against DuckDB and for models, a standalone cluster, a day by Airflow in a folder, a month by Airflow's backfill,
# and days that Airflow runs again. The better part of a day; the histories go on where they were stopped.
set -euo pipefail
# shellcheck source=infra/airflow/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/../airflow/env.sh"
cd "$ASSAY_HOME"
infra/setup.sh
infra/minio/provide.sh
./mvnw -B -ntp verify -Dexcluded.tests= -Dgroups=soak -Dtest.timeout=3h -Dsurefire.failIfNoSpecifiedTests=false
echo "A day by Airflow on a lake in a folder"
infra/airflow/prepare.sh
python -m pytest dags/tests -m soak
echo "December 2010 by range, by day, and by Airflow's backfill"
python infra/soak/december.py
echo "Days run again in every way that Airflow has"
python infra/soak/reruns.py
