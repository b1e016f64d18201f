"""Missed deadlines: which are told, when, and how often; by the real DAG, ledger and clock."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from assay_dags.deadlines import passed
from assay_dags.description import Deadline, Pipeline

from . import receivers
from .conftest import HOME, Airflow, prepared
from .receivers import Web, http_connection

ORDERS = HOME / "infra/demo/data/retail/orders/2010-12-01.csv"
LOOKED_AT = "assay_deadlines_retail"
# What `airflow dags test deadlines` does, some times.
LOOK = """
import sys
from airflow.models import Variable
from deadlines import dag

name, noted, times = sys.argv[1:]
if noted != "null":
    Variable.set(name, noted)
for _ in range(int(times)):
    dag.test()
"""


def pipeline(*deadlines: Deadline, start: str = "2020-01-01") -> Pipeline:
    return Pipeline("shop", "A shop.", "us", start, 0, [], [], list(deadlines))


def told(shop: Pipeline, since: str, now: str) -> list[tuple[str, str]]:
    times = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (since, now))
    return [(deadline.table, day.isoformat()) for deadline, day in passed(shop, *times)]


def test_a_deadline_counts_from_the_end_of_its_day() -> None:
    shop = pipeline(Deadline("sales", 8 * 3600))
    assert told(shop, "2020-06-11T07:45:00", "2020-06-11T07:59:59") == []
    assert told(shop, "2020-06-11T07:45:00", "2020-06-11T08:00:00") == [("sales", "2020-06-10")]
    assert told(shop, "2020-06-11T08:00:00", "2020-06-11T08:15:00") == []


def test_deadlines_that_passed_while_nobody_looked_are_made_up_for() -> None:
    shop = pipeline(Deadline("sales", 8 * 3600), Deadline("scores", 30 * 3600))
    assert told(shop, "2020-06-11T07:00:00", "2020-06-13T07:00:00") == [
        ("sales", "2020-06-10"),
        ("sales", "2020-06-11"),
        ("scores", "2020-06-10"),
        ("scores", "2020-06-11"),
    ]


def test_no_day_before_the_first_has_a_deadline() -> None:
    shop = pipeline(Deadline("sales", 3600), start="2020-06-10")
    assert told(shop, "2020-06-05T00:00:00", "2020-06-11T12:00:00") == [("sales", "2020-06-10")]


def test_days_of_long_ago_are_not_told_whatever_is_noted() -> None:
    shop = pipeline(Deadline("sales", 8 * 3600))
    found = told(shop, "2020-01-02T00:00:00", "2020-06-11T12:00:00")
    assert found == [("sales", f"2020-06-{day:02}") for day in range(4, 11)]


def test_looks_cut_anywhere_find_each_deadline_once() -> None:
    shop = pipeline(Deadline("sales", 3600), Deadline("scores", 25 * 3600), Deadline("at_once", 0))
    cuts = [datetime(2020, 6, 1, tzinfo=UTC) + timedelta(minutes=37 * n) for n in range(200)]
    found = [one for since, now in pairwise(cuts) for one in passed(shop, since, now)]
    assert sorted(map(str, found)) == sorted(map(str, passed(shop, cuts[0], cuts[-1])))
    assert len(found) == len(set(map(str, found))) > 12


class Watched:
    """Airflow by today's clock, and a day whose deadline passed an hour ago."""

    def __init__(self, airflow: Airflow, slack: Web, day: str) -> None:
        self.airflow = airflow
        self.slack = slack
        self.day = day

    def look(self, times: int = 1, ago: timedelta | None = None, failing: bool = False, **variables: str) -> str:
        """What looks log, after one that was some time ago; in one process, as starting Airflow takes longest."""
        at = (datetime.now(UTC) - ago).isoformat() if ago else None
        noted = json.dumps({"looked_at": at, "failing": failing} if at else None)
        return self.airflow.run("python", "-c", LOOK, LOOKED_AT, noted, str(times), **variables).stdout


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    base = tmp_path_factory.mktemp("deadlines")
    # A home in which the day before yesterday was due an hour ago, whatever the time is.
    home = base / "assay"
    now = datetime.now(UTC)
    day = now.date() - timedelta(days=2)
    since_its_end = now - datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
    described = json.loads((HOME / ".runtime/describe.json").read_text())
    seconds = int(since_its_end.total_seconds()) - 3600
    due = [{"table": "retail.daily_sales", "seconds": seconds}]
    for pipeline in described["pipelines"]:
        pipeline["deadlines"] = due if pipeline["name"] == "retail" else []
    stand_in(home, described)
    with ExitStack() as stack:
        slack = stack.enter_context(receivers.web())
        variables = {
            "ASSAY_HOME": str(home),
            "AIRFLOW_CONN_ASSAY_SLACK": http_connection(f"{slack.address}/services", "T/B/X"),
        }
        airflow = prepared(Airflow(home=base / "home", lake=base / "lake", variables=variables))
        landed = airflow.lake / f"landing/retail/orders/{day}.csv"
        landed.write_text(ORDERS.read_text().replace("2010-12-01 ", f"{day} "))
        yield Watched(airflow, slack, day.isoformat())


