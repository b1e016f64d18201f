"""What the ledger knows of a business date: the truth about what is published, whoever published it."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from airflow.sdk.exceptions import AirflowException, AirflowFailException

from assay_dags.description import home

USAGE = 2
# Many times what an answer takes. A task that failed has no heartbeat while it asks, and Airflow waits 300 s for one.
SECONDS = 60


def status(pipeline: str, day: str) -> dict[str, dict[str, Any]]:
    """Each table's line of `assay status`, by the table's name without the pipeline."""
    asked = subprocess.run(
        [home() / "assay", "status", "--pipeline", pipeline, "--date", day, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if asked.returncode == USAGE:
        raise AirflowFailException(asked.stderr.strip())
    if asked.returncode != 0:
        raise AirflowException(f"assay status ended with {asked.returncode}: {asked.stderr.strip()}")
    return {line["table"]: line for line in json.loads(asked.stdout)}
