"""The DAG that looks at the deadlines of every pipeline's tables, and tells of those that were missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from airflow.sdk import DAG, BaseOperator, CronDataIntervalTimetable, Variable

from assay_dags import failures, ledger
from assay_dags.description import Deadline, Pipeline, describe_all
from assay_dags.notify import Event, tell

# Deadlines that passed while nobody looked are made up for, but nobody waits for last month's any more.
LOOK_BACK = timedelta(days=7)


def build() -> DAG:
    """The DAG; a task a pipeline that has deadlines."""
    with DAG(
        dag_id="deadlines",
        description="Tells which tables were not published by their deadlines.",
        doc_md=__doc__,
        # By the ledger and by the clock, not by the pipelines' runs: one that never began misses its deadline, too.
        schedule=CronDataIntervalTimetable("*/15 * * * *", timezone="UTC"),
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        # One look at a time, since each begins where the one before ended.
        max_active_runs=1,
        tags=["assay"],
        on_failure_callback=run_failed,
    ) as dag:
        for pipeline in describe_all():
            if pipeline.deadlines:
                _look(pipeline)
    return dag


def _look(pipeline: Pipeline) -> DeadlineOperator:
    return DeadlineOperator(
        task_id=pipeline.name,
        pipeline=pipeline,
        owner=pipeline.owner,
        retries=2,
        retry_delay=timedelta(minutes=1),
        execution_timeout=timedelta(minutes=10),
        on_failure_callback=look_failed(pipeline.name),
        doc_md=f"Tells which tables of {pipeline.name} were not published by their deadlines, each once.",
    )


class DeadlineOperator(BaseOperator):
    """Tells of the deadlines that passed since the last look, and whose tables then are not published.

    Each is told once because each look begins where the last one ended, which is noted in an Airflow variable before
    anything is told. The first look only notes when it was.
    """

    def __init__(self, *, pipeline: Pipeline, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pipeline = pipeline

    def execute(self, context: Any) -> None:
        now = datetime.now(UTC)
        missed = list(self._missed(looked_at(self.pipeline.name) or now, now))
        note_look(self.pipeline.name, now, failing=False)
        for event in missed:
            tell(event)

    def _missed(self, since: datetime, now: datetime) -> Iterator[Event]:
        known: dict[date, dict[str, dict[str, Any]]] = {}
        for deadline, day in passed(self.pipeline, since, now):
            if day not in known:
                known[day] = ledger.status(self.pipeline.name, day.isoformat())
            line = known[day].get(deadline.table)
            if line is None:
                # A weekly table, on another day than Sunday.
                continue
            self.log.info("%s on %s: %s", deadline.table, day, line["state"])
            # Readers have a stale table-day, too: a change of its SQL at seven does not miss a deadline at eight.
            if line["state"] != "no-data" and line["release"] is None:
                yield missed(self.pipeline.name, deadline, day, line)


def due(deadline: Deadline, day: date) -> datetime:
    """When a business date must be published."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + timedelta(seconds=deadline.seconds)


def passed(pipeline: Pipeline, since: datetime, now: datetime) -> Iterator[tuple[Deadline, date]]:
    """The deadlines that passed after one time, up to another, but for those of long ago."""
    since = max(since, now - LOOK_BACK)
    for deadline in pipeline.deadlines:
        day = max((since - timedelta(days=1, seconds=deadline.seconds)).date(), date.fromisoformat(pipeline.start))
        while due(deadline, day) <= now:
            if due(deadline, day) > since:
                yield deadline, day
            day += timedelta(days=1)


def missed(pipeline: str, deadline: Deadline, day: date, line: dict[str, Any]) -> Event:
    return Event(
        what="deadline missed",
        pipeline=pipeline,
        part=deadline.table,
        day=day.isoformat(),
        why=f"it had to be published by {due(deadline, day):%Y-%m-%d %H:%M} UTC and is {line['state']}: "
        f"{line['message']}",
        to_do=(
            f"./assay status --pipeline {pipeline} --date {day} (how each table is, and why)",
            f"if a task of that day failed or never ran, clear it or trigger {pipeline} with business_date {day} "
            "(docs/re-run.md)",
            f"or without Airflow: ./assay run --pipeline {pipeline} --date {day} (docs/back-fill.md)",
        ),
    )


def look_failed(pipeline: str) -> Callable[[Any], None]:
    """Tells that deadlines cannot be looked at: once, until they can be again."""

    def tell_once(context: Any) -> None:
        if variable(pipeline).get("failing"):
            return
        now = datetime.now(UTC)
        note_look(pipeline, looked_at(pipeline) or now, failing=True)
        error = context.get("exception")
        tell(
            Event(
                what="deadlines not looked at",
                pipeline=pipeline,
                part="deadlines",
                day=f"{now:%Y-%m-%d}",
                why=f"{type(error).__name__}: {error}" if error else failures.KILLED,
                to_do=(
                    f"read the log: {context['ti'].log_url}",
                    "./assay doctor (says what is wrong, and what to do)",
                    "nothing else: the next look makes up for this one (docs/be-told.md)",
                ),
            )
        )

    return tell_once


def run_failed(context: Any) -> None:
    """The same of a look whose process was killed, for which Airflow calls nothing else.

    A look that told of its failure itself has noted that it fails.
    """
    ti = context.get("ti")
    if ti is not None:
        look_failed(ti.task_id)(context)


def variable(pipeline: str) -> dict[str, Any]:
    return Variable.get(f"assay_deadlines_{pipeline}", default={}, deserialize_json=True)


def looked_at(pipeline: str) -> datetime | None:
    """Up to when the deadlines of a pipeline were looked at."""
    noted = variable(pipeline).get("looked_at")
    return datetime.fromisoformat(noted) if noted else None


def note_look(pipeline: str, at: datetime, *, failing: bool) -> None:
    Variable.set(
        f"assay_deadlines_{pipeline}",
        {"looked_at": at.isoformat(timespec="seconds"), "failing": failing},
        description="Up to when deadlines were looked at, and whether the newest look failed.",
        serialize_json=True,
    )
