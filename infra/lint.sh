#!/usr/bin/env bash
# Shell and Python linters. Java's are part of its build.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ASSAY_HOME"
infra/setup.sh dev
mapfile -t scripts < <(git ls-files -co --exclude-standard -- '*.sh' assay .ci/run)
"$RUNTIME/dev/bin/shellcheck" --external-sources "${scripts[@]}"
"$RUNTIME/dev/bin/ruff" check --quiet .
"$RUNTIME/dev/bin/ruff" format --check --quiet .
echo "shellcheck and ruff: nothing to say"
