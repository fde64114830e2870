"""Weeks are ISO weeks, days are days in Shanghai."""

from datetime import UTC, date, datetime

import pytest

from desk.problem import DeskError
from desk.weeks import Week, day_in_shanghai, last_full_week, read_day, read_week, rfc3339, week_of


def test_week_53_holds_new_years_day() -> None:
    week = read_week("2026-W53")
    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_of(date(2027, 1, 1)) == week


def test_the_week_before_the_first_is_the_last_of_the_old_year() -> None:
    assert Week(2027, 1).back(1) == Week(2026, 53)


@pytest.mark.parametrize(
    "text", ["2025-W53", "2026-W00", "2026-W54", "2026", "last", "2026-11-16", "", "9999-W53"]
)
def test_what_is_no_week_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(DeskError) as caught:
        read_week(text)
    assert caught.value.remedy


def test_five_past_midnight_on_monday_in_shanghai_the_week_is_over() -> None:
    assert last_full_week(datetime(2026, 11, 15, 16, 5, tzinfo=UTC)) == Week(2026, 46)
    assert last_full_week(datetime(2026, 11, 15, 15, 55, tzinfo=UTC)) == Week(2026, 45)


def test_a_week_given_as_a_bound_means_its_monday_or_its_sunday() -> None:
    assert read_day("2026-W47") == date(2026, 11, 16)
    assert read_day("2026-W47", end=True) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-1-1", "昨天", "20261116"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DeskError):
        read_day(text)


def test_a_late_evening_in_london_is_the_next_day_in_shanghai() -> None:
    assert day_in_shanghai("2026-11-15T17:30:00+00:00") == date(2026, 11, 16)


@pytest.mark.parametrize("stamp", ["", "2017", "2017-01", "not a date at all", "9999-12-31T23:59:00-12:00"])
def test_a_date_vaguer_than_a_day_is_no_day(stamp: str) -> None:
    assert day_in_shanghai(stamp) is None
    assert not rfc3339(stamp)


def test_a_plain_day_stays_that_day() -> None:
    assert day_in_shanghai("2017-01-10") == date(2017, 1, 10)
