"""Days and ISO weeks in Asia/Shanghai."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from desk.problem import DeskError

# Fixed, because China keeps no summer time since 1991 and slim systems lack the zone files.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week, Monday to Sunday; 2026-W53 holds 2027-01-01."""

    year: int
    number: int

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    def back(self, weeks: int) -> "Week":
        """The week so many weeks before."""
        return week_of(self.monday - timedelta(weeks=weeks))


def week_of(day: date) -> Week:
    """The week that holds a day.

    >>> str(week_of(date(2027, 1, 1)))
    '2026-W53'
    """
    year, number, _ = day.isocalendar()
    return Week(year, number)


def last_full_week(now: datetime) -> Week:
    """The last week that was over in Shanghai at `now`, which carries an offset.

    >>> str(last_full_week(datetime.fromisoformat("2026-11-15T16:05+00:00")))  # Monday 00:05 in Shanghai
    '2026-W46'
    """
    return week_of(now.astimezone(SHANGHAI).date() - timedelta(weeks=1))


def read_week(text: str) -> Week:
    """A week as people write it, 2026-W47; DeskError for any other text."""
    found = WEEK.fullmatch(text.strip())
    if not found:
        raise DeskError(text, "not an ISO week", "write it as 2026-W47")
    year, number = int(found[1]), int(found[2])
    try:
        date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)
    except (ValueError, OverflowError):
        raise DeskError(text, f"{year} has no week {number}", f"its last is {last_of(year)}") from None
    return Week(year, number)


def last_of(year: int) -> str:
    """The name of a year's last week.

    >>> last_of(2026), last_of(2025)
    ('2026-W53', '2025-W52')
    """
    return str(week_of(date(min(max(year, 1), 9998), 12, 28)))


def read_day(text: str, *, end: bool = False) -> date:
    """A day (2026-11-16) or an end of a week (2026-W47): its Monday, with `end` its Sunday.

    >>> read_day("2026-W47"), read_day("2026-W47", end=True)
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 22))
    """
    if WEEK.fullmatch(text.strip()):
        week = read_week(text)
        return week.sunday if end else week.monday
    if not DAY.fullmatch(text.strip()):
        raise DeskError(text, "neither a day nor a week", "write 2026-11-16 or 2026-W47")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DeskError(text, "no such day", "write 2026-11-16 or 2026-W47") from None


def day_in_shanghai(stamp: str) -> date | None:
    """The day of an ISO 8601 text in Shanghai; None where it names no day ("2017-01", "").

    >>> day_in_shanghai("2026-11-15T17:30:00+00:00"), day_in_shanghai("2017-01")
    (datetime.date(2026, 11, 16), None)
    """
    if len(stamp) < len("2026-11-16"):
        return None
    try:
        moment = datetime.fromisoformat(stamp)
        return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def rfc3339(stamp: str) -> str:
    """A date or time as feeds want it, to the second with an offset; "" where it names no day.

    >>> rfc3339("2017-01-10"), rfc3339("2024-08-23T08:23+08:00"), rfc3339("2017-01")
    ('2017-01-10T00:00:00+08:00', '2024-08-23T08:23:00+08:00', '')
    """
    if day_in_shanghai(stamp) is None:
        return ""
    moment = datetime.fromisoformat(stamp)
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).isoformat(timespec="seconds")
