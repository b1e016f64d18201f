#!/usr/bin/env bash
# Provides MinIO for tests: as an image where a container engine answers, else as a binary built by Go.
# Writes .runtime/minio.env with what was found.
set -euo pipefail
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
cd "$ASSAY_HOME"

RELEASE=RELEASE.2025-09-07T16-13-09Z
PULLED=quay.io/minio/minio:$RELEASE
BUILT=assay/minio:$RELEASE
MODULE=github.com/minio/minio@v0.0.0-20250907161309-07c3a429bfed

binary() {
  mkdir -p "$RUNTIME/bin"
  CGO_ENABLED=0 GOBIN=$RUNTIME/bin go install "$MODULE"
}

image() {
  local context
  context=$(mktemp -d)
  mkdir "$context/tmp"
  cp "$RUNTIME/bin/minio" infra/minio/Dockerfile "$context/"
  # Tested by its caller, so that bash would go on after an error.
  DOCKER_BUILDKIT=0 docker build --quiet --tag "$BUILT" "$context" || return 1
  rm -rf "$context"
}

need_binary() {
  if [ ! -x "$RUNTIME/bin/minio" ]; then
    command -v go >/dev/null ||
      die "MinIO can neither be pulled nor built; install a container engine (Docker) or Go 1.24 or newer"
    rm -f "$RUNTIME/stamps/minio"
    step minio "Building MinIO from source (two minutes the first time)" binary infra/minio/provide.sh
  fi
}

if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
  if docker image inspect "$PULLED" >/dev/null 2>&1 || timeout 60 docker pull --quiet "$PULLED" >/dev/null 2>&1; then
    echo "ASSAY_TEST_MINIO_IMAGE=$PULLED" >"$RUNTIME/minio.env"
  else
    need_binary
    docker image inspect "$BUILT" >/dev/null 2>&1 || image >"$LOGS/minio-image.log" 2>&1 || {
      cat "$LOGS/minio-image.log" >&2
      die "the MinIO image could not be built; the whole log is .runtime/logs/minio-image.log"
    }
    echo "ASSAY_TEST_MINIO_IMAGE=$BUILT" >"$RUNTIME/minio.env"
  fi
  echo "MinIO: a container of $(cut -d= -f2 "$RUNTIME/minio.env")"
else
  need_binary
  echo "ASSAY_TEST_MINIO_BINARY=$RUNTIME/bin/minio" >"$RUNTIME/minio.env"
  echo "MinIO: a process, as no container engine answers"
fi
