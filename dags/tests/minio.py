"""A MinIO of a test's own: a container or a process, as infra/minio/provide.sh found."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOUND = Path(__file__).resolve().parents[2] / ".runtime" / "minio.env"
BUCKET = "lake"


@contextmanager
def server(data: Path, user: str, secret: str) -> Iterator[str]:
    """The address of a server that keeps its objects below `data`, with a bucket."""
    # MinIO takes a folder that is there for a bucket.
    (data / BUCKET).mkdir(parents=True)
    environment = {**os.environ, "MINIO_ROOT_USER": user, "MINIO_ROOT_PASSWORD": secret}
    address = f"127.0.0.1:{free_port()}"
    command = server_command(data, address)
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        await_ready(f"http://{address}", process)
        yield f"http://{address}"
    finally:
        # docker run hands the signal on to the server.
        process.terminate()
        process.wait(timeout=60)


def server_command(data: Path, address: str) -> list[str]:
    found = dict(line.split("=", 1) for line in FOUND.read_text().splitlines())
    if binary := found.get("ASSAY_TEST_MINIO_BINARY"):
        return [binary, "server", "--quiet", "--address", address, str(data)]
    # The variables by name alone: their values would be on a command line.
    run = ["docker", "run", "--rm", "--network", "host", "--user", f"{os.getuid()}:{os.getgid()}"]
    run += ["--env", "MINIO_ROOT_USER", "--env", "MINIO_ROOT_PASSWORD", "--volume", f"{data}:/data"]
    return [*run, found["ASSAY_TEST_MINIO_IMAGE"], "server", "--quiet", "--address", address, "/data"]


def await_ready(endpoint: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{endpoint}/minio/health/ready") as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            # Not yet, or never: until it ends, or it is worth asking again.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
    raise RuntimeError(f"MinIO did not start; {' '.join(map(str, process.args))}")


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]
