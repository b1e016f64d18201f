"""The real DAG, real Spark, a real day, on MinIO; by make soak in a folder, too."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import SENTINEL, Airflow


class CommandLines(threading.Thread):
    """Looks at the command lines of all processes, again and again, for one that shows the secret."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.seen = 0
        self.showing: set[str] = set()

    def run(self) -> None:
        while not self.done.wait(0.2):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    line = (process / "cmdline").read_bytes().decode(errors="replace")
                except OSError:
                    continue
                self.seen += "dev.assay." in line
                if SENTINEL in line:
                    self.showing.add(line)


@pytest.fixture(scope="module", params=[pytest.param("airflow", marks=pytest.mark.soak), "airflow_on_minio"])
def lake(request: pytest.FixtureRequest) -> Airflow:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def command_lines(lake: Airflow) -> Iterator[CommandLines]:
    """What is looked at while the tests of one lake run."""
    looking = CommandLines()
    looking.start()
    yield looking
    looking.done.set()
    looking.join()


@pytest.fixture(scope="module")
def published(lake: Airflow, command_lines: CommandLines) -> str:
    """The log of the DAG's run for 2010-12-01."""
    run = lake.run("airflow", "dags", "test", "retail", "2010-12-01")
    assert run.returncode == 0, run.stdout[-5000:]
    return run.stdout


def query(airflow: Airflow, sql: str) -> list[dict]:
    asked = airflow.run("./assay", "query", "--format", "json", sql)
    assert asked.returncode == 0, asked.stdout
    return [json.loads(line) for line in asked.stdout.splitlines() if line.startswith("{")]


def test_publishes_the_day_exactly(lake: Airflow, published: str) -> None:
    [figures] = query(
        lake,
        "SELECT count(*) AS lines, count(DISTINCT invoice_no) AS invoices, CAST(sum(amount) AS STRING) AS amount,"
        " (SELECT count(*) FROM retail.orders_raw) AS received,"
        " (SELECT CAST(sum(net) AS STRING) FROM retail.daily_sales) AS net,"
        " (SELECT count(*) FROM retail.customer_segments) AS scored,"
        " (SELECT count(*) FROM retail.customer_rfm) AS customers FROM retail.order_lines",
    )
    assert figures == {
        "lines": 3064,
        "invoices": 143,
        "amount": "58451.5600",
        "received": 3108,
        "net": "58451.5600",
        "scored": 95,
        "customers": 95,
    }


def test_makes_a_table_again_by_the_jar_that_made_it(lake: Airflow, published: str) -> None:
    command = ("./assay", "run", "--pipeline", "retail", "--date", "2010-12-01", "--tables", "daily_sales")

    again = lake.run(*command, "--inputs", "as-was")

    assert again.returncode == 0, again.stdout
    assert "retail.daily_sales/2010-12-01: the same rows as release" in again.stdout
    jars = list(lake.lake.rglob("_assay/recipes/retail/*.jar"))
    assert len(jars) == 4, "one a stage"
    for jar in jars:
        # MinIO keeps an object as a folder of its name.
        shutil.rmtree(jar) if jar.is_dir() else jar.unlink()
    gone = lake.run(*command, "--inputs", "as-was")
    assert gone.returncode == 2
    assert re.search(r"daily_sales/2010-12-01 was made by jobs-gold.jar sha256:.* no longer there", gone.stdout)


def test_the_tool_makes_the_same_model(lake: Airflow, published: str) -> None:
    versions = "SELECT DISTINCT model_version FROM retail.customer_segments"
    by_airflow = query(lake, versions)

    run = lake.run("./assay", "run", "--pipeline", "retail", "--date", "2010-12-01", "--stage", "ml", "--again")

    assert run.returncode == 0, run.stdout
    assert "customer_segments_training/2010-12-01: " in run.stdout
    assert query(lake, versions) == by_airflow
    assert re.match(r"2010-12-01-[0-9a-f]+$", by_airflow[0]["model_version"])


def test_a_saturday_is_skipped_and_recorded(lake: Airflow) -> None:
    run = lake.run("airflow", "dags", "test", "retail", "2010-12-04")
    assert run.returncode == 0, run.stdout[-5000:]
    assert "Skipping task" in run.stdout
    status = lake.run("./assay", "status", "--pipeline", "retail", "--date", "2010-12-04", "--format", "json")
    # Not what the store's client warns of.
    [answer] = re.findall(r"^\[ \{.*\} \]$", status.stdout, re.MULTILINE | re.DOTALL)
    states = {line["table"]: line["state"] for line in json.loads(answer)}
    assert set(states.values()) == {"no-data"}


def test_shows_no_secret_anywhere(lake: Airflow, published: str, command_lines: CommandLines) -> None:
    assert SENTINEL not in published
    assert re.search(r"Spark-Submit cmd: spark-submit", published)
    folders = [lake.home, lake.lake]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 50
    assert [file for file in files if SENTINEL.encode() in file.read_bytes()] == []
    assert command_lines.seen > 20
    assert command_lines.showing == set()
