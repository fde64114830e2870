"""Dates as Chinese pages print them, read as precisely as they are written and no more."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from archive.article import Precision
from pipelines.likeness import likeness

CHINA = timezone(timedelta(hours=8))  # no line of the collection names another zone
FIRST_YEAR, LAST_YEAR = 1949, 2099
NUMERALS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: ISO 8601 as precise as the text, and the characters that said it.

    `today` marks a line that greets the visitor (2024年05月20日 星期一 小满) instead of dating the story.
    """

    iso: str
    precision: Precision
    start: int = 0
    end: int = 0
    today: bool = False

    @property
    def day(self) -> str:
        """The day alone, as 2024-05-20; "" where only month or year are known."""
        return self.iso[:10] if len(self.iso) >= 10 else ""


CLOCK = r"""
    (?:
      [\sT|,日-]{0,6}                                   # 2024-05-10T06:58, 2007-08-20-23:59:59
      (?:\(?(?:星期|周)[一二三四五六日天]\)?\s{0,4})?
      (?P<gmt>(?:格林[尼威]治|世界)(?:标准)?时间\s{0,2})?
      (?P<half>上午|下午|晚上|凌晨|早上|中午|晚|早)?\s{0,2}
      (?P<hour>[01]?\d|2[0-3])(?:\s?:\s?|[时点]\s?)
      (?P<minute>[0-5]\d)(?!\d)分?
      (?:\s?:?\s?(?P<second>[0-5]\d)秒?(?:[.:]\d{1,6})?)?
      \s?(?P<zone>Z\b|[+-]\d{2}:?\d{2}(?!\d)|(?:CST|GMT|UTC)(?:[+-]\d{1,2}(?::?\d{2})?)?)?
    )?
"""
DAY = r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9])(?:(?!\d)|(?=\d{2}:\d{2}))"
YEAR = r"(?<![\d.])(?P<year>(?:19|20)\d\d)"
MONTH = r"(?P<month>0[1-9]|1[0-2]|[1-9])"


def shape(date: str) -> re.Pattern[str]:
    return re.compile(date + CLOCK, re.VERBOSE)


