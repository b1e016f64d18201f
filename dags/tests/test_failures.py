"""Failed tasks and refused publications: told once by real Airflow, and never a reason for a run to end otherwise."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from assay_dags.failures import run_failed, task_failed
from assay_dags.upkeep import maintenance

from . import receivers
from .conftest import HOME, Airflow, prepared
from .minio import free_port
from .receivers import http_connection, mail_connection

HEADER = (HOME / "infra/demo/data/retail/orders/2010-12-01.csv").read_text().splitlines()[0]
REFUSED_DAY = "2010-12-09"
# How a run whose bronze stage fails ends, whoever is told of it or not.
AS_A_FAILED_RUN = 1
BEFORE = {"business_date": "success", "wait_for_feeds": "success"}
FAILED_IN_BRONZE = {
    **BEFORE,
    "bronze": "failed",
    **dict.fromkeys(["silver", "gold", "ml"], "upstream_failed"),
}
TOKEN = "T0/B0/t0ken-never-to-be-shown"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Airflow:
    """Airflow of these tests' own, so that no other's runs are in it; a file without orders landed."""
    base = tmp_path_factory.mktemp("failures")
    airflow = prepared(Airflow(home=base / "home", lake=base / "lake"))
    (airflow.lake / f"landing/retail/orders/{REFUSED_DAY}.csv").write_text(HEADER + "\n")
    return airflow


def states(airflow: Airflow, day: str) -> dict[str, str | None]:
    """The state of each task of a day's run; of Airflow's database, since its command line takes seconds."""
    return dict(
        rows(
            airflow,
            "SELECT task_id, ti.state FROM task_instance ti JOIN dag_run USING (run_id) WHERE logical_date LIKE ?",
            f"{day}%",
        )
    )


def run_id(airflow: Airflow, day: str) -> str:
    [(run,)] = rows(airflow, "SELECT run_id FROM dag_run WHERE logical_date LIKE ?", f"{day}%")
    return run


def rows(airflow: Airflow, sql: str, day: str) -> list[tuple]:
    with closing(sqlite3.connect(airflow.home / "airflow.db")) as database:
        return database.execute(sql, [day]).fetchall()


def failing_spark(folder: Path, code: int) -> str:
    """PATH with a spark-submit that ends with a code."""
    folder.mkdir()
    (folder / "spark-submit").write_text(f"#!/bin/sh\nexit {code}\n")
    (folder / "spark-submit").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_a_refused_publication_is_told_once_by_every_channel(ours: Airflow) -> None:
    with receivers.mail() as mail, receivers.web() as slack, receivers.web(answers=202) as pagerduty:
        run = ours.run(
            *["airflow", "dags", "test", "retail", REFUSED_DAY],
            AIRFLOW_CONN_ASSAY_MAIL=mail_connection(mail.port),
            AIRFLOW_CONN_ASSAY_SLACK=http_connection(f"{slack.address}/services", TOKEN),
            AIRFLOW_CONN_ASSAY_PAGERDUTY=http_connection(pagerduty.address, TOKEN),
        )
    title = f"Assay: publication refused: retail bronze, {REFUSED_DAY}"
    run_of_day = run_id(ours, REFUSED_DAY)
    [told] = slack.bodies()
    assert told["text"].splitlines() == [
        title,
        "",
        f"Why: retail.orders_raw/{REFUSED_DAY}: check some_rows: 0 rows, allowed are 1 to any number. Nothing of that "
        "day was published; what readers see is as it was. Rejected rows are in quarantine; correct the input or the "
        "check, and run the stage again",
        "",
        "What to do:",
        f"- ./assay status --pipeline retail --date {REFUSED_DAY} (the checks that did not hold; readers see what was "
        "published before)",
        "- look at the rejected rows (docs/quarantine.md), and have the file corrected (docs/corrected-file.md)",
        f"- then clear what failed: airflow dags clear retail --run-id {run_of_day} --only-failed --yes "
        "(docs/re-run.md)",
    ]
    assert [message["Subject"] for message in mail.taken] == [title]
    assert [body["dedup_key"] for body in pagerduty.bodies()] == [
        f"assay/retail/bronze/{REFUSED_DAY}/publication refused"
    ]
    assert TOKEN not in run.stdout
    assert "Callback failed" not in run.stdout
    assert run.returncode == AS_A_FAILED_RUN
    assert states(ours, REFUSED_DAY) == FAILED_IN_BRONZE

    # What people are told to do does it.
    command = re.search(r"airflow dags clear .* --yes", told["text"])
    cleared = ours.run(*command.group().split())
    assert cleared.returncode == 0, cleared.stdout
    assert states(ours, REFUSED_DAY) == {**BEFORE, **dict.fromkeys(["bronze", "silver", "gold", "ml"])}


def test_receivers_that_are_broken_do_not_change_how_a_run_ends(ours: Airflow, tmp_path: Path) -> None:
    with ExitStack() as stack:
        hanging = stack.enter_context(receivers.mute())
        broken = stack.enter_context(receivers.web(answers=500))
        told = ours.run(
            *["airflow", "dags", "test", "retail", "2010-12-03"],
            PATH=failing_spark(tmp_path / "bin", 4),
            AIRFLOW_CONN_ASSAY_MAIL=mail_connection(receivers.unreachable(), TOKEN),
            AIRFLOW_CONN_ASSAY_SLACK=http_connection(f"{broken.address}/services", TOKEN),
            AIRFLOW_CONN_ASSAY_PAGERDUTY=http_connection(f"http://127.0.0.1:{hanging}", TOKEN),
        )
    [body] = broken.bodies()
    lines = body["text"].splitlines()
    assert lines[0] == "Assay: task failed: retail bronze, 2010-12-03"
    assert (
        lines[2] == "Why: AirflowFailException: exit code 4: an input that must be there is missing; see the log above"
    )
    assert re.fullmatch(r"- read its log: http://.*/dags/retail/runs/.*/tasks/bronze\?try_number=1", lines[5])
    assert "could not tell assay_mail: ConnectionRefusedError" in told.stdout
    assert "could not tell assay_slack: it answered 500" in told.stdout
    assert "could not tell assay_pagerduty: TimeoutError;" in told.stdout
    assert "Failed to run task callback" not in told.stdout
    assert "Callback failed" not in told.stdout
    assert TOKEN not in told.stdout
    assert told.returncode == AS_A_FAILED_RUN
    assert states(ours, "2010-12-03") == FAILED_IN_BRONZE


@pytest.mark.parametrize(("told", "posts"), [(2, 0), (1, 1), (None, 1)])
def test_a_failure_without_a_process_is_told_by_the_run_unless_its_try_told_it(
    told: int | None, posts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ti = SimpleNamespace(dag_id="retail", run_id="r", task_id="gold", try_number=2, log_url="http://log")
    ti.xcom_pull = lambda task_ids, key: told
    context = {"ti": ti, "params": {"business_date": "2010-12-01"}, "dag_run": None}
    with receivers.web() as slack:
        monkeypatch.setenv("AIRFLOW_CONN_ASSAY_SLACK", http_connection(slack.address, TOKEN))
        # Airflow calls the task's in a process that is not the task's, without what went wrong, and then the run's.
        task_failed("retail")(context)
        assert slack.posted == []
        run_failed("retail")(context)
    assert len(slack.posted) == posts


def test_a_killed_task_of_a_dag_of_all_pipelines_is_told_of_its_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    ti = SimpleNamespace(dag_id="maintenance", run_id="r", task_id="web", try_number=3, log_url="http://log")
    ti.xcom_pull = lambda task_ids, key: None
    context = {"ti": ti, "params": {"business_date": "2010-12-01"}, "dag_run": None}
    with receivers.web() as slack:
        monkeypatch.setenv("AIRFLOW_CONN_ASSAY_SLACK", http_connection(slack.address, TOKEN))
        maintenance().on_failure_callback(context)
    [told] = slack.bodies()
    lines = told["text"].splitlines()
    assert lines[0] == "Assay: task failed: web web, 2010-12-01"
    assert lines[2] == "Why: its process was killed, or its machine is gone"
    assert "clear what failed: airflow dags clear maintenance --run-id r " in lines[-1]


TRIALS = """
import os
import signal
from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, task
from assay_dags import failures

