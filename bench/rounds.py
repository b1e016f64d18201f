"""Times several ways in turn, in one run, so that a machine that is busy is so for all of them."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
RUNTIME = HOME / ".runtime"
SPARK_HOME = RUNTIME / "spark/lib/python3.11/site-packages/pyspark"
DAY = "2010-12-01"


def medians(ways: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Prints what each way took, round after round, and gives the medians."""
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(int(os.environ.get("ROUNDS", "5"))):
        for way, take in ways.items():
            times[way].append(take())
    for way, seconds in times.items():
        listed = " ".join(f"{second:.2f}" for second in seconds)
        print(f"{way}: median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f} ({listed})")
    return {way: statistics.median(seconds) for way, seconds in times.items()}


def timed(command: list[str], lake: str | None = None) -> float:
    """How many seconds a command takes that must succeed."""
    env = {**os.environ, "SPARK_HOME": str(SPARK_HOME), "ASSAY_HOME": str(HOME)}
    if lake is not None:
        env["ASSAY_LAKE"] = lake
    started = time.monotonic()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HOME)
    return time.monotonic() - started


def assay(*command: str) -> list[str]:
    """The tool with a command."""
    return [str(HOME / "assay"), *command]


def submit(stage: str, *options: str) -> list[str]:
    """A stage of retail as Airflow starts it, but for options."""
    return [
        *[str(SPARK_HOME / "bin/spark-submit"), "--master", "local[2]", *options],
        *["--class", f"dev.assay.{stage}.{stage.capitalize()}Job", str(RUNTIME / f"assay/jobs-{stage}.jar")],
        *["--pipeline", "retail", "--date", DAY],
    ]


@contextmanager
def lake_with_a_day_landed() -> Iterator[str]:
    """A lake of its own, for which a day of retail has landed."""
    with tempfile.TemporaryDirectory() as lake:
        orders = Path(lake, "landing/retail/orders")
        orders.mkdir(parents=True)
        shutil.copy(HOME / f"infra/demo/data/retail/orders/{DAY}.csv", orders)
        yield lake
