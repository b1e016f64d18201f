"""The Airflow DAG that watches the deadlines of every pipeline's tables."""

from assay_dags.deadlines import build

dag = build()
