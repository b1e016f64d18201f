"""What a person waits for: a plan, a status and a rollback, each a process that starts no Spark.

Plans and statuses of three pipelines with twenty tables and a thousand days each; the rollback is of five tables. A
process that only says its version is measured beside them, in turn: the start of a JVM.
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
ROUNDS = int(os.environ.get("ROUNDS", "5"))


def large_lake(base: Path) -> list[str]:
    conf = base / "conf"
    shutil.copytree(HOME / "conf/environments", conf / "environments")
    shutil.copy(HOME / "conf/reference.conf", conf)
    [jar] = (HOME / "bench/target").glob("bench-*-all.jar")
    jars = f"{jar}:{RUNTIME}/jars/*:{RUNTIME}/spark/lib/python3.11/site-packages/pyspark/jars/*"
    make = ["java", "-cp", jars, "dev.assay.bench.LargeLake", str(conf), str(base / "lake")]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    return ["--conf-dir", str(conf), "-D", f"lake={base / 'lake'}"]


def seconds(*command: str) -> float:
    started = time.monotonic()
    subprocess.run([str(HOME / "assay"), *command], check=True, stdout=subprocess.DEVNULL, cwd=HOME)
    return time.monotonic() - started


def main() -> int:
    times: dict[str, list[float]] = {"start of a JVM": [], "three plans": [], "a status": []}
    days = ["--from", "2020-01-01", "--to", "2022-09-26"]
    with tempfile.TemporaryDirectory() as folder:
        where = large_lake(Path(folder))
        for _ in range(ROUNDS):
            times["start of a JVM"].append(seconds("--version"))
            plans = [seconds("plan", "--pipeline", f"p{n}", *days, *where) for n in (1, 2, 3)]
            times["three plans"].append(sum(plans))
            times["a status"].append(seconds("status", "--pipeline", "p1", *where))
    for what, all_seconds in times.items():
        print(
            f"{what}: median {statistics.median(all_seconds):.2f} s, {min(all_seconds):.2f} to {max(all_seconds):.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
