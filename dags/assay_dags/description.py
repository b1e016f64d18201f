"""What Airflow must know of conf, as the build wrote it: .runtime/describe.json (assay describe --format json)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Stage:
    """A stage of a pipeline: what to start, how long it may take, what it publishes every day and every week."""

    name: str
    main: str
    jar: str
    size: str
    timeout_seconds: int
    retries: int
    tables: list[str]
    weekly: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Deadline:
    """How long after the end of a business date a table must be published."""

    table: str
    seconds: int


@dataclass(frozen=True)
class Pipeline:
    """A pipeline: its owner, its first day, its stages in order, its deadlines, how long its feeds may take.

    `landed` are the feeds that Assay itself lands, from a database; `archived` the tables that have an archive.
    """

    name: str
    description: str
    owner: str
    start: str
    arrives_within_seconds: int
    landed: list[str]
    stages: list[Stage]
    deadlines: list[Deadline]
    archived: list[str] = field(default_factory=list)


def home() -> Path:
    """Assay's folder: ASSAY_HOME, else the one that holds this dags/ folder."""
    return Path(os.environ.get("ASSAY_HOME", Path(__file__).resolve().parents[2]))


def runtime() -> Path:
    return home() / ".runtime"


def describe_all() -> list[Pipeline]:
    """Every pipeline; raises with what to do where there is no description."""
    file = _file()
    if not file.exists():
        raise FileNotFoundError(f"{file} is missing, which says what the DAGs are made of; run: make setup")
    return [_pipeline(described) for described in json.loads(file.read_text())["pipelines"]]


def describe(name: str) -> Pipeline:
    """The description of a pipeline; raises with what to do where there is none."""
    for pipeline in describe_all():
        if pipeline.name == name:
            return pipeline
    raise LookupError(f"{_file()} has no pipeline {name!r}; is conf/{name}.conf there? Then run: make setup")


def _file() -> Path:
    return runtime() / "describe.json"


def _pipeline(described: dict[str, Any]) -> Pipeline:
    return Pipeline(
        name=described["name"],
        description=described["description"],
        owner=described["owner"],
        start=described["start"],
        arrives_within_seconds=max((feed["arrives_within_seconds"] for feed in described["feeds"]), default=0),
        landed=[feed["name"] for feed in described["feeds"] if feed["from_database"]],
        stages=[Stage(**{"name": stage.pop("stage"), **stage}) for stage in described["stages"]],
        deadlines=[Deadline(line["table"].partition(".")[2], line["seconds"]) for line in described["deadlines"]],
        archived=described["archived"],
    )