def stand_in(home: Path, described: dict) -> None:
    """A home of Assay's with another description: the rest of it is this checkout's."""
    (home / ".runtime").mkdir(parents=True)
    (home / ".runtime/describe.json").write_text(json.dumps(described))
    (home / "assay").write_text(f'#!/bin/sh\nexec {HOME}/assay "$@"\n')
    (home / "assay").chmod(0o755)


def test_the_first_look_tells_nothing(watched: Watched) -> None:
    watched.look()
    assert watched.slack.posted == []
    noted = watched.airflow.run("airflow", "variables", "get", LOOKED_AT).stdout
    assert '"failing": false' in noted


def test_looks_that_fail_are_told_once(watched: Watched) -> None:
    watched.slack.posted.clear()
    looked = watched.look(times=2, ago=timedelta(hours=2), ASSAY_ENVIRONMENT="moon")
    assert looked.count("AirflowFailException: error: there is no environment 'moon'") == 2
    [told] = watched.slack.bodies()
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert told["text"].startswith(f"Assay: deadlines not looked at: retail deadlines, {today}\n\nWhy: AirflowFail")
    assert "- ./assay doctor (says what is wrong, and what to do)\n" in told["text"]


def test_a_deadline_missed_by_a_run_that_never_began_is_told_once(watched: Watched) -> None:
    watched.slack.posted.clear()
    # What the looks that failed did not see, the next one does.
    watched.look(times=2, ago=timedelta(hours=2), failing=True)
    [body] = watched.slack.bodies()
    lines = body["text"].splitlines()
    assert lines[0] == f"Assay: deadline missed: retail daily_sales, {watched.day}"
    assert re.fullmatch(
        r"Why: it had to be published by [-0-9]{10} [0-9:]{5} UTC and is missing: "
        rf"retail.order_lines/{watched.day} is missing: .*orders_raw.* its files landed",
        lines[2],
    )
    assert lines[5:] == [
        f"- ./assay status --pipeline retail --date {watched.day} (how each table is, and why)",
        "- if a task of that day failed or never ran, clear it or trigger retail with business_date "
        f"{watched.day} (docs/re-run.md)",
        f"- or without Airflow: ./assay run --pipeline retail --date {watched.day} (docs/back-fill.md)",
    ]


def test_a_day_that_somebody_published_by_hand_is_not_told(watched: Watched) -> None:
    watched.slack.posted.clear()
    tables = ["--tables", "orders_raw,order_lines,daily_sales"]
    ran = watched.airflow.run("./assay", "run", "--pipeline", "retail", "--date", watched.day, *tables)
    assert ran.returncode == 0, ran.stdout
    looked = watched.look(ago=timedelta(hours=2))
    assert f"daily_sales on {watched.day}: current" in looked
    assert watched.slack.posted == []
