"""The day on which what a story tells happened: the first day that its first sentences name."""

import re
from datetime import date, timedelta

from pipelines.dates import dates
from pipelines.likeness import likeness

READ = 3  # paragraphs in which the event is told; later days are its history
SEEN = 300  # characters of each
# 新华社北京5月6日电: the day of the report, not of the event
DATELINE = re.compile(r"^.{0,30}?\d{1,2}日(?:专|综合)?(?:[电讯]|消息)\s?(?:\([^()]{0,40}\))?")
# 截至5月6日, 自2024年5月6日起, 2023年同期: days that measure and days that rule
MEASURED = re.compile(r"(?:截至|截止|自|从|至|到|距|始于|成立于|生于|以来)\s?$")
NEARBY = re.compile(
    r"(?<![\d.])(?:(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日|(?P<alone>3[01]|[12]\d|[1-9])日(?=[,上下中晚凌从在获召举由为]|[\u4e00-\u9fff]{2,8}[,获悉]))"
    r"(?!电|讯|起|至|消息)"
)
YESTERDAY = re.compile(r"(?P<word>昨日|昨天|昨晚|前天|前日|今日|今天|今晨|今晚)")
BACK = {"昨": 1, "前": 2, "今": 0}
FARTHEST = timedelta(days=200)  # a day without its year is the one nearest to the publication


def event(body: str, published: str) -> str:
    """The ISO day of the first dated sentence, "" where the first paragraphs name none.

    `published` is what the article says; days without a year are reckoned from it.

    >>> event("新华社北京5月9日电 5月8日，全国总工会召开会议。", "2024-05-10T06:58+08:00")
    '2024-05-08'
    >>> event("截至5月8日，全市新增会员三千人。", "2024-05-10")
    ''
    """
    day = date.fromisoformat(published[:10]) if len(published) >= 10 else None
    for paragraph in body.split("\n")[:READ]:
        copy = DATELINE.sub(lambda found: " " * len(found[0]), likeness(paragraph[:SEEN]))
        if found := first(copy, day):
            return found
    return ""


def first(copy: str, published: date | None) -> str:
    """The first day of a text that is the day of something."""
    found = [
        (each.start, each.day) for each in dates(copy) if each.day and happens(copy, each.start, each.end)
    ]
    if published:
        found += [
            (at, day) for at, day in nearby(copy, published) if not any(near(at, other) for other, _ in found)
        ]
    return min(found, default=(0, ""))[1]


def near(at: int, other: int) -> bool:
    """Whether a day without a year is a part of one with it: 2024年5月6日 holds 5月6日."""
    return 0 <= at - other <= 10


def happens(copy: str, start: int, end: int) -> bool:
    return not MEASURED.search(copy[max(0, start - 4) : start]) and copy[end : end + 1] != "起"


def nearby(copy: str, published: date) -> list[tuple[int, str]]:
    found = [
        (match.start(), day.isoformat())
        for match in NEARBY.finditer(copy)
        if happens(copy, match.start(), match.end()) and (day := nearest(match, published))
    ]
    words = [
        (match.start(), (published - timedelta(days=BACK[match["word"][0]])).isoformat())
        for match in YESTERDAY.finditer(copy)
    ]
    return found + words


def nearest(match: re.Match[str], published: date) -> date | None:
    """The day that a month and day, or a day alone, mean beside the publication; None for the 31st of June."""
    if match["alone"]:
        here = [(published.year, published.month), previous_month(published)]
        days = [each for year, month in here if (each := made(year, month, int(match["alone"])))]
        return next((each for each in days if each <= published + timedelta(days=1)), None)
    years = (published.year, published.year - 1, published.year + 1)
    days = [each for year in years if (each := made(year, int(match["month"]), int(match["day"])))]
    return min(
        (each for each in days if abs(each - published) <= FARTHEST),
        key=lambda each: abs(each - published),
        default=None,
    )


def previous_month(day: date) -> tuple[int, int]:
    before = day.replace(day=1) - timedelta(days=1)
    return before.year, before.month


def made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
