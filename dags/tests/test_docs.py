"""The commands on the pages for operators, run as they stand there, in the order in which one would come to them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import HOME

BLOCK = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Operator:
    """Somebody with a lake on which two days landed, who does what a page says."""

    def __init__(self, lake: Path) -> None:
        self.orders = lake / "landing/retail/orders"
        self.orders.mkdir(parents=True)
        for day in ("2010-12-01", "2010-12-02"):
            shutil.copy(HOME / f"infra/demo/data/retail/orders/{day}.csv", self.orders)
        self.env = {**os.environ, "ASSAY_LAKE": str(lake), "ASSAY_LANDING": str(lake / "landing")}

    def follow(self, page: str) -> list[str]:
        """Runs every command of a page; what each said."""
        text = (HOME / f"docs/{page}.md").read_text()
        commands = [line for block in BLOCK.findall(text) for line in block.splitlines()]
        assert commands, f"{page} has no commands"
        return [self.run(command) for command in commands]

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=HOME,
            env=self.env,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr[-3000:]}"
        return done.stdout


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    return Operator(tmp_path_factory.mktemp("operator"))


def lines(operator: Operator) -> int:
    counted = operator.run(
        "./assay query --format csv \"SELECT count(*) FROM retail.order_lines WHERE day = DATE'2010-12-01'\""
    )
    return int(counted.splitlines()[-1])


def test_back_fills_a_range(operator: Operator) -> None:
    plan, ran = operator.follow("back-fill")

    assert re.search(r"bronze +2010-12-01 +orders_raw +make", plan)
    again = operator.run("./assay plan --pipeline retail --from 2010-12-01 --to 2010-12-07")
    assert again.startswith("nothing to do")
    assert "retail.order_lines/2010-12-01: 3064 rows published of 3108, " in ran


def test_runs_a_stage_again(operator: Operator) -> None:
    silver, tables, planned, as_was, status = operator.follow("re-run")

    assert "retail.order_lines/2010-12-01: current" in silver
    assert "retail.daily_sales/2010-12-01: current" in tables
    assert ", by cli.jar sha256:" in planned
    assert "retail.daily_sales/2010-12-01: the same rows as release" in as_was
    assert len(re.findall(r"^2010-12-01 .* current ", status, re.MULTILINE)) == 10


def test_takes_in_a_corrected_file(operator: Operator) -> None:
    file = operator.orders / "2010-12-01.csv"
    received = file.read_text().splitlines(keepends=True)
    # The last line goes, and the one before it gets a quantity that is none.
    broken = re.sub(r",\d+,2010-12-01", ",many,2010-12-01", received[-2])
    assert broken != received[-2]
    file.write_text("".join([*received[:-2], broken]))

    plan, ran = operator.follow("corrected-file")

    assert "feed orders changed" in plan
    assert "retail.order_lines/2010-12-01: 3062 rows published of 3107, 1 quarantined, " in ran
    windows = r".*(customer|cohort|churn|recommendations).*\n"
    assert "2010-12-02" not in re.sub(windows, "", plan), "another day's rows are touched"


def test_takes_in_rejected_rows(operator: Operator) -> None:
    listed, shown, replayed = operator.follow("quarantine")

    assert re.search(r"2010-12-01 +order_lines +1 +3107", listed)
    assert "many" in shown
    assert "retail.order_lines/2010-12-01: 1 rows were rejected, now 1" in replayed


def test_rolls_back(operator: Operator) -> None:
    *_, rolled_back = operator.follow("roll-back")

    assert "release 5" in rolled_back
    assert lines(operator) == 3064


def test_trains_and_scores(operator: Operator) -> None:
    operator.run("./assay run --pipeline retail --date 2010-12-02 --stage ml")

    listed, scored = operator.follow("models")

    assert re.search(r"customer_segments +2010-12-01-\w+ .* champion +it passed the gate", listed)
    assert "retail.customer_segments/2010-12-02: current" in scored


def test_maintains(operator: Operator) -> None:
    [said] = operator.follow("maintain")

    assert "retail.order_lines" in said
    assert lines(operator) == 3064
