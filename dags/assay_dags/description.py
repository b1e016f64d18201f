"""What Airflow must know of conf, as the build wrote it: .runtime/describe.json (assay describe --format json)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stage:
    """A stage of a pipeline: what to start, how long it may take, what it publishes."""

    name: str
    main: str
    jar: str
    size: str
    timeout_seconds: int
    retries: int
    tables: list[str]


@dataclass(frozen=True)
class Pipeline:
    """A pipeline: its owner, its first day, its stages in order, how long its feeds may take to arrive."""

    name: str
    description: str
    owner: str
    start: str
    arrives_within_seconds: int
    stages: list[Stage]


def home() -> Path:
    """Assay's folder: ASSAY_HOME, else the one that holds this dags/ folder."""
    return Path(os.environ.get("ASSAY_HOME", Path(__file__).resolve().parents[2]))


def runtime() -> Path:
    return home() / ".runtime"


def describe(name: str) -> Pipeline:
    """The description of a pipeline; raises with what to do where there is none."""
    file = runtime() / "describe.json"
    if not file.exists():
        raise FileNotFoundError(f"{file} is missing, which says what the DAGs are made of; run: make setup")
    for pipeline in json.loads(file.read_text())["pipelines"]:
        if pipeline["name"] == name:
            return Pipeline(
                name=name,
                description=pipeline["description"],
                owner=pipeline["owner"],
                start=pipeline["start"],
                arrives_within_seconds=max((feed["arrives_within_seconds"] for feed in pipeline["feeds"]), default=0),
                stages=[Stage(**{"name": stage.pop("stage"), **stage}) for stage in pipeline["stages"]],
            )
    raise LookupError(f"{file} has no pipeline {name!r}; is conf/{name}.conf there? Then run: make setup")
