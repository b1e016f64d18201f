"""Tells of tasks that failed for good, and of publications that a check refused; each once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from airflow.sdk.exceptions import AirflowException

from assay_dags import dates, ledger
from assay_dags.notify import Event, tell
from assay_dags.stage import PublicationRefused, names

log = logging.getLogger(__name__)

# The try of a task whose end was told.
TOLD = "told"

# Why a task failed that says nothing itself.
KILLED = "its process was killed, or its machine is gone"


# Derives a run's business date of its parameters and the run.
Derive = Callable[[dict[str, Any], Any], str]


def task_failed(pipeline: str, derive: Derive = dates.business_date) -> Callable[[Any], None]:
    """What a task calls when it failed and is not tried again."""

    def tell_failure(context: Any) -> None:
        error = context.get("exception")
        if error is None:
            # The task's process is gone, and Airflow calls this in another one that can note nothing: left to
            # run_failed, which follows.
            return
        ti = context["ti"]
        try:
            ti.xcom_push(TOLD, ti.try_number)
        except Exception as failed:
            log.warning("could not note that %s is told of: %s", ti.task_id, type(failed).__name__)
        day = _day(context, derive)
        refused = isinstance(error, PublicationRefused)
        tell(_refusal(pipeline, context, day) if refused else _failure(pipeline, context, day))

    return tell_failure


def run_failed(pipeline: str | None = None, derive: Derive = dates.business_date) -> Callable[[Any], None]:
    """What a run calls when it failed: for a task whose process was killed Airflow calls nothing else.

    Without a pipeline, the run's tasks are named for theirs. Of several such tasks Airflow names the last.
    """

    def tell_what_is_untold(context: Any) -> None:
        ti = context.get("ti")
        if ti is None:
            return
        try:
            told = ti.xcom_pull(task_ids=ti.task_id, key=TOLD)
        except ImportError:
            # In `airflow dags test` there is nobody to ask out of a task, and no process to be killed but its own.
            return
        if told == ti.try_number:
            log.info("the task %s told of its failure itself", ti.task_id)
        else:
            tell(_failure(pipeline or ti.task_id, context, _day(context, derive)))

    return tell_what_is_untold


def tell_of_warnings(pipeline: str, day: str, tables: list[str]) -> None:
    """Tells of tables that are published, but of which a check warned."""
    lines = ledger.status(pipeline, day)
    for table in names(tables):
        line = lines.get(table)
        if line and line["release"] is not None and line["failedChecks"]:
            tell(_warning(pipeline, day, table, line["failedChecks"]))


def _warning(pipeline: str, day: str, table: str, checks: list[dict[str, Any]]) -> Event:
    return Event(
        what="check warned",
        pipeline=pipeline,
        part=table,
        day=day,
        why="; ".join(f"check {check['name']}: {check['message']}" for check in checks) + "; it is published",
        to_do=(
            f"./assay query \"SELECT * FROM {pipeline}.{table} WHERE as_of = DATE'{day}'\" (which rows, and what they "
            "say is to be done)",
            *_status(pipeline, day, "how each table is, and why"),
        ),
    )


def _failure(pipeline: str, context: Any, day: str | None) -> Event:
    ti = context["ti"]
    error = context.get("exception")
    return Event(
        what="task failed",
        pipeline=pipeline,
        part=ti.task_id,
        day=day,
        why=f"{type(error).__name__}: {error}" if error else KILLED,
        to_do=(
            f"read its log: {ti.log_url}",
            *_status(pipeline, day, "how each table is, and why"),
            f"when the cause is gone, {_again(ti)}",
        ),
    )


def _refusal(pipeline: str, context: Any, day: str | None) -> Event:
    ti = context["ti"]
    return Event(
        what="publication refused",
        pipeline=pipeline,
        part=ti.task_id,
        day=day,
        why=_refused_by(pipeline, day, ti.task.tables) or str(context["exception"]),
        to_do=(
            *_status(pipeline, day, "the checks that did not hold; readers see what was published before"),
            "look at the rejected rows (docs/quarantine.md), and have the file corrected (docs/corrected-file.md)",
            f"then {_again(ti)}",
        ),
    )


def _refused_by(pipeline: str, day: str | None, tables: list[str]) -> str:
    """Which checks of which tables, as the ledger has it; nothing where it cannot be asked."""
    if day is None:
        return ""
    try:
        lines = ledger.status(pipeline, day)
    except Exception as failed:
        log.warning("could not ask which check refused: %s", type(failed).__name__)
        return ""
    ours = [lines[name] for name in names(tables) if name in lines]
    return "; ".join(line["message"] for line in ours if line["failedChecks"])


def _day(context: Any, derive: Derive) -> str | None:
    try:
        return derive(context["params"], context["dag_run"])
    except (AirflowException, ValueError):
        # A run without a day that it could be about fails for that.
        return None


def _status(pipeline: str, day: str | None, tells: str) -> list[str]:
    return [f"./assay status --pipeline {pipeline} --date {day} ({tells})"] if day else []


def _again(ti: Any) -> str:
    return (
        f"clear what failed: airflow dags clear {ti.dag_id} --run-id {ti.run_id} --only-failed --yes (docs/re-run.md)"
    )
