"""How long Airflow's processes wait for each other's writes to SQLite.

Five seconds by default: `airflow backfill create` beside a running scheduler then fails with "database is locked", half
of its runs created.
"""

CONNECT_ARGS = {"timeout": 120}
