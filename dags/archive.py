"""The Airflow DAG that moves what is too old for its table to the archive."""

from assay_dags.archive import build

dag = build()
