"""Waits for what tables are made from."""

from __future__ import annotations

import json
from typing import Any

from airflow.sdk import BaseSensorOperator

from assay_dags import tool


class InputSensor(BaseSensorOperator):
    """Waits until nothing of some tables waits for its inputs on a date."""

    template_fields = ("business_date",)

    def __init__(self, *, pipeline: str, tables: list[str], business_date: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pipeline = pipeline
        self.tables = tables
        self.business_date = business_date

    def poke(self, context: Any) -> bool:
        asked = ("--pipeline", self.pipeline, "--date", self.business_date, "--tables", ",".join(self.tables))
        planned = json.loads(tool.ask("plan", *asked, "--format", "json"))
        waiting = [line for line in planned if line["action"] == "wait"]
        for line in waiting:
            self.log.info("%s: %s", line["table"], line["why"])
        return not waiting
