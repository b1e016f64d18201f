"""The Airflow DAG that keeps the lake fast and small."""

from assay_dags.upkeep import maintenance

dag = maintenance()
