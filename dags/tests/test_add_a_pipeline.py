"""The page on adding a pipeline, followed as it stands there: its files, its commands, its DAG."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from .conftest import HOME

PAGE = (HOME / "docs/add-a-pipeline.md").read_text()
BLOCKS = re.findall(r"^```([^\n]*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
# A block says which file it is; one that does not is of commands.
FILES = {head.split()[1]: content for head, content in BLOCKS if head}
COMMANDS = [line for head, content in BLOCKS if not head for line in content.splitlines()]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command of the page said, in a house of its own that has the page's files."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(HOME / "conf", house / "conf")
    for name, content in FILES.items():
        file = house / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    env = {**os.environ, "ASSAY_CONF": str(house / "conf"), "ASSAY_LAKE": str(house / ".lake")}
    said = {command: run(command, env) for command in COMMANDS}
    (house / ".runtime").mkdir()
    (house / ".runtime/describe.json").write_text(run("./assay describe --format json", env))
    said["dag"] = run(
        f"{sys.executable} -c \"import runpy; dag = runpy.run_path('{house}/dags/rentals.py')['dag'];"
        ' print(dag.dag_id, [task.task_id for task in dag.topological_sort()])"',
        {**env, "ASSAY_HOME": str(house), "PYTHONPATH": str(HOME / "dags")},
    )
    return said


def run(command: str, env: dict[str, str]) -> str:
    done = subprocess.run(["bash", "-c", command], cwd=HOME, env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr[-3000:]}"
    return done.stdout


def of(said: dict[str, str], command: str) -> str:
    [answer] = [answer for asked, answer in said.items() if asked.startswith(f"./assay {command} ")]
    return answer


def test_its_mart_makes_of_small_tables_what_the_page_says(said: dict[str, str]) -> None:
    assert "rentals.bike_daily: sums_up_a_bicycle: ok" in of(said, "test")


def test_its_rows_are_those_of_the_files(said: dict[str, str]) -> None:
    assert of(said, "query").splitlines()[1:] == ["2026-01-01,b1,2,40,6.00,9.0", "2026-01-01,b2,1,20,3.00,9.0"]


def test_what_is_wrong_is_in_quarantine(said: dict[str, str]) -> None:
    assert re.search(r"2026-01-01 +rides +1 ", of(said, "quarantine"))
    assert "rides/2026-01-01: 3 rows published of 5, 1 quarantined, 1 duplicates" in of(said, "run")


def test_its_dag_runs_its_stages(said: dict[str, str]) -> None:
    assert said["dag"].split(" ", 1)[0] == "rentals"
    assert "'bronze', 'silver', 'gold'" in said["dag"]
