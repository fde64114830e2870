"""A digest as md, html, json and atom: the same facts, printed four ways."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from math import sqrt
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from desk import feeds
from desk.counts import FEW
from desk.issue import Digest, Entry, TopicRow
from desk.plain import markdown
from desk.problem import DeskError
from desk.provinces import PROVINCES, Province, place_name, province_of
from desk.weeks import SHANGHAI, rfc3339

WEEKDAYS = "一二三四五六日"
TILE, GAP = 31, 34  # width of a tile and from tile to tile
LEVELS = 5
SPARK = (92, 24)
BARS = (92, 26)
CHIPS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One province on the map. `level` 0 to 5 is its shade; `watched` says that it has a portal of its own."""

    province: Province
    count: int
    level: int
    watched: bool

    @property
    def x(self) -> int:
        return self.province.column * GAP + 2

    @property
    def y(self) -> int:
        return self.province.row * GAP + 2


ENDINGS = {"": "md", "txt": "md", "htm": "html", "xml": "atom"}


def style_for(style: str | None, output: str | None) -> str:
    """The format that is asked for, else that of the file's ending, else md; the two must not contradict each other.

    >>> style_for(None, "week.html"), style_for("json", None), style_for(None, None), style_for("md", "notes.txt")
    ('html', 'json', 'md', 'md')
    """
    ending = Path(output or "").suffix.lower().removeprefix(".")
    told = ENDINGS.get(ending, ending)
    if style and told in RENDERERS and ENDINGS.get(ending) != "md" and style != told:
        raise DeskError(f"-o {output}", f"is no name for {style}", "correct --format or the ending")
    return style or told


def render(digest: Digest, style: str) -> str | bytes:
    """The digest in a format; DeskError names the formats there are."""
    if style not in RENDERERS:
        raise DeskError(
            f"--format {style}", "this version cannot print it", f"there are {', '.join(RENDERERS)}"
        )
    return RENDERERS[style](digest)


def as_json(digest: Digest) -> str:
    return (
        json.dumps({"fingerprint": fingerprint(digest), **shape(digest)}, ensure_ascii=False, indent=1) + "\n"
    )


def shape(digest: Digest) -> dict[str, object]:
    """The value as JSON holds it: weeks and days as ISO 8601."""
    made = json.loads(json.dumps(asdict(digest), ensure_ascii=False, default=str))
    made["week"], made["weeks"] = str(digest.week), [str(week) for week in digest.weeks]
    made["since"], made["until"] = str(digest.week.monday), str(digest.week.sunday)
    assert isinstance(made, dict)
    return made


