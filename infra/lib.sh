# Shared by the scripts of infra/: where things are, and steps that are done once.
# shellcheck shell=bash

ASSAY_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ASSAY_HOME
RUNTIME=$ASSAY_HOME/.runtime
LOGS=$RUNTIME/logs
# Where the wheel unpacks Spark; with SPARK_HOME set, spark-submit need not start Python to look for it.
export SPARK_HOME=$RUNTIME/spark/lib/python3.11/site-packages/pyspark
mkdir -p "$LOGS" "$RUNTIME/stamps"

die() {
  echo "error: $*" >&2
  exit 2
}

# step NAME WHAT FUNCTION [FILE...]: runs FUNCTION unless it was run for these files' content before.
step() {
  local name=$1 what=$2 function=$3 key started file files=()
  shift 3
  for file in "$@"; do
    if [ -f "$file" ]; then files+=("$file"); fi
  done
  [ "${#files[@]}" -gt 0 ] || die "$what: nothing tells whether it is up to date; is this a checkout made by git?"
  key=$(cat "${files[@]}" | sha256sum | cut -d' ' -f1)
  if [ "$(cat "$RUNTIME/stamps/$name" 2>/dev/null)" = "$key" ]; then
    return 0
  fi
  printf '%-58s' "$what ..."
  started=$SECONDS
  # What is half done must not look done, whatever comes after.
  rm -f "$RUNTIME/stamps/$name"
  # Not tested by 'if' directly: bash ignores -e inside what 'if' tests.
  set +e
  (set -euo pipefail; "$function") >"$LOGS/$name.log" 2>&1
  local status=$?
  set -e
  if [ "$status" -ne 0 ]; then
    echo "FAILED"
    tail -n 30 "$LOGS/$name.log" >&2
    die "$what failed; the whole log is ${LOGS#"$ASSAY_HOME"/}/$name.log"
  fi
  echo "$key" >"$RUNTIME/stamps/$name"
  echo "done in $((SECONDS - started)) s"
}
