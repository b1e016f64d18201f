"""The Airflow DAG of the retail pipeline: daily orders of an online shop."""

from assay_dags.builder import build

dag = build("retail")
