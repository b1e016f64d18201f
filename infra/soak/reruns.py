"""Every way to run days again on `airflow standalone`: backfills of each kind, clearing, triggers with a business date.

Each step must run exactly the tasks and publish exactly the table-days that it is about. In the end no two attempts at
a table-day may have met, each run must have tried its own business date alone, and the tables must be those of one
range on a fresh lake. To be run in Airflow's environment (infra/airflow/env.sh).
"""

import csv
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from standalone import HOME, Attempt, Standalone, assay, attempts, compare, status, wait_until

WEEK = HOME / "infra/demo/data/retail/orders"
FIRST, SECOND, THIRD, SATURDAY, SUNDAY, MONDAY, LAST = (f"2010-12-0{day}" for day in range(1, 8))
ELSEWHERE = "2011-02-03"
STAGES = ["bronze", "silver", "gold", "ml"]
TASKS = ["business_date", "wait_for_feeds", *STAGES]
LOOKING_BACK = ["customer_rfm", "cohort_retention", "customer_value", "customer_segments"]
TABLES = ["orders_raw", "order_lines", "daily_sales", "product_daily", *LOOKING_BACK]
# On the first day of a week.
LEARNED = ["customer_segments_training", "customer_segments_profiles"]
A_BACKFILL = timedelta(minutes=25)

Lines = list[list[str]]


def of_days(tables: Iterable[str], *days: str) -> list[str]:
    return [f"retail.{table}/{day}" for day in days for table in tables]


def of_runs(tasks: Iterable[str], *runs: str) -> list[str]:
    return [f"{run} {task}" for run in runs for task in tasks]


def require_same(what: str, got: Iterable[str], wanted: Iterable[str]) -> None:
    there, due = Counter(got), Counter(wanted)
    if there != due:
        unexpected, missing = (sorted(some.elements()) for some in (there - due, due - there))
        raise SystemExit(f"{what}: unexpected {unexpected}, missing {missing}")


class Trial:
    """Airflow, a lake and the files that land for it."""

    def __init__(self, base: Path) -> None:
        self.lake, self.landing = base / "lake", base / "landing/retail/orders"
        shutil.copytree(WEEK, self.landing)
        os.environ["ASSAY_LANDING"] = str(base / "landing")
        # No run of the newest day, for which no file lands: it would hold the triggered ones back while it waits.
        self.airflow = Standalone(base / "airflow", self.lake, AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE="False")
        self.killed: dict[int, datetime] = {}

    @contextmanager
    def step(self, what: str, ran: list[str], published: list[str], failed: tuple[str, ...] = ()) -> Iterator[None]:
        """What is done in it must run and publish this and nothing else, and leave the runs of these days failed."""
        tries, tokens, began = self.tries(), len(attempts(self.lake)), time.monotonic()
        yield
        wait_until(f"it is done: {what}", self.airflow.idle, limit=A_BACKFILL)
        new = attempts(self.lake)[tokens:]
        require_same(f"{what}: tasks", (task for task, n in self.tries().items() if n > tries.get(task, 0)), ran)
        require_same(f"{what}: published", (each for attempt in new for each in attempt.published), published)
        if not published:
            require_same(f"{what}: tried what is current", (each for attempt in new for each in attempt.table_days), [])
        states = self.airflow.query("SELECT substr(logical_date, 1, 10) FROM dag_run WHERE state = 'failed'")
        require_same(f"{what}: failed runs", (day for (day,) in states), failed)
        took = time.monotonic() - began
        print(f"{what}: {took:.0f} s, {len(ran)} tasks, {len(published)} table-days published", flush=True)

    def tries(self) -> dict[str, int]:
        """How often each task was tried; a backfill's run goes by its day, a triggered one by its id."""
        found = self.airflow.query(
            "SELECT CASE run_type WHEN 'backfill' THEN substr(logical_date, 1, 10) ELSE run_id END, task_id, try_number"
            " FROM task_instance JOIN dag_run USING (run_id)"
        )
        return {f"{run} {task}": number for run, task, number in found}

    def require_together(self, *runs: str) -> None:
        spans = self.airflow.in_order(*runs)
        if max(start for _, _, start, _ in spans) >= min(end for _, _, _, end in spans):
            raise SystemExit(f"they did not run at the same time: {spans}")

    def backfill(self, first: str, last: str, behavior: str, *more: str) -> None:
        # Beside a running scheduler, two that write to SQLite may meet.
        self.airflow.stop()
        self.airflow.airflow(*backfill(first, last, behavior), *more)
        self.airflow.start()

    def clear(self, stage: str, first: str, last: str) -> None:
        self.airflow.airflow("tasks", "clear", "retail", "-t", stage, "-s", first, "-e", last, "-y")

    def trigger(self, run: str, business_date: str, *more: str) -> None:
        conf = json.dumps({"business_date": business_date})
        self.airflow.airflow("dags", "trigger", "retail", "--run-id", run, "--conf", conf, *more)

    def refuse(self, *backfill: str) -> None:
        refused = self.airflow.run(*backfill)
        if refused.returncode == 0 or "There can be only one running backfill per Dag" not in refused.stderr:
            raise SystemExit(f"a second backfill ended with {refused.returncode}:\n{refused.stderr[-3000:]}")

    def clear_stalled(self, table_day: str, stage: str, logical_date: str) -> None:
        """Stops a stage in the middle of its work, as one that hangs, and clears its task."""

        def at_work() -> list[Attempt]:
            return [each for each in attempts(self.lake) if table_day in each.table_days and each.ended is None]

        wait_until(f"{table_day} is tried", lambda: bool(at_work()), every=0.1)
        [stalled] = at_work()
        os.kill(stalled.pid, signal.SIGSTOP)
        self.clear(stage, logical_date, logical_date)
        wait_until("its process is gone", lambda: not Path(f"/proc/{stalled.pid}").exists(), every=0.1)
        self.killed[stalled.token] = datetime.now(UTC)
        if next(each for each in attempts(self.lake) if each.token == stalled.token).ended:
            raise SystemExit(f"{stage} ended before it could be stopped")

    def land(self, day: str, changed: Callable[[Lines], Lines] = lambda lines: lines) -> None:
        with (WEEK / f"{day}.csv").open(newline="") as received, (self.landing / f"{day}.csv").open("w") as landed:
            header, *lines = csv.reader(received)
            csv.writer(landed, lineterminator="\n").writerows([header, *changed(lines)])


