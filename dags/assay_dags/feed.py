"""Waits for a pipeline's feeds."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from airflow.sdk import BaseSensorOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from assay_dags.description import home

ANSWERS = {0, 4, 7}
USAGE = 2


class FeedSensor(BaseSensorOperator):
    """Waits until every feed of a pipeline has landed for a date, or can no longer come.

    Whether a day without files is one without data or an error is for the bronze stage to say.
    """

    template_fields = ("business_date",)

    def __init__(self, *, pipeline: str, business_date: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pipeline = pipeline
        self.business_date = business_date

    def poke(self, context: Any) -> bool:
        asked = subprocess.run(
            [home() / "assay", "landed", "--pipeline", self.pipeline, "--date", self.business_date, "--format", "json"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode == USAGE:
            raise AirflowFailException(asked.stderr.strip())
        if asked.returncode not in ANSWERS:
            raise AirflowException(f"assay landed ended with {asked.returncode}: {asked.stderr.strip()}")
        answer = json.loads(asked.stdout)
        self.log.info("%s on %s: %s", self.pipeline, self.business_date, answer["state"])
        return answer["state"] != "waiting"