# Each shape is tried over the whole text; the first in reading order wins.
SHAPES = (
    shape(rf"{YEAR}\s{{0,2}}年\s{{0,2}}/?{MONTH}\s{{0,2}}月\s{{0,2}}/?{DAY}\s{{0,2}}日?"),
    shape(rf"{YEAR}(?P<gap>\s?[-/.]\s?){MONTH}\s?[-/.]\s?{DAY}"),
    shape(rf"{YEAR}\s{{1,4}}{MONTH}[/-]{DAY}"),  # three nodes joined: 2024 05/09 22:27:02
    shape(
        r"(?<![\d.])(?P<day>0[1-9]|[12]\d|3[01]|[1-9])\.(?P<month>0[1-9]|1[0-2]|[1-9])\.(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    # 18-03-08 23:16: without its century a year is believed only with an hour, where nothing stands before it
    re.compile(
        r"(?:(?<=[\s:：])|^)(?P<yy>[0-3]\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\s?(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
        r"(?::(?P<second>[0-5]\d))?(?!\d)"
    ),
    shape(
        r"(?P<year>[一二三四五六七八九〇零○O]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
    ),
    shape(
        rf"\b(?P<name>(?i:{'|'.join(MONTHS)}))[a-zA-Z]{{0,6}}\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s?(?P<year>(?:19|20)\d\d)"
    ),
)
MONTH_ONLY = re.compile(
    rf"{YEAR}\s?年\s?{MONTH}\s?月(?!\s?\d)|^\s*{YEAR.replace('year', 'y')}-(?P<m>0[1-9]|1[0-2])\s*$"
)
YEAR_ONLY = re.compile(r"^\s*(?P<year>(?:19|20)\d\d)\s?年?\s*$")
COMPACT = re.compile(
    r"^\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?\s*$"
)
EPOCH = re.compile(r"^\s*(?P<seconds>\d{10})(?P<fraction>\d{3})?\s*$")
MAIL = re.compile(
    r"^\s*(?:[A-Z][a-z]{2},\s)?\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d{2}:\d{2}(?::\d{2})?\s(?:[+-]\d{4}|GMT|UT)\s*$"
)
# What a clock for the visitor says beside the date.
GREETING = re.compile(
    r"今天是|现在是|北京时间是|农历|天气|节气|"
    r"(?:星期|周)[一二三四五六日天]\s{0,4}(?:立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|"
    r"立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒)",
)


def numeral(text: str) -> int:
    """A number below one hundred, or a year said digit by digit.

    >>> numeral("二十三"), numeral("十"), numeral("二〇二四"), numeral("07")
    (23, 10, 2024, 7)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0)
    return int("".join(str(NUMERALS[digit]) for digit in text))


def hour_of(groups: dict[str, str | None]) -> int:
    """The hour of the day; 凌晨12点 is midnight."""
    hour, half = int(groups["hour"] or 0), groups.get("half")
    if half == "凌晨" and hour == 12:
        return 0
    return hour + 12 if half in ("下午", "晚上", "晚") and hour < 12 else hour


def zone_of(text: str | None) -> timezone:
    """The zone of a clock time; CST on a Chinese page is China's.

    >>> zone_of("Z") is UTC, zone_of(None) is CHINA, zone_of("-05:00")
    (True, True, datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))
    """
    if not text or text.startswith("CST"):
        return CHINA
    signed = re.search(r"(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?$", text)
    if not signed:
        return UTC
    offset = timedelta(hours=int(signed["hours"]), minutes=int(signed["minutes"] or 0))
    if offset > timedelta(hours=14):
        return CHINA
    return timezone(-offset if signed["sign"] == "-" else offset)


def written(moment: datetime, precision: Precision) -> str:
    """ISO 8601, cut to the precision.

    >>> written(datetime(2019, 7, 30, 7, 13, 1, tzinfo=CHINA), "minute")
    '2019-07-30T07:13+08:00'
    """
    match precision:
        case "year":
            return f"{moment:%Y}"
        case "month":
            return f"{moment:%Y-%m}"
        case "day":
            return f"{moment:%Y-%m-%d}"
        case "minute":
            return moment.isoformat(timespec="minutes")
        case "second":
            return moment.isoformat(timespec="seconds")


def from_groups(groups: dict[str, str | None]) -> tuple[str, Precision] | None:
    """The date that a pattern's groups say, None for the 31st of February."""
    name = groups.get("name")
    month = MONTHS.index(name.lower()) + 1 if name else numeral(groups["month"] or "0")
    precision: Precision = "second" if groups.get("second") else "minute" if groups.get("minute") else "day"
    try:
        moment = datetime(
            numeral(groups.get("year") or f"20{groups.get('yy') or 'xx'}"),
            month,
            numeral(groups["day"] or "0"),
            hour_of(groups) if groups.get("hour") else 0,
            int(groups.get("minute") or 0),
            int(groups.get("second") or 0),
            tzinfo=UTC if groups.get("gmt") else zone_of(groups.get("zone")),
        )
    except (ValueError, KeyError):  # the 31st of February, or numerals in no order
        return None
    return (written(moment, precision), precision) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def spans(copy: str) -> Iterator[Dated]:
    for pattern in SHAPES:
        for match in pattern.finditer(copy):
            if read := from_groups(match.groupdict()):
                end = match.start() + len(match[0].rstrip(" ,|-T"))
                yield Dated(*read, match.start(), end)


