"""The Airflow DAG of the purchases pipeline: purchases of a shop on Black Friday."""

from assay_dags.builder import build

dag = build("purchases")