# A second try at once may be in the queue when the scheduler hears that the first has ended, and be taken for it.
DELAY = timedelta(seconds=5)
for name, retries in (("flaky", 1), ("killed", 0)):
    with DAG(
        name,
        schedule=None,
        start_date=datetime(2010, 1, 1, tzinfo=UTC),
        params={"business_date": None},
        on_failure_callback=failures.run_failed("retail"),
        default_args={"on_failure_callback": failures.task_failed("retail"), "retry_delay": DELAY},
    ) as dag:

        @task(task_id=name, retries=retries)
        def end(how: str) -> None:
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise ValueError("nothing will do")

        end(name)
    globals()[name] = dag
"""


@contextmanager
def scheduling(airflow: Airflow, address: str) -> Iterator[Callable[[str, Callable[[], bool]], None]]:
    """Airflow that runs what was triggered; gives what waits until something has happened in it.

    The server first: a task that begins while there is none fails, and has nobody to tell of it.
    """
    with ExitStack() as stack:
        logs = []

        def start(*names: str) -> None:
            for name in names:
                log = airflow.home.with_name(f"{name}.log")
                logs.append(log)
                process = subprocess.Popen(
                    ["airflow", name],
                    cwd=HOME,
                    env=airflow.env(),
                    stdout=stack.enter_context(log.open("w")),
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
                stack.callback(stop, process)

        def wait_until(what: str, condition: Callable[[], bool], seconds: float = 600) -> None:
            end = time.monotonic() + seconds
            while not condition():
                if time.monotonic() > end:
                    ends = "".join(f"\n\n{log.name} ends with\n{log.read_text()[-3000:]}" for log in logs)
                    pytest.fail(f"waited {seconds} s in vain until {what}{ends}")
                time.sleep(1)

        def is_healthy() -> bool:
            with suppress(OSError), urllib.request.urlopen(f"{address}/api/v2/monitor/health", timeout=10):
                return True
            return False

        start("api-server")
        wait_until("the server answers", is_healthy)
        start("dag-processor", "scheduler")
        yield wait_until


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and all that it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def test_a_scheduler_tells_once_of_the_last_try_and_of_a_task_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags/trials.py").write_text(TRIALS)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with receivers.web() as slack:
        variables = {
            "AIRFLOW__CORE__DAGS_FOLDER": str(tmp_path / "dags"),
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
            "AIRFLOW_CONN_ASSAY_SLACK": http_connection(f"{slack.address}/services", TOKEN),
        }
        airflow = prepared(Airflow(home=tmp_path / "home", lake=tmp_path / "lake", variables=variables))
        # Before a scheduler runs: two that write to SQLite may meet.
        airflow.run("airflow", "dags", "reserialize")
        for name in ("flaky", "killed"):
            triggered = airflow.run("airflow", "dags", "trigger", name, "--conf", '{"business_date": "2010-12-01"}')
            assert triggered.returncode == 0, triggered.stdout
        with scheduling(airflow, address) as wait_until:
            logs = airflow.home / "logs"

            def logged(line: str) -> bool:
                return any(line in log.read_text() for log in logs.glob("dag_processor/**/*.log"))

            wait_until("the run of flaky finds it told", lambda: logged("the task flaky told of its failure itself"))
            wait_until("the run of killed tells of it", lambda: logged("told assay_slack: Assay: task failed"))
    told = {body["text"].splitlines()[0]: body["text"].splitlines()[2] for body in slack.bodies()}
    assert len(slack.posted) == 2
    assert told == {
        "Assay: task failed: retail flaky, 2010-12-01": "Why: ValueError: nothing will do",
        "Assay: task failed: retail killed, 2010-12-01": "Why: its process was killed, or its machine is gone",
    }
    assert any("tasks/flaky?try_number=2" in body["text"] for body in slack.bodies())
