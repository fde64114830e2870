"""Addresses with a day in them: which days of a newspaper an ordinary crawl asks for."""

from datetime import datetime, timedelta, timezone

from seeds.portal import Listing

CHINA = timezone(timedelta(hours=8))  # newspapers are dated by the day in China


def entrances(listing: Listing, now: datetime) -> tuple[str, ...]:
    """Where a list begins today: its address, or for a dated one the addresses of the latest days, newest first.

    A month's index stands in for guessing days where the portal has one.

    >>> paper = Listing("http://e.example/{Y}-{m}/{d}/node_1.htm", "date")
    >>> entrances(paper, datetime(2026, 3, 1, 20, tzinfo=CHINA))
    ('http://e.example/2026-03/01/node_1.htm', 'http://e.example/2026-02/28/node_1.htm')
    """
    today = now.astimezone(CHINA)
    if listing.index:
        return (dated(listing.index, today),)
    if "{" not in listing.url:
        return (listing.url,)
    days = (today - timedelta(days=back) for back in range(1 + listing.next.limit))
    return tuple(dict.fromkeys(dated(listing.url, day) for day in days))


def dated(template: str, day: datetime) -> str:
    """An address with {Y} {m} {d} filled in."""
    return template.replace("{Y}", f"{day:%Y}").replace("{m}", f"{day:%m}").replace("{d}", f"{day:%d}")
