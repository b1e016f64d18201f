"""The start of a stage: from starting spark-submit to the commit that has the day's rows.

Ours, with the properties that set-up composed, against stock spark-submit with default configuration, interleaved in
one run on a lake of its own each time. Prints each time, the medians, the spreads and the ratio.
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


def to_first_commit(options: list[str], untuned: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory() as lake:
        orders = Path(lake, "landing/retail/orders")
        orders.mkdir(parents=True)
        shutil.copy(HOME / f"infra/demo/data/retail/orders/{DAY}.csv", orders)
        command = [
            str(SPARK_HOME / "bin/spark-submit"),
            *["--master", "local[2]", *options, "--class", "dev.assay.bronze.BronzeJob"],
            *[str(RUNTIME / "assay/jobs-bronze.jar"), "--pipeline", "retail", "--date", DAY],
            *[part for key, value in untuned.items() for part in ("-D", f"session.spark.{key}={value}")],
            *[part for key, value in untuned.items() for part in ("-D", f"session.sizes.small.spark.{key}={value}")],
        ]
        env = {**os.environ, "SPARK_HOME": str(SPARK_HOME), "ASSAY_HOME": str(HOME), "ASSAY_LAKE": lake}
        started = time.time_ns()
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Version 0 creates the table, version 1 has the rows.
        commit = Path(lake, "bronze/retail/orders_raw/_delta_log/00000000000000000001.json")
        return (commit.stat().st_mtime_ns - started) / 1e9


# What conf tunes, set back to what Spark and Delta have by themselves.
UNTUNED = {
    "spark.ui.enabled": "true",
    "spark.sql.parquet.compression.codec": "snappy",
    "spark.databricks.delta.snapshotPartitions": "50",
    "spark.sql.maxConcurrentOutputFileWriters": "0",
    "spark.sql.shuffle.partitions": "200",
    "spark.sql.codegen.factoryMode": "FALLBACK",
}


def main() -> int:
    jars = ":".join(sorted(str(jar) for jar in (RUNTIME / "jars").glob("*.jar")))
    ways = {
        "stock": (["--driver-class-path", jars], UNTUNED),
        "ours": (["--properties-file", str(RUNTIME / "conf/small.properties")], {}),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, (options, untuned) in ways.items():
            times[way].append(to_first_commit(options, untuned))
    for way, seconds in times.items():
        listed = " ".join(f"{second:.2f}" for second in seconds)
        print(f"{way}: median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f} ({listed})")
    ratio = statistics.median(times["ours"]) / statistics.median(times["stock"])
    print(f"start of a stage to its first commit, ours / stock: {ratio:.2f} (budget 0.40)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
