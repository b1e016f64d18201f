"""The one builder of DAGs: land what databases have, wait for the feeds, then a task a stage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, Param, chain, get_current_context, task

from assay_dags import dates, failures
from assay_dags.description import Pipeline, Stage, describe
from assay_dags.feed import FeedSensor, LandOperator
from assay_dags.stage import StageOperator

BUSINESS_DATE = "{{ ti.xcom_pull(task_ids='business_date') }}"


def build(name: str, conn_id: str = "assay_spark") -> DAG:
    """The DAG of a pipeline."""
    pipeline = describe(name)
    # Tables of weeks have a DAG of their own.
    stages = [one for one in pipeline.stages if one.tables]
    daily = dag(
        pipeline,
        dag_id=pipeline.name,
        description=pipeline.description,
        doc_md=_document(pipeline, stages),
        cron="0 0 * * *",
        derive=dates.business_date,
    )
    with daily:
        lands = [_land(pipeline, feed) for feed in pipeline.landed]
        runs = [stage(pipeline, one, conn_id) for one in stages]
        chain(business_date(dates.business_date), *([lands] if lands else []), _feeds(pipeline), *runs)
    return daily


def dag(pipeline: Pipeline, *, cron: str, derive: failures.Derive, **kwargs: Any) -> DAG:
    """A DAG of a pipeline without tasks, whose runs are each about a day that `derive` says."""
    return DAG(
        schedule=CronDataIntervalTimetable(cron, timezone="UTC"),
        start_date=datetime.fromisoformat(pipeline.start).replace(tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        tags=["assay", pipeline.name],
        params={
            "business_date": Param(
                None,
                type=["null", "string"],
                format="date",
                title="Business date",
                description="The day to publish, as 2010-12-01; the run's logical date where it is not given.",
            )
        },
        default_args={
            "owner": pipeline.owner,
            "retry_delay": timedelta(minutes=1),
            "on_failure_callback": failures.task_failed(pipeline.name, derive),
        },
        on_failure_callback=failures.run_failed(pipeline.name, derive),
        **kwargs,
    )


def business_date(derive: failures.Derive):
    """The task that says which day a run is about."""

    @task(
        task_id="business_date",
        # What it refuses is refused at once; these are for a server that does not answer yet.
        retries=2,
        retry_delay=timedelta(seconds=10),
        execution_timeout=timedelta(minutes=5),
        doc_md="Says which day this run is about; every later task is given it.",
    )
    def say() -> str:
        context = get_current_context()
        return derive(context["params"], context["dag_run"])

    return say()


def _land(pipeline: Pipeline, feed: str) -> LandOperator:
    return LandOperator(
        task_id=f"land_{feed}",
        pipeline=pipeline.name,
        feed=feed,
        business_date=BUSINESS_DATE,
        retries=2,
        execution_timeout=timedelta(hours=1),
        doc_md=f"Lands {feed} as its database has it now, unless it has landed; skipped where the day's state is gone.",
    )


def _feeds(pipeline: Pipeline) -> FeedSensor:
    return FeedSensor(
        task_id="wait_for_feeds",
        pipeline=pipeline.name,
        business_date=BUSINESS_DATE,
        # What a database no longer has is not waited for: the day goes on with what has landed.
        trigger_rule="none_failed",
        mode="reschedule",
        poke_interval=60,
        # A day's run begins when the day is over; its feeds may take as long as conf says from then.
        timeout=pipeline.arrives_within_seconds + timedelta(hours=1).total_seconds(),
        retries=2,
        execution_timeout=timedelta(minutes=10),
        doc_md="Waits until every feed has landed, or can no longer come.",
    )


def stage(pipeline: Pipeline, stage: Stage, conn_id: str) -> StageOperator:
    """The task that runs a stage for the day that a run is about."""
    return StageOperator(
        task_id=stage.name,
        pipeline=pipeline.name,
        stage=stage,
        business_date=BUSINESS_DATE,
        conn_id=conn_id,
        pool=f"{pipeline.name}_{stage.name}",
        retries=stage.retries,
        execution_timeout=timedelta(seconds=stage.timeout_seconds),
        outlets=[Asset(name=table, uri=f"assay://{table.replace('.', '/')}") for table in stage.tables],
        doc_md=f"Publishes {', '.join(stage.tables)}. To run it again: clear this task.",
    )


def _document(pipeline: Pipeline, stages: list[Stage]) -> str:
    tables = "\n".join(f"- {one.name}: {', '.join(one.tables)}" for one in stages)
    learns = any(one.name == "ml" for one in stages)
    training = (
        "\n- Models learn on the first day of a week that is run, and again once much more came in; every day is"
        " scored by the champion. `assay models list` says which that is, and why."
    )
    return f"""# {pipeline.name}
{pipeline.description}

Each stage publishes its tables together or not at all:
{tables}

- Run a day: trigger with `business_date`.
- Run a range: `airflow backfill create --dag-id {pipeline.name} --from-date D --to-date D --max-active-runs 1`.
- Run a stage again: clear its task. What is published stays visible until the new is whole.{training if learns else ""}
"""
