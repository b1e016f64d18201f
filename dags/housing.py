"""The Airflow DAG of the housing pipeline: valuations of houses in New Taipei."""

from assay_dags.builder import build

dag = build("housing")
