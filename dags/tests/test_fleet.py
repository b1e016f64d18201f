"""Every DAG at once: what each must have."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from airflow.sdk import CronDataIntervalTimetable
from assay_dags.description import describe, describe_all

DAGS = Path(__file__).resolve().parents[1]
WATCH = "deadlines"
MAINTENANCE = "maintenance"
ARCHIVE = "archive"
FLEET = sorted(file.stem for file in DAGS.glob("*.py"))
WEEKLY = [name for name in FLEET if name.endswith("_weekly")]
PIPELINES = [name for name in FLEET if name not in (WATCH, MAINTENANCE, ARCHIVE, *WEEKLY)]
of_every_pipeline = pytest.mark.parametrize("dag", PIPELINES, indirect=True)
of_every_pipelines_runs = pytest.mark.parametrize("dag", [*PIPELINES, *WEEKLY], indirect=True)


@pytest.fixture(params=FLEET)
def dag(request: pytest.FixtureRequest):
    return importlib.import_module(request.param).dag


def stages_of(dag) -> list[str]:
    """The stages of a pipeline that have tables; one without marts has no gold, one without models no ml."""
    return [stage.name for stage in describe(dag.dag_id).stages if stage.tables]


def test_there_is_a_dag_for_every_pipeline_of_conf() -> None:
    conf = DAGS.parent / "conf"
    assert {file.stem for file in conf.glob("*.conf")} - {"reference"} == set(PIPELINES)


@of_every_pipeline
def test_runs_stages_in_order_after_the_feeds(dag) -> None:
    stages = stages_of(dag)
    assert stages == [stage for stage in ("bronze", "silver", "gold", "ml") if stage in stages]
    assert stages[:2] == ["bronze", "silver"]
    lands = [f"land_{feed}" for feed in describe(dag.dag_id).landed]
    assert [task.task_id for task in dag.topological_sort()] == ["business_date", *lands, "wait_for_feeds", *stages]
    assert dag.get_task("silver").upstream_task_ids == {"bronze"}


def test_lands_what_a_database_has_before_feeds_are_waited_for() -> None:
    dag = importlib.import_module("web").dag
    assert dag.get_task("land_user_profiles").upstream_task_ids == {"business_date"}
    wait = dag.get_task("wait_for_feeds")
    assert wait.upstream_task_ids == {"land_user_profiles"}
    assert wait.trigger_rule == "none_failed", "a day whose state is gone goes on with what has landed"


def test_is_scheduled_by_an_explicit_interval(dag) -> None:
    assert isinstance(dag.timetable, CronDataIntervalTimetable)
    assert not dag.catchup
    assert dag.max_active_runs == 1


def test_says_whose_it_is_and_what_it_does(dag) -> None:
    assert dag.doc_md
    assert dag.description
    assert "assay" in dag.tags
    for task in dag.tasks:
        assert task.owner not in ("", "airflow"), task.task_id
        assert task.doc_md, task.task_id
        assert task.execution_timeout, task.task_id
        assert task.retry_delay, task.task_id


@of_every_pipeline
def test_stages_publish_assets_one_writer_at_a_time(dag) -> None:
    for stage in stages_of(dag):
        task = dag.get_task(stage)
        assert task.outlets, stage
        assert all(outlet.uri.startswith(f"assay://{dag.dag_id}/") for outlet in task.outlets)
        assert task.pool == f"{dag.dag_id}_{stage}"
        assert task.retries == 2


def test_a_run_that_failed_tells_of_a_task_whose_process_was_killed(dag) -> None:
    assert dag.on_failure_callback.__qualname__.split(".")[0] == "run_failed"


@of_every_pipelines_runs
def test_tells_of_every_task_that_failed(dag) -> None:
    for task in dag.tasks:
        [callback] = task.on_failure_callback
        assert callback.__qualname__.startswith("task_failed."), task.task_id
        assert not task.on_retry_callback, task.task_id


def test_watches_every_pipeline_that_has_deadlines() -> None:
    dag = importlib.import_module(WATCH).dag
    assert dag.dag_id == WATCH
    assert dag.timetable.expression == "*/15 * * * *"
    assert [task.task_id for task in dag.tasks] == [one.name for one in describe_all() if one.deadlines]
    for task in dag.tasks:
        [callback] = task.on_failure_callback
        assert callback.__qualname__.startswith("look_failed."), task.task_id


def test_there_is_a_dag_for_the_weekly_tables_of_every_pipeline() -> None:
    assert [f"{one.name}_weekly" for one in describe_all() if any(stage.weekly for stage in one.stages)] == WEEKLY
    for name in WEEKLY:
        dag = importlib.import_module(name).dag
        assert dag.dag_id == name
        assert dag.timetable.expression == "0 3 * * 1"


def test_archives_every_pipeline_that_has_an_archive_on_the_first_of_a_month() -> None:
    dag = importlib.import_module(ARCHIVE).dag
    assert dag.dag_id == ARCHIVE
    assert dag.timetable.expression == "0 4 1 * *"
    assert [task.task_id for task in dag.tasks] == [one.name for one in describe_all() if one.archived]
    for task in dag.tasks:
        [callback] = task.on_failure_callback
        assert callback.__qualname__.startswith("task_failed."), task.task_id


def test_maintains_every_pipeline_at_night() -> None:
    dag = importlib.import_module(MAINTENANCE).dag
    assert dag.dag_id == MAINTENANCE
    assert dag.timetable.expression == "0 3 * * *"
    assert [task.task_id for task in dag.tasks] == PIPELINES
    for task in dag.tasks:
        [callback] = task.on_failure_callback
        assert callback.__qualname__.startswith("task_failed."), task.task_id
