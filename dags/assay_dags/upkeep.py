"""DAGs that keep the lake: a task a pipeline, which runs a command of the tool."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, CronDataIntervalTimetable

from assay_dags import failures
from assay_dags.description import Pipeline, describe_all
from assay_dags.tool import ToolOperator


def maintenance() -> DAG:
    """The DAG that keeps every pipeline's part of the lake fast and small, every night."""
    return _upkeep(
        dag_id="maintenance",
        command="maintain",
        cron="0 3 * * *",
        description="Puts files together, and removes what no release and no model needs any more, every night.",
        page="docs/maintain.md",
        pipelines=describe_all(),
    )


def archive() -> DAG:
    """The DAG that moves what is too old for its table to the archive, on the first of every month."""
    return _upkeep(
        dag_id="archive",
        command="archive",
        cron="0 4 1 * *",
        description="Writes whole months that are old enough as files, and then takes them out of their tables.",
        page="docs/sketches.md",
        pipelines=[pipeline for pipeline in describe_all() if pipeline.archived],
    )


def _upkeep(*, dag_id: str, command: str, cron: str, description: str, page: str, pipelines: list[Pipeline]) -> DAG:
    with DAG(
        dag_id=dag_id,
        description=description,
        doc_md=f"{description}\n\nIt may run beside stages. What it does: {page}.",
        schedule=CronDataIntervalTimetable(cron, timezone="UTC"),
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        tags=["assay"],
        on_failure_callback=failures.run_failed(),
    ) as dag:
        for pipeline in pipelines:
            ToolOperator(
                task_id=pipeline.name,
                command=command,
                pipeline=pipeline.name,
                owner=pipeline.owner,
                retries=2,
                retry_delay=timedelta(minutes=10),
                execution_timeout=timedelta(hours=6),
                on_failure_callback=failures.task_failed(pipeline.name),
                doc_md=f"assay {command} --pipeline {pipeline.name}. To run it again: clear this task.",
            )
    return dag
