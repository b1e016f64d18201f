"""The Airflow DAG of the web pipeline: a shop's visitors, how they came, and how they stay."""

from assay_dags.builder import build

dag = build("web")
