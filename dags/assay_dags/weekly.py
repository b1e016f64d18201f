"""The DAG of a pipeline's weekly tables: after a week, wait for what they are made from, then a task a stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, BaseOperator, chain
from airflow.sdk.exceptions import AirflowSkipException

from assay_dags import builder, dates, failures
from assay_dags.builder import BUSINESS_DATE
from assay_dags.description import Pipeline, describe
from assay_dags.inputs import InputSensor
from assay_dags.stage import names


def build(name: str, conn_id: str = "assay_spark") -> DAG:
    """The DAG of a pipeline's weekly tables, for the week that ended on the Sunday before."""
    pipeline = describe(name)
    stages = [replace(stage, tables=stage.weekly) for stage in pipeline.stages if stage.weekly]
    tables = [table for stage in stages for table in stage.tables]
    dag = builder.dag(
        pipeline,
        dag_id=f"{pipeline.name}_weekly",
        description=f"The weekly tables of {pipeline.name}: {', '.join(names(tables))}.",
        doc_md=_document(pipeline, tables),
        cron="0 3 * * 1",
        derive=dates.week_end,
    )
    with dag:
        chain(
            builder.business_date(dates.week_end),
            _inputs(pipeline, tables),
            *(builder.stage(pipeline, stage, conn_id) for stage in stages),
            _warnings(pipeline, tables),
        )
    return dag


def _inputs(pipeline: Pipeline, tables: list[str]) -> InputSensor:
    return InputSensor(
        task_id="wait_for_inputs",
        pipeline=pipeline.name,
        tables=names(tables),
        business_date=BUSINESS_DATE,
        mode="reschedule",
        poke_interval=300,
        # The run of the week's last day began when it was over, waited for its feeds, and takes its time.
        timeout=pipeline.arrives_within_seconds + timedelta(hours=6).total_seconds(),
        retries=2,
        execution_timeout=timedelta(minutes=10),
        doc_md="Waits until what the weekly tables are made from is published for the week's last day.",
    )


class WarningOperator(BaseOperator):
    """Tells of tables that were published, but of which a check warned."""

    template_fields = ("business_date",)

    def __init__(self, *, pipeline: str, tables: list[str], business_date: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pipeline = pipeline
        self.tables = tables
        self.business_date = business_date

    def execute(self, context: Any) -> None:
        try:
            failures.tell_of_warnings(self.pipeline, self.business_date, self.tables)
        except Exception as failed:
            ti = context["ti"]
            if ti.try_number <= ti.max_tries:
                raise
            # What is published stays so, and the run is no failure because nobody could be told.
            raise AirflowSkipException(f"nobody was told of what checks warn of: {failed}") from failed


def _warnings(pipeline: Pipeline, tables: list[str]) -> WarningOperator:
    return WarningOperator(
        task_id="tell_of_warnings",
        pipeline=pipeline.name,
        tables=tables,
        business_date=BUSINESS_DATE,
        retries=2,
        execution_timeout=timedelta(minutes=5),
        doc_md="Tells by mail, Slack and PagerDuty of checks that warned. To tell again: clear this task.",
    )


def _document(pipeline: Pipeline, tables: list[str]) -> str:
    return f"""# {pipeline.name}_weekly
The tables of {pipeline.name} that have a state as of every Sunday: {", ".join(tables)}.

- Run a week: trigger with `business_date`, its Sunday.
- Run weeks again: `airflow backfill create --dag-id {pipeline.name}_weekly --from-date MONDAY --to-date TUESDAY
  --reprocess-behavior completed`, the days after the week's Sunday.
- Be told again of what checks warn of: clear `tell_of_warnings`.
"""
