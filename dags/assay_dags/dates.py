"""The business date of a run: the only place that derives it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

SUNDAY = 6


def business_date(params: dict[str, Any], dag_run: Any, today: date | None = None) -> str:
    """The run's `business_date` parameter if given, else the date of its logical date, as 2010-12-01.

    Not of the data interval: `airflow dags test D` and manual runs make up intervals that begin on other days. A
    manual run that names no date is refused on a day that is not over: it would publish half a day as a whole one.
    """
    given = params.get("business_date")
    if given:
        return date.fromisoformat(given).isoformat()
    return _over(_logical_day(dag_run), dag_run, today).isoformat()


def week_end(params: dict[str, Any], dag_run: Any, today: date | None = None) -> str:
    """The business date of a run that is about a week: the Sunday that ends the week of its logical date."""
    given = params.get("business_date")
    if given:
        day = date.fromisoformat(given)
        if day.weekday() != SUNDAY:
            raise AirflowFailException(f"{day} is no Sunday; give the Sunday that ends the week, as 2010-12-05")
        return day.isoformat()
    day = _logical_day(dag_run)
    return _over(day + timedelta(days=SUNDAY - day.weekday()), dag_run, today).isoformat()


def _logical_day(dag_run: Any) -> date:
    if dag_run.logical_date is None:
        raise AirflowFailException("this run has no logical date; give the parameter business_date, as 2010-12-01")
    return dag_run.logical_date.astimezone(UTC).date()


def _over(day: date, dag_run: Any, today: date | None) -> date:
    now = today or datetime.now(UTC).date()
    if dag_run.run_type == "manual" and day >= now:
        raise AirflowFailException(
            f"{day} is not over, so its data is not whole; give the parameter business_date, or wait until it is"
        )
    return day
