#!/usr/bin/env bash
# What takes longer than a test may: every real day, kills at random moments, a race of two hundred commits.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
cd "$ASSAY_HOME"
infra/setup.sh
infra/minio/provide.sh
echo "Kills and races, on MinIO"
./mvnw -B -ntp verify -Dexcluded.tests= -Dgroups=soak -Dsurefire.failIfNoSpecifiedTests=false
echo "Every real day, on a folder"
infra/soak/all_days.sh
