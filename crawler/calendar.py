"""Addresses with a day in them: which days of a newspaper an ordinary crawl asks for."""

from datetime import datetime, timedelta, timezone

from seeds.portal import Listing

LONGEST_PAUSE = 7  # days without an issue before a newspaper counts as missing: weekends and short holidays
CHINA = timezone(timedelta(hours=8))  # newspapers are dated by the day in China


def entrances(listing: Listing, now: datetime) -> tuple[str, ...]:
    """Where a list begins today: its address, or for a dated one the addresses of the latest days, newest first.

    A month's index stands in for guessing days where the portal has one.

    >>> paper = Listing("http://e.example/{Y}-{m}/{d}/node_1.htm", "date")
    >>> entrances(paper, datetime(2026, 3, 1, 20, tzinfo=CHINA))
    ('http://e.example/2026-03/01/node_1.htm', 'http://e.example/2026-02/28/node_1.htm')
    """
    if listing.index:
        return (dated(listing.index, now.astimezone(CHINA)),)
    days = 1 + listing.next.limit if is_dated(listing) else 1
    return tuple(dict.fromkeys(issue(listing, now, back) for back in range(days)))


def is_dated(listing: Listing) -> bool:
    """Whether a list's address has a day in it."""
    return "{" in listing.url


def issue(listing: Listing, now: datetime, back: int) -> str:
    """The address of a dated list so many days ago, by the day in China."""
    return dated(listing.url, now.astimezone(CHINA) - timedelta(days=back))


def dated(template: str, day: datetime) -> str:
    """An address with {Y} {m} {d} filled in."""
    return template.replace("{Y}", f"{day:%Y}").replace("{m}", f"{day:%m}").replace("{d}", f"{day:%d}")