def fingerprint(digest: Digest) -> str:
    """Sixteen hexadecimal digits that name these facts: the same database gives the same."""
    return sha256(json.dumps(shape(digest), ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def as_atom(digest: Digest) -> bytes:
    entries = tuple(feed_entry(entry, digest) for entry in digest.entries)
    return feeds.atom(feeds.Feed(f"urn:gongwen:digest:{digest.week}", title(digest), entries))


def feed_entry(entry: Entry, digest: Digest) -> feeds.Entry:
    names = dict(digest.names)
    return feeds.Entry(
        id=f"urn:gongwen:article:{entry.id}",
        title=entry.title,
        link=entry.link,
        updated=rfc3339(entry.first_seen) or rfc3339(str(digest.week.sunday)),
        published=rfc3339(entry.published),
        author=entry.source,
        summary=entry.summary,
        categories=tuple(names.get(topic, topic) for topic in entry.topics),
    )


def title(digest: Digest) -> str:
    """The heading of an issue.

    >>> from desk.digest import compose
    >>> from desk.material import Material
    >>> from desk.weeks import Week
    >>> title(compose(Week(2026, 53), Material(), now=datetime(2027, 1, 4, tzinfo=SHANGHAI)))
    '工会新闻周报 2026年第53周（2026-12-28 至 2027-01-03）'
    """
    week = digest.week
    return f"工会新闻周报 {week.year}年第{week.number}周（{week.monday} 至 {week.sunday}）"


def as_html(digest: Digest) -> str:
    """One file with nothing from outside: its own style is named in its content policy, no other may load."""
    page = environment(autoescape=True)
    style = page.get_template("digest.css").render()
    policy = b64encode(sha256(style.encode()).digest()).decode()
    return page.get_template("digest.html").render(words(digest) | {"style": Markup(style), "policy": policy})  # noqa: S704 — our own style sheet, no text from the web


def as_markdown(digest: Digest) -> str:
    page = environment(autoescape=False)
    page.finalize = lambda value: value if isinstance(value, Markup) else markdown(str(value))
    return page.get_template("digest.md").render(words(digest) | {"refs": references})


def environment(*, autoescape: bool) -> Environment:
    made = Environment(
        loader=PackageLoader("desk"),
        autoescape=autoescape,  # noqa: S701 — only Markdown goes without; its finalize escapes every value
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        day=short_day, date=chinese_date, moment=moment, link=markdown_link, percent=percent, code=code
    )
    return made


def words(digest: Digest) -> dict[str, object]:
    """What the templates may say besides the digest itself."""
    return {
        "digest": digest,
        "week": digest.week,
        "title": title(digest),
        "names": dict(digest.names),
        "tiles": tiles(digest),
        "cells": lambda row: cells(row, digest.known),
        "places": places,
        "spark": spark,
        "bars": bars,
        "weekdays": WEEKDAYS,
        "fingerprint": fingerprint(digest),
        "origins": len(digest.sources) or len({name for entry in digest.entries for name in entry.sources}),
        "watched": sum(not source.problem for source in digest.sources),
        "chips": CHIPS,
        "anchor": lambda entry: Markup(f'<a id="n{entry.number}"></a>'),  # noqa: S704 — a number of our own
        "history": any(count for row in digest.topics for count in row.weeks[:-1]),
    }


def short_day(day: date) -> str:
    return f"{day:%m-%d}"


def chinese_date(day: date) -> str:
    return f"{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def moment(stamp: str) -> str:
    """A moment in Shanghai, to the minute."""
    return f"{datetime.fromisoformat(stamp).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if stamp else "无"


def percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "—"


def markdown_link(entry: Entry) -> Markup:
    """The entry's title, linked where it has an address that may be followed."""
    name = markdown(entry.title)
    return Markup(f"[{name}]({entry.link})" if entry.link else name)  # noqa: S704 — escaped just above, for Markdown


def references(entries: Iterable[Entry]) -> Markup:
    """Links to the entries a sentence rests on: [[3]](#n3)."""
    return Markup("".join(rf"[\[{entry.number}\]](#n{entry.number})" for entry in entries))  # noqa: S704 — numbers


def code(value: object) -> Markup:
    """Ours and harmless: a week, a fingerprint; inside backquotes nothing is escaped."""
    return Markup(value)  # noqa: S704 — never text from the web


def places(entry: Entry) -> str:
    """Where a story happened, the two most local levels of at most two places."""
    named = ("/".join(place.path.split("/")[-2:]) or place_name(place.code) for place in entry.places[:2])
    return " ".join("全国" if name == "CN" else name for name in named)


def tiles(digest: Digest) -> tuple[Tile, ...]:
    counts = {row.code: row.now for row in digest.regions}
    most = max((counts.get(province.code, 0) for province in PROVINCES), default=0)
    watched = {province_of(code) for code in digest.watched}
    return tuple(
        Tile(province, count, level(count, most), province.code in watched)
        for province in PROVINCES
        for count in [counts.get(province.code, 0)]
    )


def level(count: int, most: int) -> int:
    """A shade from 0 to 5; the square root keeps the small ones apart.

    >>> level(0, 30), level(1, 30), level(30, 30)
    (0, 1, 5)
    """
    return max(1, round(LEVELS * sqrt(count / most))) if count else 0


def cells(row: TopicRow, known: int) -> tuple[tuple[int, str], ...]:
    """The counts of a topic, each with the class of its colour: by deviation, hatched where nothing was kept yet."""
    first = len(row.weeks) - 1 - known
    return tuple((count, "hatched" if n < first else shade(count, row)) for n, count in enumerate(row.weeks))


def shade(count: int, row: TopicRow) -> str:
    if row.trend == "no-history":
        return ""
    deviation = (count - row.usual) / sqrt(max(row.usual, 1.0))
    most = 4 if max(count, row.usual) >= FEW else 1  # a row of small numbers never looks hot
    strength = min(most, int(abs(deviation)))
    return f"{'hot' if deviation > 0 else 'cold'}{strength}" if strength else ""


def spark(row: TopicRow) -> str:
    """The points of a line over the weeks."""
    width, height = SPARK
    most, step = max(*row.weeks, 1), (width - 8) / (len(row.weeks) - 1)
    return " ".join(
        f"{4 + n * step:.1f},{height - 4 - (height - 8) * count / most:.1f}"
        for n, count in enumerate(row.weeks)
    )


def bars(daily: tuple[int, ...]) -> tuple[tuple[int, str, str], ...]:
    """The bars of a week: where each begins, its top and its height."""
    most = max(*daily, 1)
    heights = [BARS[1] * count / most for count in daily]
    return tuple((13 * n, f"{BARS[1] - height:.1f}", f"{height:.1f}") for n, height in enumerate(heights))


RENDERERS: Mapping[str, Callable[[Digest], str | bytes]] = {
    "md": as_markdown,
    "html": as_html,
    "json": as_json,
    "atom": as_atom,
}
