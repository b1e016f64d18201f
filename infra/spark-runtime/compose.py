"""Composes the files that JVMs are started with, from what conf says of each size of stage.

Writes .runtime/conf/<size>.properties for spark-submit, .runtime/conf/cli.options for the tool, and for those of its
commands that run stages of a pipeline with one that is not small .runtime/conf/run-<pipeline>.options. All name one and
the same class path, jar by jar in the order in which spark-submit puts them, because a class archive is only used where
the class path begins as it did when the archive was made.
"""

import json
import os
import sys
from pathlib import Path

# What Spark's own launcher opens on JDK 17 (org.apache.spark.launcher.JavaModuleOptions).
OPENED = [
    "java.base/java.lang",
    "java.base/java.lang.invoke",
    "java.base/java.lang.reflect",
    "java.base/java.io",
    "java.base/java.net",
    "java.base/java.nio",
    "java.base/java.util",
    "java.base/java.util.concurrent",
    "java.base/java.util.concurrent.atomic",
    "java.base/jdk.internal.ref",
    "java.base/sun.nio.ch",
    "java.base/sun.nio.cs",
    "java.base/sun.security.action",
    "java.base/sun.util.calendar",
    "java.security.jgss/sun.security.krb5",
]


def spark_home(runtime: Path) -> Path:
    return next(runtime.glob("spark/lib/python3*/site-packages/pyspark"))


def archive_options(runtime: Path) -> list[str]:
    """JVM options that use the class archive, and say nothing where it does not fit."""
    archive = runtime / "cds" / "runtime.jsa"
    return [f"-XX:SharedArchiveFile={archive}", "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]


def logging(runtime: Path) -> str:
    return f"-Dlog4j2.configurationFile={runtime.parent}/infra/spark-runtime/log4j2.properties"


def write_properties(runtime: Path, size: str, tuned: dict, jars: list[str]) -> None:
    options = [*tuned["jvm"].split(), *archive_options(runtime), "-Duser.timezone=UTC", logging(runtime)]
    settings = {
        "spark.driver.memory": tuned["memory"],
        "spark.driver.extraClassPath": ":".join(jars),
        "spark.driver.extraJavaOptions": " ".join(options),
        "spark.ui.enabled": "false",
        **tuned["spark"],
    }
    lines = [f"{key} {value}\n" for key, value in settings.items()]
    (runtime / "conf" / f"{size}.properties").write_text("".join(lines))


def write_tool_options(runtime: Path, name: str, tuned: dict, jars: list[str]) -> None:
    home = spark_home(runtime)
    class_path = [*jars, f"{home}/conf", *spark_jars(home), f"{runtime}/assay/cli.jar"]
    options = [
        f"-Xmx{tuned['memory']}",
        *tuned["jvm"].split(),
        *archive_options(runtime),
        "-Duser.timezone=UTC",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-Djdk.reflect.useDirectMethodHandle=false",
        *[f"--add-opens={package}=ALL-UNNAMED" for package in OPENED],
        logging(runtime),
        "-cp",
        ":".join(class_path),
    ]
    (runtime / "conf" / f"{name}.options").write_text("".join(f'"{option}"\n' for option in options))


def spark_jars(home: Path) -> list[str]:
    """Spark's jars as spark-submit orders them: slf4j-api, then as the JVM expands a wildcard, slf4j-api once more."""
    jars = [f"{home}/jars/{entry.name}" for entry in os.scandir(home / "jars") if entry.name.endswith(".jar")]
    return [*(jar for jar in jars if Path(jar).name.startswith("slf4j-api-")), *jars]


def main() -> None:
    runtime = Path(sys.argv[1]).resolve()
    described = json.loads((runtime / "describe.json").read_text())
    sizes = described["sizes"]
    jars = sorted(str(jar) for jar in (runtime / "jars").glob("*.jar"))
    (runtime / "conf").mkdir(exist_ok=True)
    for size, tuned in sizes.items():
        write_properties(runtime, size, tuned, jars)
    for before in (runtime / "conf").glob("run-*.options"):
        before.unlink()
    write_tool_options(runtime, "cli", sizes["small"], jars)
    for pipeline in described["pipelines"]:
        if any(stage["size"] == "large" for stage in pipeline["stages"]):
            write_tool_options(runtime, f"run-{pipeline['name']}", sizes["large"], jars)


if __name__ == "__main__":
    main()
