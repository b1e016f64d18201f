"""The DAG of weekly tables: what it waits for, what it runs, and what it tells of."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowSkipException
from assay_dags import builder, failures, tool, weekly
from assay_dags.description import describe
from assay_dags.inputs import InputSensor
from assay_dags.weekly import WarningOperator

from . import receivers
from .receivers import http_connection
from .test_tasks import executable

SUNDAY = "2024-03-10"
TABLES = ["web.sketch_accuracy", "web.sketch_accuracy_summary"]


def answering(monkeypatch: pytest.MonkeyPatch, folder: Path, answer: list[dict]) -> None:
    """Puts a tool in place that was asked, and answers."""
    (folder / "answer.json").write_text(json.dumps(answer))
    executable(folder / "assay", f'echo "$@" > {folder}/asked; cat {folder}/answer.json')
    monkeypatch.setattr(tool, "home", lambda: folder)


def test_runs_the_weekly_tables_after_their_inputs_and_the_daily_dag_without_them() -> None:
    dag = weekly.build("web")
    tasks = ["business_date", "wait_for_inputs", "gold", "tell_of_warnings"]
    assert [task.task_id for task in dag.topological_sort()] == tasks
    gold = dag.get_task("gold")
    assert gold.tables == TABLES
    assert gold.application_args[-2:] == ["--tables", "sketch_accuracy,sketch_accuracy_summary"]
    assert gold.pool == "web_gold", "one writer a stage, whichever DAG it is of"

    daily = builder.build("web").get_task("gold")
    option, tables = daily.application_args[-2:]
    assert option == "--tables"
    [described] = [stage for stage in describe("web").stages if stage.name == "gold"]
    assert [f"web.{table}" for table in tables.split(",")] == described.tables
    assert not set(TABLES) & set(described.tables)


@pytest.mark.parametrize(("action", "done"), [("wait", False), ("make", True)])
def test_waits_while_what_it_is_made_from_is_not_published(action, done, monkeypatch, tmp_path) -> None:
    line = {"stage": "gold", "day": SUNDAY, "table": "sketch_accuracy", "action": action, "why": "because"}
    answering(monkeypatch, tmp_path, [line])
    sensor = InputSensor(task_id="wait", pipeline="web", tables=["sketch_accuracy"], business_date=SUNDAY)

    assert sensor.poke({}) is done

    asked = (tmp_path / "asked").read_text().split()
    assert asked == f"plan --pipeline web --date {SUNDAY} --tables sketch_accuracy --format json".split()


def test_does_not_wait_for_what_need_not_be_made(monkeypatch, tmp_path) -> None:
    answering(monkeypatch, tmp_path, [])
    assert InputSensor(task_id="wait", pipeline="web", tables=["x"], business_date=SUNDAY).poke({})


def test_tells_once_a_table_of_what_its_checks_warned_of(monkeypatch, tmp_path) -> None:
    check = {"name": "none_critical", "severity": "WARN", "passed": False, "failures": 2, "message": "2 rows failed"}
    warned = {"table": "sketch_accuracy", "release": 7, "failedChecks": [check]}
    fine = {"table": "sketch_accuracy_summary", "release": 7, "failedChecks": []}
    others = {"table": "visitors_daily", "release": 6, "failedChecks": [check]}
    answering(monkeypatch, tmp_path, [warned, fine, others])
    with receivers.web() as slack:
        monkeypatch.setenv("AIRFLOW_CONN_ASSAY_SLACK", http_connection(slack.address, "T/B/X"))
        failures.tell_of_warnings("web", SUNDAY, TABLES)
    [body] = slack.bodies()
    assert body["text"].splitlines() == [
        f"Assay: check warned: web sketch_accuracy, {SUNDAY}",
        "",
        "Why: check none_critical: 2 rows failed; it is published",
        "",
        "What to do:",
        f"- ./assay query \"SELECT * FROM web.sketch_accuracy WHERE as_of = DATE'{SUNDAY}'\" (which rows, and what "
        "they say is to be done)",
        f"- ./assay status --pipeline web --date {SUNDAY} (how each table is, and why)",
    ]


def test_a_run_does_not_fail_because_nobody_could_be_told(monkeypatch) -> None:
    def away(*_: object) -> None:
        raise AirflowException("the store does not answer")

    monkeypatch.setattr(failures, "tell_of_warnings", away)
    operator = WarningOperator(task_id="tell", pipeline="web", tables=TABLES, business_date=SUNDAY)
    with pytest.raises(AirflowException, match="the store does not answer") as tried_again:
        operator.execute({"ti": SimpleNamespace(try_number=2, max_tries=2)})
    assert not isinstance(tried_again.value, AirflowSkipException)
    with pytest.raises(AirflowSkipException, match="the store does not answer"):
        operator.execute({"ti": SimpleNamespace(try_number=3, max_tries=2)})