def backfill(first: str, last: str, behavior: str) -> list[str]:
    of = ["--dag-id", "retail", "--from-date", first, "--to-date", last]
    return ["backfill", "create", *of, "--max-active-runs", "1", "--reprocess-behavior", behavior]


def run_again_in_every_way(trial: Trial) -> None:
    three, no_data = (FIRST, SECOND, THIRD), of_runs(TASKS[:3], SATURDAY)
    with trial.step(
        "backfill with none; meanwhile one that overlaps is refused, and its second day triggered by hand",
        ran=of_runs(TASKS, *three, "by-hand"),
        published=of_days(TABLES, *three) + of_days(LEARNED, FIRST),
    ):
        trial.backfill(FIRST, THIRD, "none")
        trial.refuse(*backfill(SECOND, SATURDAY, "none"))
        second = trial.airflow.run_of(SECOND)
        wait_until("the second day runs", lambda: trial.airflow.in_order(second)[0][1] == "running")
        trial.trigger("by-hand", SECOND)
    trial.require_together("by-hand", second)

    trial.land(SUNDAY, lambda lines: [])
    trial.land(MONDAY, lambda lines: [[*line[:3], "many", *line[4:]] for line in lines])
    with trial.step(
        "backfill of two days that bronze and silver refuse",
        ran=no_data + of_runs(TASKS[:3], SUNDAY) + of_runs(TASKS[:4], MONDAY),
        published=of_days(["orders_raw"], MONDAY),
        failed=(SUNDAY, MONDAY),
    ):
        trial.backfill(SATURDAY, MONDAY, "none")
    trial.land(SUNDAY)
    with trial.step(
        "the failed tasks of a day cleared, whose file was corrected",
        ran=of_runs(STAGES, SUNDAY),
        published=of_days(TABLES, SUNDAY),
        failed=(MONDAY,),
    ):
        trial.airflow.airflow(
            "dags", "clear", "retail", "--run-id", trial.airflow.run_of(SUNDAY), "--only-failed", "--yes"
        )
    trial.land(MONDAY)
    with trial.step("backfill with failed", ran=of_runs(TASKS, MONDAY), published=of_days(TABLES + LEARNED, MONDAY)):
        trial.backfill(SATURDAY, MONDAY, "failed")

    with trial.step("a whole day cleared", ran=of_runs(TASKS, SECOND), published=[]):
        trial.airflow.airflow("dags", "clear", "retail", "--run-id", second, "--yes")
    with trial.step("a stage of a range cleared", ran=of_runs(["gold"], *three), published=[]):
        trial.clear("gold", FIRST, THIRD)
    with trial.step(
        "a day triggered on another logical date, and its gold cleared while it hangs",
        ran=of_runs(TASKS, "elsewhere"),
        published=of_days(TABLES, LAST),
    ):
        trial.trigger("elsewhere", LAST, "--logical-date", ELSEWHERE)
        trial.clear_stalled(f"retail.daily_sales/{LAST}", "gold", ELSEWHERE)

    with trial.step("backfill with completed, backwards, three at once", ran=of_runs(TASKS, *three), published=[]):
        trial.backfill(FIRST, THIRD, "completed", "--run-backwards", "--max-active-runs", "3")
    trial.require_together(*(trial.airflow.run_of(day) for day in three))
    trial.land(SECOND, lambda lines: lines[:-100])
    with trial.step(
        "backfill with completed, backwards, of a corrected day and the next",
        ran=of_runs(TASKS, SECOND, THIRD),
        published=of_days(TABLES, SECOND),
    ):
        trial.backfill(SECOND, THIRD, "completed", "--run-backwards")
    if trial.airflow.in_order(second, third := trial.airflow.run_of(THIRD))[0][0] != third:
        raise SystemExit("the backfill did not run backwards")
    later = (THIRD, SUNDAY, MONDAY, LAST)
    with trial.step(
        "backfill with completed of the days that look back on it",
        ran=of_runs(TASKS, *later) + no_data,
        published=of_days(LOOKING_BACK, *later) + of_days(LEARNED, MONDAY),
    ):
        trial.backfill(THIRD, LAST, "completed")


