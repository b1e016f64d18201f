#!/usr/bin/env bash
# What takes longer than a test may: every real day on a folder and on MinIO, kills at random moments, a race of two
# hundred commits, a month by Airflow's backfill. About an hour and a half.
set -euo pipefail
# shellcheck source=infra/airflow/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/../airflow/env.sh"
cd "$ASSAY_HOME"
infra/setup.sh
infra/minio/provide.sh
./mvnw -B -ntp verify -Dexcluded.tests= -Dgroups=soak -Dtest.timeout=3h -Dsurefire.failIfNoSpecifiedTests=false
echo "December 2010 by range, by day, and by Airflow's backfill"
python infra/soak/december.py
