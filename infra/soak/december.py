"""December 2010 in three ways: a range in one JVM, day by day, and `airflow backfill create` on `airflow standalone`.

All three must publish the same tables, row for row. Then a stage that runs under Airflow is killed; clearing its one
task must complete the day, and change no row. `december.py days` or `december.py backfill` tries that way alone. To be
run in Airflow's environment (infra/airflow/env.sh).
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from standalone import HOME, Standalone, assay, compare, wait_until

FIRST, LAST = date(2010, 12, 1), date(2010, 12, int(os.environ.get("LAST_DAY", "31")))
KILLED = date(2010, 12, 10)
NO_DATA = 7


def days() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def settled(airflow: Standalone) -> Callable[[], bool]:
    """Whether every day's run ended; stops at the first that failed."""

    def ended() -> bool:
        # Airflow also runs the newest day by itself, for which no file landed.
        states = dict(
            airflow.query(
                "SELECT substr(logical_date, 1, 10) AS day, state FROM dag_run"
                f" WHERE dag_id = 'retail' AND day BETWEEN '{FIRST}' AND '{LAST}'"
            )
        )
        if "failed" in states.values():
            raise SystemExit(f"a run failed: {states}; Airflow's log is {airflow.log}")
        return sum(state == "success" for state in states.values()) == len(days())

    return ended


def backfill(base: Path, lake: Path, expected: Path) -> None:
    airflow = Standalone(base, lake)
    # Before anything else writes to SQLite: beside a running scheduler it may fail with "database is locked".
    airflow.airflow(
        *["backfill", "create", "--dag-id", "retail", "--from-date", str(FIRST), "--to-date", str(LAST)],
        *["--max-active-runs", "1"],
    )
    with airflow:
        done = settled(airflow)
        wait_until("the backfill is done", done, limit=timedelta(hours=1, minutes=30), every=20)
        compare("airflow backfill create", lake, expected)

        # What Airflow calls a regex is a part of the name.
        gold = ["-t", "gold", "-s", str(KILLED), "-e", str(KILLED), "-y", "retail"]
        airflow.airflow("tasks", "clear", *gold)
        runs_again = timedelta(minutes=2)
        wait_until("gold runs again", lambda: airflow.stage("gold") is not None, limit=runs_again, every=0.2)
        time.sleep(3)
        killed = airflow.stage("gold")
        if killed is None:
            raise SystemExit("gold ended before it could be killed")
        os.kill(killed, signal.SIGKILL)
        wait_until("gold is gone", lambda: airflow.stage("gold") is None, limit=timedelta(minutes=1), every=0.2)
        compare("after kill -9 of gold", lake, expected)
        airflow.airflow("tasks", "clear", *gold)
        wait_until("gold runs once more", lambda: airflow.stage("gold") is not None, limit=runs_again, every=0.2)
        wait_until("the cleared task completes the day", done, every=20)
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