def require_one_writer(trial: Trial) -> None:
    """An attempt at a table-day began only when each before it had ended, or its process was gone."""
    tried = attempts(trial.lake)
    ended = {each.token: each.ended or trial.killed[each.token] for each in tried}
    pairs = [pair for pair in combinations(tried, 2) if set(pair[0].table_days) & set(pair[1].table_days)]
    met = [pair for pair in pairs if ended[pair[0].token] >= pair[1].started]
    if met or not pairs:
        raise SystemExit(f"two attempts at a table-day met, of {len(pairs)} pairs: {met}")
    print(f"of {len(tried)} attempts {len(pairs)} pairs are at a same table-day, and none met", flush=True)


def require_own_days(trial: Trial) -> None:
    """Each run derived the date that it was given, and tried table-days of that date alone."""
    derived = {}
    for run, conf, logical_date, value in trial.airflow.query(
        "SELECT run_id, conf, substr(logical_date, 1, 10), value FROM dag_run JOIN xcom USING (run_id)"
        " WHERE task_id = 'business_date' AND key = 'return_value'"
    ):
        derived[run] = json.loads(value)
        require_same(f"{run}: business date", [derived[run]], [json.loads(conf).get("business_date", logical_date)])
    for attempt in attempts(trial.lake):
        days = {table_day.partition("/")[2] for table_day in attempt.table_days}
        require_same(f"attempt {attempt.token} of {attempt.run}", days, [derived[attempt.run]])
    print(f"each of {len(derived)} runs tried its own business date alone", flush=True)


def main() -> int:
    base = Path(tempfile.mkdtemp(prefix="reruns-"))
    print(f"the lakes are in {base}; they stay there if something is wrong", flush=True)
    trial = Trial(base)
    with trial.airflow:
        run_again_in_every_way(trial)
    require_one_writer(trial)
    require_own_days(trial)
    require_same("all is current", {line["state"] for line in status(trial.lake)}, ["current", "no-data"])
    assay(base / "range", "run", "--pipeline", "retail", "--from", FIRST, "--to", LAST)
    compare("after all of it", trial.lake, base / "range")
    shutil.rmtree(base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
