"""Moves what is too old for its table to the archive, on the first of every month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, CronDataIntervalTimetable

from assay_dags import failures
from assay_dags.description import describe_all
from assay_dags.tool import ToolOperator


def build() -> DAG:
    """The DAG; a task a pipeline that archives some of its tables."""
    with DAG(
        dag_id="archive",
        description="Writes whole months that are old enough as files, and then takes them out of their tables.",
        doc_md=f"{__doc__}\n\nIt may run beside stages. What it does: docs/sketches.md.",
        schedule=CronDataIntervalTimetable("0 4 1 * *", timezone="UTC"),
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        tags=["assay"],
    ) as dag:
        for pipeline in describe_all():
            if pipeline.archived:
                ToolOperator(
                    task_id=pipeline.name,
                    command="archive",
                    pipeline=pipeline.name,
                    owner=pipeline.owner,
                    retries=2,
                    retry_delay=timedelta(minutes=10),
                    execution_timeout=timedelta(hours=6),
                    on_failure_callback=failures.task_failed(pipeline.name),
                    doc_md=f"Archives {', '.join(pipeline.archived)}: assay archive. To run it again: clear this task.",
                )
    return dag
