"""All four stages of a day in one JVM, as `assay run` makes them, against four processes, as Airflow starts them."""

from pathlib import Path

from rounds import DAY, RUNTIME, assay, lake_with_a_day_landed, medians, submit, timed

STAGES = ("bronze", "silver", "gold", "ml")


def seconds(commands: list[list[str]]) -> float:
    with lake_with_a_day_landed() as lake:
        took = sum(timed(command, lake) for command in commands)
        # What publishes nothing is fast.
        if not Path(lake, "ml/retail/customer_segments").exists():
            raise RuntimeError(f"{commands[-1]} published no segments")
        return took


def main() -> None:
    four = [submit(stage, "--properties-file", str(RUNTIME / "conf/small.properties")) for stage in STAGES]
    one = [assay("run", "--pipeline", "retail", "--date", DAY)]
    took = medians({"four processes": lambda: seconds(four), "one JVM": lambda: seconds(one)})
    ratio = took["one JVM"] / took["four processes"]
    print(f"all stages of a day, one JVM / four processes: {ratio:.2f} (budget 0.40)")


if __name__ == "__main__":
    main()
