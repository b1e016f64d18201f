"""What the ledger knows of a business date: the truth about what is published, whoever published it."""

from __future__ import annotations

import json
from typing import Any

from assay_dags import tool

# Many times what an answer takes. A task that failed has no heartbeat while it asks, and Airflow waits 300 s for one.
SECONDS = 60


def status(pipeline: str, day: str) -> dict[str, dict[str, Any]]:
    """Each table's line of `assay status`, by the table's name without the pipeline."""
    answer = tool.ask("status", "--pipeline", pipeline, "--date", day, "--format", "json", seconds=SECONDS)
    return {line["table"]: line for line in json.loads(answer)}
