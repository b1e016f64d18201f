"""What a person waits for: a plan, a status and a rollback, each a process that starts no Spark.

Plans and statuses of three pipelines with twenty tables and a thousand days each; the rollback is of every table of
retail. A process that only says its version is measured beside them: the start of a JVM.
"""

import shutil
import tempfile
from itertools import cycle
from pathlib import Path

from rounds import DAY, HOME, RUNTIME, SPARK_HOME, assay, lake_with_a_day_landed, medians, timed


def large_lake(base: Path) -> list[str]:
    conf = base / "conf"
    shutil.copytree(HOME / "conf/environments", conf / "environments")
    shutil.copy(HOME / "conf/reference.conf", conf)
    [jar] = (HOME / "bench/target").glob("bench-*-all.jar")
    jars = f"{jar}:{RUNTIME}/jars/*:{SPARK_HOME}/jars/*"
    timed(["java", "-cp", jars, "dev.assay.bench.LargeLake", str(conf), str(base / "lake")])
    return ["--conf-dir", str(conf), "-D", f"lake={base / 'lake'}"]


def releases_of_a_day(lake: str) -> list[int]:
    """Two releases of every table of retail, none of whose files are the same."""
    numbers = []
    for again in ([], ["--again"]):
        timed(assay("run", "--pipeline", "retail", "--date", DAY, *again), lake)
        numbers.append(int(Path(lake, "_assay/releases/retail/latest").read_text()))
    return numbers


def main() -> None:
    days = ["--from", "2020-01-01", "--to", "2022-09-26"]
    with tempfile.TemporaryDirectory() as folder, lake_with_a_day_landed() as lake:
        where = large_lake(Path(folder))
        releases = cycle(releases_of_a_day(lake))
        took = medians(
            {
                "start of a JVM": lambda: timed(assay("--version")),
                "three plans": lambda: sum(
                    timed(assay("plan", "--pipeline", f"p{n}", *days, *where)) for n in (1, 2, 3)
                ),
                "a status": lambda: timed(assay("status", "--pipeline", "p1", *where)),
                "a rollback": lambda: timed(
                    assay("releases", "rollback", "--pipeline", "retail", str(next(releases))), lake
                ),
            }
        )
    start = took["start of a JVM"]
    print(f"beyond the start of each JVM: three plans {took['three plans'] - 3 * start:.2f} s (budget 5)")
    print(f"a status {took['a status'] - start:.2f} s, a rollback {took['a rollback'] - start:.2f} s (budgets 2)")


if __name__ == "__main__":
    main()
