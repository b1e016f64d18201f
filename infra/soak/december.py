"""December 2010 in three ways: a range in one JVM, day by day, and `airflow backfill create` on `airflow standalone`.

All three must publish the same tables, row for row. Then a stage that runs under Airflow is killed; clearing its one
task must complete the day, and change no row. `december.py days` or `december.py backfill` tries that way alone. To be
run in Airflow's environment (infra/airflow/env.sh).
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
FIRST, LAST = date(2010, 12, 1), date(2010, 12, int(os.environ.get("LAST_DAY", "31")))
KILLED = date(2010, 12, 10)
STALLED_AFTER = timedelta(minutes=10)
NO_DATA = 7


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


def days() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def status(lake: Path) -> list[dict]:
    """December's table-days; Airflow also runs the newest day by itself, for which no file landed."""
    all_days = json.loads(assay(lake, "status", "--pipeline", "retail", "--format", "json"))
    return [line for line in all_days if str(FIRST) <= line["day"] <= str(LAST)]


def rows(lake: Path, table: str) -> list[str]:
    """A table's rows as text, sorted, since a table has no order."""
    return sorted(assay(lake, "query", "--format", "csv", f"SELECT * FROM retail.{table}").splitlines())


def compare(what: str, lake: Path, expected: Path) -> None:
    def states(of: Path) -> set[tuple]:
        return {(line["table"], line["day"], line["state"], line["rows"]) for line in status(of)}

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


class Standalone:
    """`airflow standalone` on a home of its own, with the DAGs of this checkout and a backfill of the month to do."""

    def __init__(self, base: Path, lake: Path) -> None:
        with socket.socket() as any_port:
            any_port.bind(("127.0.0.1", 0))
            port = any_port.getsockname()[1]
        self.env = {
            **os.environ,
            "AIRFLOW_HOME": str(base),
            "ASSAY_LAKE": str(lake),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL": "30",
        }
        self.log = base.with_suffix(".log")

    def __enter__(self) -> "Standalone":
        self.airflow("db", "migrate")
        self.airflow("pools", "import", str(HOME / ".runtime" / "pools.json"))
        self.airflow("dags", "reserialize")
        self.airflow("dags", "unpause", "retail", "-y")
        # Before anything else writes to SQLite: beside a running scheduler it may fail with "database is locked".
        self.airflow(
            *["backfill", "create", "--dag-id", "retail", "--from-date", str(FIRST), "--to-date", str(LAST)],
            *["--max-active-runs", "1"],
        )
        self.process = subprocess.Popen(
            ["airflow", "standalone"],
            env=self.env,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)

    def airflow(self, *command: str) -> str:
        ran = subprocess.run(["airflow", *command], env=self.env, text=True, capture_output=True, check=False)
        if ran.returncode != 0:
            raise SystemExit(f"airflow {' '.join(command)} ended with {ran.returncode}:\n{ran.stderr[-3000:]}")
        return ran.stdout

    def runs(self) -> dict[str, str]:
        # Airflow may say other things on stdout before the answer.
        lines = self.airflow("dags", "list-runs", "retail", "-o", "json").splitlines()
        listed = json.loads(next(line for line in reversed(lines) if line.startswith("[")))
        of_december = {str(day) for day in days()}
        states = {run["logical_date"][:10]: run["state"] for run in listed}
        return {day: state for day, state in states.items() if day in of_december}

    def settled(self, expected: int) -> Callable[[], bool]:
        """Whether so many runs ended; stops at the first that failed."""

        def ended() -> bool:
            states = self.runs()
            if "failed" in states.values():
                raise SystemExit(f"a run failed: {states}; Airflow's log is {self.log}")
            return sum(state == "success" for state in states.values()) == expected

        return ended

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


def wait_until(what: str, condition: Callable[[], bool], limit: timedelta = STALLED_AFTER) -> None:
    end = time.monotonic() + limit.total_seconds()
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"waited {limit} in vain until {what}")
        time.sleep(0.2 if limit < STALLED_AFTER else 20)


def backfill(base: Path, lake: Path, expected: Path) -> None:
    with Standalone(base, lake) as airflow:
        done = airflow.settled(len(days()))
        wait_until("the backfill is done", done, limit=timedelta(hours=1, minutes=30))
        compare("airflow backfill create", lake, expected)

        # What Airflow calls a regex is a part of the name.
        gold = ["-t", "gold", "-s", str(KILLED), "-e", str(KILLED), "-y", "retail"]
        airflow.airflow("tasks", "clear", *gold)
        wait_until("gold runs again", lambda: airflow.stage("gold") is not None, limit=timedelta(minutes=2))
        time.sleep(3)
        killed = airflow.stage("gold")
        if killed is None:
            raise SystemExit("gold ended before it could be killed")
        os.kill(killed, signal.SIGKILL)
        wait_until("gold is gone", lambda: airflow.stage("gold") is None, limit=timedelta(minutes=1))
        compare("after kill -9 of gold", lake, expected)
        airflow.airflow("tasks", "clear", *gold)
        wait_until("gold runs once more", lambda: airflow.stage("gold") is not None, limit=timedelta(minutes=2))
        wait_until("the cleared task completes the day", done)
        compare("after its task was cleared", lake, expected)


def main(ways: list[str]) -> int:
    base = Path(tempfile.mkdtemp(prefix="december-"))
    print(f"the lakes are in {base}; they stay there if something is wrong", flush=True)
    landing = base / "landing"
    (landing / "retail").mkdir(parents=True)
    (landing / "retail" / "orders").symlink_to(HOME.parent / "shared/data/online-retail")
    os.environ["ASSAY_LANDING"] = str(landing)
    assay(base / "range", "run", "--pipeline", "retail", "--from", str(FIRST), "--to", str(LAST))
    if "days" in ways:
        for day in days():
            assay(base / "days", "run", "--pipeline", "retail", "--date", str(day), may_end=(0, NO_DATA))
        compare("day by day", base / "days", base / "range")
    if "backfill" in ways:
        backfill(base / "airflow", base / "backfill", base / "range")
    shutil.rmtree(base)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["days", "backfill"]))
