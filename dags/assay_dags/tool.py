"""Asks the tool, ./assay; an error of it becomes Airflow's."""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from assay_dags.description import home

DONE = 0
USAGE = 2
REFUSED = 3
NO_DATA = 7


def ask(command: str, *options: str, answers: Collection[int] = (DONE,), seconds: float | None = None) -> str:
    """What a command of the tool says; `answers` are the exit codes that are one, `seconds` the most it may take."""
    asked = subprocess.run(
        [home() / "assay", command, *options], capture_output=True, text=True, check=False, timeout=seconds
    )
    if asked.returncode in (USAGE, REFUSED):
        raise AirflowFailException(asked.stderr.strip())
    if asked.returncode not in answers:
        if asked.returncode == NO_DATA:
            raise AirflowSkipException(asked.stderr.strip())
        raise AirflowException(f"assay {command} ended with {asked.returncode}: {asked.stderr.strip()}")
    return asked.stdout


class ToolOperator(BaseOperator):
    """Runs a command of the tool for a pipeline, and logs what it says."""

    def __init__(self, *, command: str, pipeline: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.command = command
        self.pipeline = pipeline

    def execute(self, context: Any) -> None:
        self.log.info("%s", ask(self.command, "--pipeline", self.pipeline))
