"""Waits for a pipeline's feeds, and lands those that are tables of a database."""

from __future__ import annotations

import json
from typing import Any

from airflow.sdk import BaseOperator, BaseSensorOperator

from assay_dags import tool

ANSWERS = {0, 4, 7}


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
        day = ("--pipeline", self.pipeline, "--date", self.business_date)
        answer = json.loads(tool.ask("landed", *day, "--format", "json", answers=ANSWERS))
        self.log.info("%s on %s: %s", self.pipeline, self.business_date, answer["state"])
        return answer["state"] != "waiting"


class LandOperator(BaseOperator):
    """Lands a feed's table as it is now in its database; a day whose state is gone is skipped."""

    template_fields = ("business_date",)

    def __init__(self, *, pipeline: str, feed: str, business_date: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pipeline = pipeline
        self.feed = feed
        self.business_date = business_date

    def execute(self, context: Any) -> None:
        day = ("--pipeline", self.pipeline, "--feed", self.feed, "--date", self.business_date)
        self.log.info("%s", tool.ask("land", *day))
