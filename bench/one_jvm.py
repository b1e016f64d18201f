"""All four stages of a day in one JVM, as `assay run` makes them, against four processes, as Airflow starts them.

In turn, in one run, each time on a lake of its own. Prints each way's times and their ratio.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
RUNTIME = HOME / ".runtime"
SPARK_HOME = RUNTIME / "spark/lib/python3.11/site-packages/pyspark"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
DAY = "2010-12-01"
STAGES = {"bronze": "BronzeJob", "silver": "SilverJob", "gold": "GoldJob", "ml": "MlJob"}


def seconds(commands: list[list[str]]) -> float:
    with tempfile.TemporaryDirectory() as lake:
        orders = Path(lake, "landing/retail/orders")
        orders.mkdir(parents=True)
        shutil.copy(HOME / f"infra/demo/data/retail/orders/{DAY}.csv", orders)
        env = {**os.environ, "SPARK_HOME": str(SPARK_HOME), "ASSAY_HOME": str(HOME), "ASSAY_LAKE": lake}
        started = time.monotonic()
        for command in commands:
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took = time.monotonic() - started
        # What publishes nothing is fast.
        if not Path(lake, "ml/retail/customer_segments").exists():
            raise RuntimeError(f"{commands[-1]} published no segments")
        return took


def submit(stage: str, job: str) -> list[str]:
    return [
        str(SPARK_HOME / "bin/spark-submit"),
        *["--master", "local[2]", "--properties-file", str(RUNTIME / "conf/small.properties")],
        *["--class", f"dev.assay.{stage}.{job}", str(RUNTIME / f"assay/jobs-{stage}.jar")],
        *["--pipeline", "retail", "--date", DAY],
    ]


def main() -> int:
    ways = {
        "four processes": [submit(stage, job) for stage, job in STAGES.items()],
        "one JVM": [[str(HOME / "assay"), "run", "--pipeline", "retail", "--date", DAY]],
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, commands in ways.items():
            times[way].append(seconds(commands))
    for way, all_seconds in times.items():
        listed = " ".join(f"{one:.1f}" for one in all_seconds)
        print(f"{way}: median {statistics.median(all_seconds):.1f} s ({listed})")
    ratio = statistics.median(times["one JVM"]) / statistics.median(times["four processes"])
    print(f"all stages of a day, one JVM / four processes: {ratio:.2f} (budget 0.40)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
