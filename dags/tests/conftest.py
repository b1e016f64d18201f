"""Real Airflow, on a home of its own: SQLite, the DAGs of this checkout, local Spark."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from . import minio

HOME = Path(__file__).resolve().parents[2]
SENTINEL = "s3ntinel-never-to-be-shown"


@dataclass
class Airflow:
    """An Airflow home, and a lake that its jobs write."""

    home: Path
    lake: Path
    variables: dict[str, str] = field(default_factory=dict)

    def env(self, **more: str) -> dict[str, str]:
        return {
            **os.environ,
            "AIRFLOW_HOME": str(self.home),
            "ASSAY_HOME": str(HOME),
            "ASSAY_LAKE": str(self.lake),
            "ASSAY_LANDING": str(self.lake / "landing"),
            "AWS_ACCESS_KEY_ID": "assay-tests",
            "AWS_SECRET_ACCESS_KEY": SENTINEL,
            **self.variables,
            **more,
        }

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """A command in Airflow's environment; stdout holds both streams."""
        return subprocess.run(
            command,
            cwd=HOME,
            env=self.env(**more),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )


@pytest.fixture(scope="session")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Airflow:
    """Airflow with a migrated database, and a lake on which the bundled week landed."""
    base = tmp_path_factory.mktemp("airflow")
    return prepared(Airflow(home=base / "home", lake=base / "lake"))


@pytest.fixture(scope="session")
def airflow_on_minio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Airflow]:
    """The same with a lake in MinIO, whose objects are below `lake`, too."""
    base = tmp_path_factory.mktemp("minio")
    with minio.server(base / "data", user="assay-tests", secret=SENTINEL) as endpoint:
        variables = {"ASSAY_ENVIRONMENT": "minio", "ASSAY_STORE_ENDPOINT": endpoint, "ASSAY_LAKE": "s3a://lake/a"}
        yield prepared(Airflow(home=base / "home", lake=base / "data", variables=variables))


def prepared(instance: Airflow) -> Airflow:
    shutil.copytree(HOME / "infra/demo/data/retail/orders", instance.lake / "landing/retail/orders")
    migrated = instance.run("airflow", "db", "migrate")
    assert migrated.returncode == 0, migrated.stdout
    return instance
