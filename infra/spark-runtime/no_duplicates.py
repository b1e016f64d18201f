"""Refuses runtime jars that hold what Spark's own jars, or another runtime jar, hold: no_duplicates.py RUNTIME

Whichever came first on the class path would win, and two versions of one library would be mixed.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile


def artifact(jar: Path) -> str:
    return re.sub(r"-\d.*", "", jar.stem)


def classes(jar: Path) -> Iterator[str]:
    with ZipFile(jar) as archive:
        for name in archive.namelist():
            if name.endswith(".class") and not name.startswith("META-INF/") and "-info." not in name:
                yield name


def duplicates(shared: list[Path], spark: list[Path]) -> Iterator[str]:
    """What is in a jar of `shared` and in another of `shared` or `spark`, a line a pair of jars."""
    holders = defaultdict(list)
    for jar in [*shared, *spark]:
        holders[f"artifact {artifact(jar)}"].append(jar)
        for name in classes(jar):
            holders[name].append(jar)
    counts = defaultdict(list)
    for held, jars in holders.items():
        if len(jars) > 1 and jars[0] in shared:
            counts[tuple(jar.name for jar in jars)].append(held)
    for jars, held in counts.items():
        yield f"{' and '.join(jars)}: {len(held)}, as {held[0]}"


def main() -> None:
    runtime = Path(sys.argv[1])
    spark = next(runtime.glob("spark/lib/python3*/site-packages/pyspark/jars"))
    found = list(duplicates(sorted((runtime / "jars").glob("*.jar")), sorted(spark.glob("*.jar"))))
    if found:
        sys.exit(
            "error: found twice on the class path; exclude it in infra/spark-runtime/pom.xml:\n  " + "\n  ".join(found)
        )


if __name__ == "__main__":
    main()
