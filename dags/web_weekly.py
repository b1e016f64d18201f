"""The Airflow DAG of the web pipeline's weeks: how accurate its sketches are."""

from assay_dags.weekly import build

dag = build("web")
