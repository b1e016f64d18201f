#!/usr/bin/env bash
# Sets a machine up: Spark and Airflow in folders of their own, the JARs built, the class archive made.
# Everything goes to .runtime/; a second call does only what changed.
# setup.sh: all of it; setup.sh build: without Airflow; setup.sh dev: the linters alone.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ASSAY_HOME"

require() {
  local java
  java=$(java -version 2>&1 | head -n 1) || die "no Java; install a JDK 17 (Debian: openjdk-17-jdk-headless)"
  [[ $java == *'"17.'* ]] || die "Java is $java; install a JDK 17 and put it first on PATH"
  command -v javac >/dev/null || die "a JRE is not enough; install a JDK 17"
  PYTHON=$(command -v python3.11 || command -v python3) || die "no Python; install Python 3.11"
  "$PYTHON" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    die "$PYTHON is $("$PYTHON" --version); install Python 3.11"
  "$PYTHON" -c 'import venv, ensurepip' || die "Python lacks venv; install it (Debian: python3.11-venv)"
}

venv() { # FOLDER LOCK
  rm -rf "${RUNTIME:?}/$1"
  "$PYTHON" -m venv "$RUNTIME/$1"
  "$RUNTIME/$1/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$2"
}
spark_venv() { venv spark infra/spark-runtime/requirements.lock; }
airflow_venv() { venv airflow infra/airflow/requirements.lock; }
dev_venv() { venv dev infra/dev/requirements.lock; }

build() {
  ./mvnw -B -ntp -T 2 -DskipTests package
}

install_jars() {
  local module named=()
  for module in jobs-bronze jobs-silver jobs-gold jobs-ml cli; do
    named+=("$(compgen -G "$module/target/$module-*-all.jar")=$module.jar")
  done
  "$PYTHON" infra/spark-runtime/install.py "$RUNTIME/jars" infra/spark-runtime/target/jars/*.jar
  "$PYTHON" infra/spark-runtime/install.py "$RUNTIME/assay" "${named[@]}"
  "$PYTHON" infra/spark-runtime/no_duplicates.py "$RUNTIME"
}

compose() {
  java -cp "$RUNTIME/assay/cli.jar:$RUNTIME/jars/*:$SPARK_HOME/jars/*" \
    dev.assay.cli.Assay describe --format json >"$RUNTIME/describe.json"
  "$PYTHON" infra/spark-runtime/compose.py "$RUNTIME"
}

# Two days through all four stages, so that the archive holds what a stage loads: a model is trained on the first of
# them and loaded on the second.
archive() {
  local archive=$RUNTIME/cds/runtime.jsa work=$RUNTIME/training
  rm -rf "$archive" "$work"
  mkdir -p "$RUNTIME/cds" "$work/landing/retail/orders"
  cp infra/demo/data/retail/orders/2010-12-0[12].csv "$work/landing/retail/orders/"
  sed 's|-XX:SharedArchiveFile=\S* -Xshare:auto|-XX:ArchiveClassesAtExit='"$archive"'|' \
    "$RUNTIME/conf/small.properties" >"$work/train.properties"
  env -u ASSAY_ENVIRONMENT ASSAY_LAKE="$work" ASSAY_LANDING="$work/landing" "$SPARK_HOME/bin/spark-submit" --master 'local[2]' --properties-file "$work/train.properties" \
    --class dev.assay.cli.Assay "$RUNTIME/assay/cli.jar" run --pipeline retail --from 2010-12-01 --to 2010-12-02
  # A JVM that cannot use an archive says nothing and starts slowly, so ask.
  ASSAY_JVM_OPTS=-Xlog:class+load:file=$work/loaded.txt ./assay --version
  grep -q 'shared objects file (top)' "$work/loaded.txt" || die "the class archive was made but is not used"
  rm -rf "$work"
}

sources() { git ls-files -co --exclude-standard -- '*.java' '*pom.xml' '*/src/main/resources/*' .mvn; }

require
if [ "${1:-}" = dev ]; then
  step dev "Linters" dev_venv infra/dev/requirements.lock
  exit
fi
mapfile -t sources < <(sources)
step spark "Spark 4.1.0 (a download of 430 MB the first time)" spark_venv infra/spark-runtime/requirements.lock
if [ "${1:-}" != build ]; then
  step airflow "Airflow 3.3.2 (some 150 packages the first time)" airflow_venv infra/airflow/requirements.lock
fi
step build "Building Assay" build "${sources[@]}"
step jars "Putting the jars in place" install_jars "${sources[@]}" "$RUNTIME/stamps/spark" infra/spark-runtime/*.py
step conf "Composing the runtime's options" compose "${sources[@]}" conf/*.conf conf/environments/*.conf \
  "$RUNTIME/stamps/spark" infra/spark-runtime/compose.py
# A JVM takes a jar for another one if its size or time changed.
(stat -c '%n %s %.Y' "$RUNTIME"/jars/*.jar "$SPARK_HOME"/jars/*.jar && java -version 2>&1 &&
  cat "$RUNTIME/conf/small.properties") >"$RUNTIME/runtime.sums"
step cds "Making the class archive" archive "$RUNTIME/runtime.sums"
