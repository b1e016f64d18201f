"""Keeps every pipeline's part of the lake fast and small, every night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, CronDataIntervalTimetable

from assay_dags import failures
from assay_dags.description import describe_all
from assay_dags.tool import ToolOperator


def build() -> DAG:
    """The DAG; a task a pipeline."""
    with DAG(
        dag_id="maintenance",
        description="Puts files together, and removes what no release and no model needs any more.",
        doc_md=f"{__doc__}\n\nIt may run beside stages. What it does: docs/maintain.md.",
        schedule=CronDataIntervalTimetable("0 3 * * *", timezone="UTC"),
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        tags=["assay"],
    ) as dag:
        for pipeline in describe_all():
            ToolOperator(
                task_id=pipeline.name,
                command="maintain",
                pipeline=pipeline.name,
                owner=pipeline.owner,
                retries=2,
                retry_delay=timedelta(minutes=10),
                execution_timeout=timedelta(hours=6),
                on_failure_callback=failures.task_failed(pipeline.name),
                doc_md=f"Maintains {pipeline.name}: assay maintain. To run it again: clear this task.",
            )
    return dag
