"""The date that a URL carries: the directory shapes of Chinese CMSes, and ids that encode a time."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Final, NamedTuple

from archive.article import Precision
from seeds.portal import Decoder

SHANGHAI: Final = timezone(timedelta(hours=8))
EARLIEST: Final = 1980  # the oldest dated address known is of 1988, in a digitised paper
LATEST: Final = 2099
OLDEST_ID: Final = 946_684_800  # 2000-01-01 in Unix seconds; no CMS that we know made ids before
NEWEST_ID: Final = 4_102_444_800  # 2100-01-01


class Dated(NamedTuple):
    """A date in ISO 8601, only as long as it is known, and how precise that is."""

    iso: str
    precision: Precision


def of_groups(groups: Mapping[str, str]) -> Dated | None:
    """Read the day from groups named y m d ymd ym md; None if there is none or it never was.

    >>> of_groups({"ym": "201410", "d": "17"})
    Dated(iso='2014-10-17', precision='day')
    >>> of_groups({"y": "2019", "md": "0230"}) is None
    True
    """
    year, month, day = groups.get("y", ""), groups.get("m", ""), groups.get("d", "")
    start = groups.get("ym") or year + (groups.get("md") or month.zfill(2) * bool(month))
    # A day without its month means nothing: 2019 and 30 stay 2019.
    whole = start + day.zfill(2) * bool(day) if len(start) == len("201901") else start
    return of_digits(groups.get("ymd") or whole)


def of_digits(digits: str) -> Dated | None:
    """Read YYYY, YYYYMM or YYYYMMDD."""
    if not digits.isascii() or not digits.isdecimal() or len(digits) not in {4, 6, 8}:
        return None
    year, month, day = int(digits[:4]), int(digits[4:6] or 1), int(digits[6:8] or 1)
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    if not EARLIEST <= year <= LATEST:
        return None
    precision: Precision = "year" if len(digits) == 4 else "month" if len(digits) == 6 else "day"
    return Dated(iso[: len(digits) + len(digits) // 2 - 2], precision)


def _of_seconds(seconds: int) -> Dated | None:
    if not OLDEST_ID <= seconds < NEWEST_ID:
        return None
    return Dated(datetime.fromtimestamp(seconds, SHANGHAI).isoformat(), "second")


def _of_clock(digits: str) -> Dated | None:
    """Read YYYYMMDDHHMMSS."""
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return Dated(moment.isoformat(), "second") if EARLIEST <= moment.year <= LATEST else None


# Each was checked against the date printed on a page; a nineteen-digit "snowflake" was half a year off and is not here.
DECODERS: Final[Mapping[Decoder, tuple[re.Pattern[str], Callable[[str], Dated | None]]]] = {
    "yymmddHHMMSSmmm": (
        re.compile(r"\d{12}(?=\d{3}$)"),
        lambda found: _of_clock(f"20{found}"),
    ),  # 中工网 2008–2021
    "ms-hex12": (re.compile(r"[0-9a-f]{12}"), lambda found: _of_seconds(int(found, 16) // 1000)),  # 劳动报
    "objectid8": (re.compile(r"[0-9a-f]{8}"), lambda found: _of_seconds(int(found, 16))),  # 江苏工人报
    "j_14": (re.compile(r"(?:j_)?(\d{14})"), _of_clock),  # 北京市总工会
    "ms13": (re.compile(r"\d{13}"), lambda found: _of_seconds(int(found) // 1000)),  # 我苏网
    "us16": (re.compile(r"\d{16}"), lambda found: _of_seconds(int(found) // 1_000_000)),  # j.021east.com
}


def decoded(text: str, decoder: Decoder) -> Dated | None:
    """Read the time in an id, Chinese time; None if the id does not hold one.

    It is when the CMS made the article: good as a fallback and a cross-check, never against a printed date.

    >>> decoded("141017154040915", "yymmddHHMMSSmmm")
    Dated(iso='2014-10-17T15:40:40+08:00', precision='second')
    >>> decoded("139917154040915", "yymmddHHMMSSmmm") is None
    True
    """
    shape, read = DECODERS[decoder]
    found = shape.match(text)
    return read(found[found.lastindex or 0]) if found else None


_Y: Final = r"(?P<y>(?:19|20)\d\d)"
_YMD: Final = r"(?P<ymd>(?:19|20)\d{6})"
_YM: Final = r"(?P<ym>(?:19|20)\d{4})"
# Specific before general: ids that hold a time and whose directory says the same day, then days, then months.
TIMED: Final[tuple[tuple[Decoder, re.Pattern[str]], ...]] = (
    ("yymmddHHMMSSmmm", re.compile(rf"/{_YM}/(?P<d>\d\d)/(?P<id>\d{{15}})(?:_\d{{1,3}})?\.s?html")),
    ("j_14", re.compile(rf"/{_YMD}/j_(?P<id>\d{{14}})\d+\.html")),
    ("ms13", re.compile(rf"/{_YMD}/(?P<id>1\d{{12}})\.s?html")),
    ("ms-hex12", re.compile(r"/content/(?P<id>[0-9a-f]{12})c0010000[0-9a-f]{12}\.html?")),
    ("us16", re.compile(r"/p/(?P<id>1\d{15})$")),
)
DAYS: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"/t{_YMD}_\d+",  # TRS
        rf"/art/{_Y}/(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/art_\d+",  # Hanweb
        rf"[/_.]D\d{{6}}[a-z]{{0,20}}_{_YMD}_\d",  # Founder, new names
        rf"/{_Y}-(?P<m>\d\d)-(?P<d>\d\d)/",  # ZCMS, EmpireCMS, DedeCMS
        rf"/{_Y}-(?P<m>\d\d)/(?P<d>\d\d)/",  # Founder, 新华网 until 2021
        rf"/{_Y}/(?P<m>\d\d)-(?P<d>\d\d)/",  # 中新网
        rf"/{_Y}/(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/",  # the /system/ family, 红网
        rf"/{_Y}/(?:[a-z]{{1,20}}_)?(?P<md>\d{{4}})/",  # 人民网, webplus, 龙虎网
        rf"/{_YM}/(?P<d>\d\d)/",  # 张家口新闻网, Founder pc and pad
        rf"/{_YMD}/",  # 新华网, 福州新闻网
    )
)
MONTHS: Final = tuple(
    re.compile(shape) for shape in (rf"/{_YM}/", rf"/{_Y}-(?P<m>\d\d)/", rf"/{_Y}/(?P<m>\d{{1,2}})/")
)


def in_path(path: str) -> Dated | None:
    """Read the date that a path's directories or ids tell, the most precise first.

    >>> in_path("/n1/2019/0130/c81975-30598760.html")
    Dated(iso='2019-01-30', precision='day')
    >>> in_path("/web/article/1471901915477975040/web/content_1471901915477975040.html") is None
    True
    """
    for decoder, shape in TIMED:
        if (found := shape.search(path)) and (dated := _timed(found, decoder)):
            return dated
    for shape in (*DAYS, *MONTHS):
        if (found := shape.search(path)) and (dated := of_groups(found.groupdict(default=""))):
            return dated
    return None


def _timed(found: re.Match[str], decoder: Decoder) -> Dated | None:
    """Decode the id, but not where the directory beside it names another day."""
    dated = decoded(found["id"], decoder)
    day = of_groups(found.groupdict(default=""))
    return dated if dated and (not day or dated.iso.startswith(day.iso)) else None
