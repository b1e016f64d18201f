"""Runs a stage's JAR, and says in Airflow's words how it ended."""

from __future__ import annotations

from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseHook
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
)

from assay_dags.description import Stage, runtime

NO_DATA = 7
REFUSED = 3
# What trying again cannot change: usage or configuration, a check that refused, an input that is missing.
FINAL = {
    2: "the command line or the configuration is wrong",
    REFUSED: "a check refused the publication",
    4: "an input that must be there is missing",
}


def names(tables: list[str]) -> list[str]:
    """Names of tables without their pipeline's."""
    return [table.partition(".")[2] for table in tables]


class PublicationRefused(AirflowFailException):
    """A check refused what a stage would have published; what readers see is as it was."""


class StageOperator(SparkSubmitOperator):
    """A stage of a pipeline for one business date, in Spark's client mode; only some of its tables where others have a
    DAG of their own."""

    def __init__(self, *, pipeline: str, stage: Stage, business_date: str, conn_id: str, **kwargs: Any) -> None:
        super().__init__(
            conn_id=conn_id,
            application=str(runtime() / "assay" / stage.jar),
            java_class=stage.main,
            properties_file=str(runtime() / "conf" / f"{stage.size}.properties"),
            name=f"{pipeline}.{stage.name}",
            deploy_mode="client",
            application_args=[
                *["--pipeline", pipeline, "--date", business_date, "--run-id", "{{ run_id }}"],
                *(["--tables", ",".join(names(stage.tables))] if stage.weekly else []),
            ],
            **kwargs,
        )
        self.tables = stage.tables

    def execute(self, context: Any) -> None:
        self._require_connection()
        try:
            super().execute(context)
        except AirflowException as failed:
            code = self._exit_code()
            if code == NO_DATA:
                raise AirflowSkipException("no data for this day, and none is needed") from failed
            if code in FINAL:
                final = PublicationRefused if code == REFUSED else AirflowFailException
                raise final(f"exit code {code}: {FINAL[code]}; see the log above") from failed
            raise

    def _require_connection(self) -> None:
        """The provider takes a missing connection for YARN, silently."""
        try:
            BaseHook.get_connection(self._conn_id)
        except AirflowNotFoundException as missing:
            raise AirflowFailException(
                f"there is no connection {self._conn_id!r} that says where Spark runs; add one of type spark, with "
                "the master as host: infra/airflow/env.sh does so for this machine"
            ) from missing

    def _exit_code(self) -> int | None:
        submitted = getattr(self._hook, "_submit_sp", None)
        return submitted.returncode if submitted else None
