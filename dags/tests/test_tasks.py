"""How a stage's exit code and a feed's state become Airflow's words, with real processes in their places."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from assay_dags import tool
from assay_dags.description import Stage
from assay_dags.feed import FeedSensor, LandOperator
from assay_dags.stage import StageOperator

STAGE = Stage("bronze", "dev.assay.bronze.BronzeJob", "jobs-bronze.jar", "small", 60, 2, ["retail.orders_raw"])


def executable(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def operator(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str, conn_id: str = "assay_spark") -> StageOperator:
    executable(folder / "spark-submit", body)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return StageOperator(
        task_id="bronze", pipeline="retail", stage=STAGE, business_date="2010-12-01", conn_id=conn_id, retries=2
    )


@pytest.mark.parametrize("code", [2, 3, 4])
def test_what_trying_again_cannot_change_fails_for_good(code, monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowFailException, match=f"exit code {code}"):
        operator(monkeypatch, tmp_path, f"exit {code}").execute({})


def test_a_day_without_data_is_skipped(monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowSkipException):
        operator(monkeypatch, tmp_path, "exit 7").execute({})


@pytest.mark.parametrize("end", ["exit 1", "exit 5", "exit 6", "kill -9 $$"])
def test_everything_else_may_be_tried_again(end, monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowException) as failed:
        operator(monkeypatch, tmp_path, end).execute({})
    assert not isinstance(failed.value, AirflowFailException | AirflowSkipException)


def test_success_hands_the_job_its_day_and_nothing_secret(monkeypatch, tmp_path) -> None:
    operator(monkeypatch, tmp_path, f'echo "$@" > {tmp_path}/argv').execute({})
    argv = (tmp_path / "argv").read_text()
    assert "--master local[2]" in argv
    assert "--class dev.assay.bronze.BronzeJob" in argv
    assert "--pipeline retail --date 2010-12-01" in argv
    assert "key" not in argv.lower()


def test_a_missing_connection_is_refused_before_anything_is_started(monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowFailException, match="there is no connection 'nowhere'"):
        operator(monkeypatch, tmp_path, f"touch {tmp_path}/started", conn_id="nowhere").execute({})
    assert not (tmp_path / "started").exists()


def sensor(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> FeedSensor:
    executable(folder / "assay", body)
    monkeypatch.setattr(tool, "home", lambda: folder)
    return FeedSensor(task_id="wait", pipeline="retail", business_date="2010-12-01")


@pytest.mark.parametrize(
    ("state", "code", "done"), [("landed", 0, True), ("no-data", 7, True), ("missing", 4, True), ("waiting", 4, False)]
)
def test_waits_only_while_feeds_may_still_come(state, code, done, monkeypatch, tmp_path) -> None:
    answer = json.dumps({"state": state})
    assert sensor(monkeypatch, tmp_path, f"echo '{answer}'; exit {code}").poke({}) is done


def test_a_wrong_configuration_is_not_waited_for(monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowFailException, match="no such pipeline"):
        sensor(monkeypatch, tmp_path, "echo 'no such pipeline' >&2; exit 2").poke({})


def test_a_store_that_is_down_is_asked_again(monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowException, match="ended with 6"):
        sensor(monkeypatch, tmp_path, "exit 6").poke({})


def landing(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> LandOperator:
    executable(folder / "assay", body)
    monkeypatch.setattr(tool, "home", lambda: folder)
    return LandOperator(task_id="land", pipeline="web", feed="user_profiles", business_date="2024-03-10")


def test_lands_the_day_of_the_run(monkeypatch, tmp_path) -> None:
    landing(monkeypatch, tmp_path, f'echo "$@" > {tmp_path}/argv').execute({})
    assert (tmp_path / "argv").read_text() == "land --pipeline web --feed user_profiles --date 2024-03-10\n"


def test_a_day_whose_state_is_gone_is_skipped(monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowSkipException, match="is gone"):
        landing(monkeypatch, tmp_path, "echo 'no data: the state is gone' >&2; exit 7").execute({})


@pytest.mark.parametrize("code", [2, 3])
def test_a_table_that_conf_does_not_know_is_not_tried_again(code, monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowFailException, match="no such column"):
        landing(monkeypatch, tmp_path, f"echo 'no such column' >&2; exit {code}").execute({})


def test_a_database_that_is_down_is_asked_again(monkeypatch, tmp_path) -> None:
    with pytest.raises(AirflowException, match="ended with 6") as failed:
        landing(monkeypatch, tmp_path, "exit 6").execute({})
    assert not isinstance(failed.value, AirflowFailException | AirflowSkipException)
