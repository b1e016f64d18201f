# Airflow on this machine: SQLite, local Spark, the DAGs of this checkout. To be sourced.
# shellcheck shell=bash
# shellcheck source=infra/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
export AIRFLOW_HOME=${AIRFLOW_HOME:-$RUNTIME/airflow-home}
export AIRFLOW__CORE__DAGS_FOLDER=$ASSAY_HOME/dags
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__LOGGING__LOGGING_LEVEL=${AIRFLOW__LOGGING__LOGGING_LEVEL:-INFO}
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
# A task's token must outlive the longest job.
export AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME=86400
export AIRFLOW__API_AUTH__JWT_EXPIRATION_TIME=86400
export AIRFLOW_CONN_ASSAY_SPARK=${AIRFLOW_CONN_ASSAY_SPARK:-'{"conn_type": "spark", "host": "local[2]"}'}
export PYTHONPATH=$ASSAY_HOME/dags${PYTHONPATH:+:$PYTHONPATH}
export PATH=$RUNTIME/airflow/bin:$SPARK_HOME/bin:$PATH
