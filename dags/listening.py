"""The Airflow DAG of the listening pipeline: plays of a music service, and who listens."""

from assay_dags.builder import build

dag = build("listening")
