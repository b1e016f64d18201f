"""The one derivation of the business date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowFailException
from assay_dags.dates import business_date, week_end

TODAY = date(2020, 6, 15)


def run(logical_date: datetime | None, run_type: str = "scheduled") -> SimpleNamespace:
    return SimpleNamespace(logical_date=logical_date, run_type=run_type)


@pytest.mark.parametrize("run_type", ["scheduled", "backfill", "manual"])
def test_is_the_date_of_the_logical_date(run_type: str) -> None:
    at = datetime(2020, 6, 10, 0, 0, tzinfo=UTC)
    assert business_date({"business_date": None}, run(at, run_type), TODAY) == "2020-06-10"


def test_is_the_parameter_where_it_is_given() -> None:
    at = datetime(2020, 6, 15, 9, 30, tzinfo=UTC)
    assert business_date({"business_date": "2020-06-01"}, run(at, "manual"), TODAY) == "2020-06-01"
    assert business_date({"business_date": "2020-06-01"}, run(None, "manual"), TODAY) == "2020-06-01"


def test_is_a_day_of_utc() -> None:
    at = datetime(2020, 6, 10, 23, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert business_date({}, run(at), TODAY) == "2020-06-11"


def test_a_manual_run_on_a_day_that_is_not_over_is_refused() -> None:
    at = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)
    with pytest.raises(AirflowFailException, match="2020-06-15 is not over"):
        business_date({"business_date": None}, run(at, "manual"), TODAY)


def test_a_run_without_any_date_is_refused() -> None:
    with pytest.raises(AirflowFailException, match="give the parameter business_date"):
        business_date({"business_date": None}, run(None, "manual"), TODAY)


@pytest.mark.parametrize("day", [8, 10, 14])
def test_of_a_week_it_is_the_sunday_that_ends_it(day: int) -> None:
    assert week_end({}, run(datetime(2020, 6, day, 3, 0, tzinfo=UTC)), TODAY) == "2020-06-14"


def test_a_week_that_is_not_over_is_refused() -> None:
    with pytest.raises(AirflowFailException, match="2020-06-21 is not over"):
        week_end({}, run(datetime(2020, 6, 15, 3, 0, tzinfo=UTC), "manual"), TODAY)


def test_a_week_is_named_by_its_sunday() -> None:
    assert week_end({"business_date": "2020-06-07"}, run(None, "manual"), TODAY) == "2020-06-07"
    with pytest.raises(AirflowFailException, match="2020-06-08 is no Sunday"):
        week_end({"business_date": "2020-06-08"}, run(None, "manual"), TODAY)