def dates(text: str) -> tuple[Dated, ...]:
    """Every full date of a text in reading order; overlapping readings give way to the first.

    >>> [found.iso for found in dates("发布日期：2025-08-01 14:57信息来源：某总工会")]
    ['2025-08-01T14:57+08:00']
    """
    copy = likeness(text)
    kept: list[Dated] = []
    for found in sorted(spans(copy), key=lambda each: (each.start, -each.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    greeting = bool(GREETING.search(copy))
    return tuple(
        replace(found, today=True) if greeting and found.precision == "day" else found for found in kept
    )


def from_epoch(match: re.Match[str]) -> tuple[str, Precision] | None:
    moment = datetime.fromtimestamp(int(match["seconds"]), CHINA)
    return (written(moment, "second"), "second") if 1990 <= moment.year <= LAST_YEAR else None


def from_mail(match: re.Match[str]) -> tuple[str, Precision] | None:
    try:
        moment = parsedate_to_datetime(match[0].strip())
    except ValueError:
        return None
    return written(moment.astimezone(CHINA), "second"), "second"


def from_month(match: re.Match[str]) -> tuple[str, Precision] | None:
    year, month = match["year"] or match["y"], match["month"] or match["m"]
    return f"{year}-{int(month):02d}", "month"


def from_year(match: re.Match[str]) -> tuple[str, Precision] | None:
    return match["year"], "year"


def from_compact(match: re.Match[str]) -> tuple[str, Precision] | None:
    return from_groups(match.groupdict())


# Shapes that are believed only where they are the whole text, or where no full date stands.
WHOLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, Precision] | None]], ...] = (
    (COMPACT, from_compact),
    (EPOCH, from_epoch),
    (MAIL, from_mail),
    (MONTH_ONLY, from_month),
    (YEAR_ONLY, from_year),
)


def read_date(text: str, *, fetched: datetime | None = None) -> Dated | None:
    """The first date of a text, or None.

    Words that count from now (昨天, 3小时前) and days without a year are read only where `fetched` says when now was.

    >>> read_date("2024 05/09 22:27:02").iso
    '2024-05-09T22:27:02+08:00'
    >>> read_date("2月30日之前，2023-02-30") is None
    True
    """
    if found := dates(text[:400]):
        return found[0]
    for pattern, read in WHOLE:
        if (match := pattern.search(text[:400])) and (value := read(match)):
            return Dated(*value, match.start(), match.end())
    return relative(text[:60], fetched) if fetched else None


AGO = re.compile(r"(?P<count>\d{1,4})\s?(?P<unit>秒|分钟|小时|天|周|个月)(?:以)?前")
NEAR = re.compile(
    r"(?P<word>今天|今日|昨天|昨日|前天|刚刚)\s{0,2}(?:(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d))?"
)
NO_YEAR = re.compile(
    r"(?<![\d-])(?P<month>0?[1-9]|1[0-2])(?:-|月|/)(?P<day>0[1-9]|[12]\d|3[01]|[1-9])日?(?![%]|\d(?!\d:))(?:\s{0,3}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d))?"
)
UNITS = {
    "秒": timedelta(seconds=1),
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "周": timedelta(weeks=1),
}
BACK = {"今天": 0, "今日": 0, "刚刚": 0, "昨天": 1, "昨日": 1, "前天": 2}


def relative(text: str, fetched: datetime) -> Dated | None:
    """A date that counts from the time of fetching.

    >>> noon = datetime(2024, 5, 20, 4, tzinfo=UTC)
    >>> [relative(text, noon).iso for text in ("13小时前", "5分钟前", "昨天 08:30", "05-18")]
    ['2024-05-19', '2024-05-20T11:55+08:00', '2024-05-19T08:30+08:00', '2024-05-18']
    """
    copy, now = likeness(text), fetched.astimezone(CHINA)
    if ago := AGO.search(copy):
        return counted(ago, now)
    if near := NEAR.search(copy):
        return on_day(near, now - timedelta(days=BACK[near["word"]]))
    if day := NO_YEAR.search(copy):
        return this_year(day, now)
    return None


def counted(match: re.Match[str], now: datetime) -> Dated | None:
    unit = UNITS.get(match["unit"])
    if unit is None:  # a month has no length
        return None
    precision: Precision = "minute" if unit <= UNITS["分钟"] else "day"
    return Dated(written(now - int(match["count"]) * unit, precision), precision, match.start(), match.end())


def on_day(match: re.Match[str], day: datetime) -> Dated:
    if not match["hour"]:
        return Dated(written(day, "day"), "day", match.start(), match.end())
    moment = day.replace(hour=int(match["hour"]), minute=int(match["minute"]))
    return Dated(written(moment, "minute"), "minute", match.start(), match.end())


def this_year(match: re.Match[str], now: datetime) -> Dated | None:
    """A day without a year is the latest such day that is not in the future."""
    for year in (now.year, now.year - 1):
        try:
            day = now.replace(year=year, month=int(match["month"]), day=int(match["day"]))
        except ValueError:
            continue
        if day <= now + timedelta(days=1):
            return on_day(match, day)
    return None
