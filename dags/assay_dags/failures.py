"""Tells of tasks that failed for good, and of publications that a check refused; each once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from airflow.sdk.exceptions import AirflowException

from assay_dags import dates, ledger
from assay_dags.notify import Event, tell
from assay_dags.stage import PublicationRefused

log = logging.getLogger(__name__)

# The try of a task whose end was told.
TOLD = "told"


def task_failed(pipeline: str) -> Callable[[Any], None]:
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
        tell(_refusal(pipeline, context) if isinstance(error, PublicationRefused) else _failure(pipeline, context))

    return tell_failure


def run_failed(pipeline: str) -> Callable[[Any], None]:
    """What a run calls when it failed: for a task whose process was killed Airflow calls nothing else."""

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
            tell(_failure(pipeline, context))

    return tell_what_is_untold


def _failure(pipeline: str, context: Any) -> Event:
    ti = context["ti"]
    error = context.get("exception")
    day = _day(context)
    return Event(
        what="task failed",
        pipeline=pipeline,
        part=ti.task_id,
        day=day,
        why=f"{type(error).__name__}: {error}" if error else "its process was killed, or its machine is gone",
        to_do=(
            f"read its log: {ti.log_url}",
            *_status(pipeline, day, "how each table is, and why"),
            f"when the cause is gone, {_again(ti)}",
        ),
    )


def _refusal(pipeline: str, context: Any) -> Event:
    ti = context["ti"]
    day = _day(context)
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
    ours = [lines[name] for name in (table.partition(".")[2] for table in tables) if name in lines]
    return "; ".join(line["message"] for line in ours if line["failedChecks"])


def _day(context: Any) -> str | None:
    try:
        return dates.business_date(context["params"], context["dag_run"])
    except (AirflowException, ValueError):
        # A run without a day that it could be about fails for that.
        return None


def _status(pipeline: str, day: str | None, tells: str) -> list[str]:
    return [f"./assay status --pipeline {pipeline} --date {day} ({tells})"] if day else []


def _again(ti: Any) -> str:
    return (
        f"clear what failed: airflow dags clear {ti.dag_id} --run-id {ti.run_id} --only-failed --yes (docs/re-run.md)"
    )
