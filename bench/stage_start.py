"""The start of a stage: from starting spark-submit to the commit that has the day's rows.

Ours, with the properties that set-up composed, against stock spark-submit with default configuration.
"""

import time
from pathlib import Path

from rounds import RUNTIME, lake_with_a_day_landed, medians, submit, timed

# What conf tunes, set back to what Spark and Delta have by themselves.
UNTUNED = {
    "spark.ui.enabled": "true",
    "spark.sql.parquet.compression.codec": "snappy",
    "spark.databricks.delta.snapshotPartitions": "50",
    "spark.sql.maxConcurrentOutputFileWriters": "0",
    "spark.sql.shuffle.partitions": "200",
    "spark.sql.codegen.factoryMode": "FALLBACK",
}


def to_first_commit(command: list[str]) -> float:
    with lake_with_a_day_landed() as lake:
        started = time.time_ns()
        timed(command, lake)
        # Version 0 creates the table, version 1 has the rows.
        commit = Path(lake, "bronze/retail/orders_raw/_delta_log/00000000000000000001.json")
        return (commit.stat().st_mtime_ns - started) / 1e9


def main() -> None:
    jars = ":".join(sorted(str(jar) for jar in (RUNTIME / "jars").glob("*.jar")))
    untuned = [
        part
        for key, value in UNTUNED.items()
        for of in ("session.spark", "session.sizes.small.spark")
        for part in ("-D", f"{of}.{key}={value}")
    ]
    stock = [*submit("bronze", "--driver-class-path", jars), *untuned]
    ours = submit("bronze", "--properties-file", str(RUNTIME / "conf/small.properties"))
    took = medians({"stock": lambda: to_first_commit(stock), "ours": lambda: to_first_commit(ours)})
    print(f"start of a stage to its first commit, ours / stock: {took['ours'] / took['stock']:.2f} (budget 0.40)")


if __name__ == "__main__":
    main()
