"""What the soak scripts that run Airflow share: the tool on a lake, and `airflow standalone` on a home of its own."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
STALLED_AFTER = timedelta(minutes=10)


def assay(lake: Path, *command: str, may_end: tuple[int, ...] = (0,)) -> str:
    ran = subprocess.run(
        [HOME / "assay", *command],
        env={**os.environ, "ASSAY_LAKE": str(lake)},
        text=True,
        capture_output=True,
        check=False,
    )
    if ran.returncode not in may_end:
        raise SystemExit(f"assay {' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
    return ran.stdout


def status(lake: Path) -> list[dict]:
    return json.loads(assay(lake, "status", "--pipeline", "retail", "--format", "json"))


def rows(lake: Path, table: str) -> list[str]:
    """A table's rows as text, sorted, since a table has no order."""
    return sorted(assay(lake, "query", "--format", "csv", f"SELECT * FROM retail.{table}").splitlines())


def compare(what: str, lake: Path, expected: Path) -> None:
    """The same table-days and rows; but for days outside the expected, since Airflow runs the newest by itself."""
    days = [line["day"] for line in status(expected)]

    def states(of: Path) -> set[tuple]:
        lines = (line for line in status(of) if min(days) <= line["day"] <= max(days))
        return {(line["table"], line["day"], line["state"], line["rows"]) for line in lines}

    different = states(lake) ^ states(expected)
    if different:
        raise SystemExit(f"{what}: other table-days: {sorted(map(str, different))[:20]}")
    tables = sorted({line["table"] for line in status(expected)})
    counts = []
    for table in tables:
        got, wanted = rows(lake, table), rows(expected, table)
        if got != wanted:
            raise SystemExit(f"{what}: {table} differs: {sorted(set(got) ^ set(wanted))[:10]}")
        counts.append(f"{table} {len(wanted) - 1}")
    print(f"{what}: the same rows in {len(tables)} tables: {', '.join(counts)}", flush=True)


@dataclass(frozen=True)
class Attempt:
    """A stage's try at table-days, as the ledger has it; a process that was killed told of no end."""

    token: int
    run: str
    pid: int
    table_days: list[str]
    published: list[str]
    started: datetime
    ended: datetime | None


def attempts(lake: Path) -> list[Attempt]:
    return [_attempt(begun) for begun in sorted((lake / "_assay/ledger/retail").glob("*-attempt.json"))]


def _attempt(begun: Path) -> Attempt:
    attempt = json.loads(begun.read_text())
    ends = [begun.with_name(begun.name.replace("attempt", end)) for end in ("published", "ended")]
    outcomes = [json.loads(end.read_text()) for end in ends if end.exists()]
    results = [result for outcome in outcomes for result in outcome["tableDays"]]
    return Attempt(
        token=attempt["token"],
        run=attempt["runId"],
        pid=attempt["pid"],
        table_days=attempt["tableDays"],
        published=[result["tableDay"] for result in results if result["kind"] in ("PUBLISHED", "WITHDRAWN")],
        started=datetime.fromisoformat(attempt["startedAt"]),
        ended=max((datetime.fromisoformat(outcome["at"]) for outcome in outcomes), default=None),
    )


def wait_until(what: str, condition: Callable[[], bool], limit: timedelta = STALLED_AFTER, every: float = 1) -> None:
    end = time.monotonic() + limit.total_seconds()
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"waited {limit} in vain until {what}")
        time.sleep(every)


class Standalone:
    """`airflow standalone` on a home of its own, with the DAGs of this checkout; in a `with` its scheduler runs."""

    def __init__(self, base: Path, lake: Path, **variables: str) -> None:
        with socket.socket() as any_port:
            any_port.bind(("127.0.0.1", 0))
            port = any_port.getsockname()[1]
        self.database = base / "airflow.db"
        self.env = {
            **os.environ,
            "AIRFLOW_HOME": str(base),
            "ASSAY_LAKE": str(lake),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL": "30",
            **variables,
        }
        self.log = base.with_suffix(".log")
        self.airflow("db", "migrate")
        self.airflow("pools", "import", str(HOME / ".runtime" / "pools.json"))
        self.airflow("dags", "reserialize")
        self.airflow("dags", "unpause", "retail", "-y")

    def __enter__(self) -> "Standalone":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["airflow", "standalone"],
            env=self.env,
            stdout=self.log.open("a"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["airflow", *command], env=self.env, text=True, capture_output=True, check=False)

    def airflow(self, *command: str) -> str:
        ran = self.run(*command)
        if ran.returncode != 0:
            raise SystemExit(f"airflow {' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
        return ran.stdout

    def query(self, sql: str) -> list[tuple]:
        """Rows of Airflow's database, since its command line takes seconds."""
        with closing(sqlite3.connect(self.database, timeout=60)) as database:
            return database.execute(sql).fetchall()

    def run_of(self, day: str) -> str:
        """A backfill's run; Airflow names it by the day after."""
        of = f"run_type = 'backfill' AND logical_date LIKE '{day}%'"
        [(run,)] = self.query(f"SELECT run_id FROM dag_run WHERE {of}")
        return run

    def in_order(self, *runs: str) -> list[tuple]:
        """Runs as they were started: run, state, start, end."""
        these = ", ".join(f"'{run}'" for run in runs)
        return self.query(
            f"SELECT run_id, state, start_date, end_date FROM dag_run WHERE run_id IN ({these}) ORDER BY start_date"
        )

    def idle(self) -> bool:
        """Whether no run is to be done; a backfill is marked as done a while after its last."""
        [(busy,)] = self.query(
            "SELECT (SELECT count(*) FROM dag_run WHERE state IN ('queued', 'running'))"
            " + (SELECT count(*) FROM backfill WHERE completed_at IS NULL)"
        )
        return busy == 0

    def stage(self, name: str) -> int | None:
        """The process of a stage that runs under this Airflow."""
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0")
                ours = f"ASSAY_LAKE={self.env['ASSAY_LAKE']}\0".encode() in (entry / "environ").read_bytes()
            except OSError:
                continue
            if ours and words[0].endswith("java") and any(word.endswith(f"jobs-{name}.jar") for word in words):
                return int(entry.name)
        return None
