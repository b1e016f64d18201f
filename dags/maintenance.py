"""The Airflow DAG that keeps the lake fast and small."""

from assay_dags.maintenance import build

dag = build()
