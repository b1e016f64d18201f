"""The Airflow DAG that moves what is too old for its table to the archive."""

from assay_dags.upkeep import archive

dag = archive()
