"""The Airflow DAG of the ads pipeline: advertising events, and what campaigns and users made of them."""

from assay_dags.builder import build

dag = build("ads")
