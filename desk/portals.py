"""Portals for a person: what they are, whether their files hold, whether they keep their promises."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from archive.article import Verdict
from archive.database import Archive, Run
from archive.filter import Filter
from crawler.discovery import links
from crawler.watch import FEW_FAILURES, SHARE_OF_FAILURES
from desk.inputs import read_bytes
from desk.issue import Source
from desk.output import Column, Row, Style, console, plain_column, print_rows, print_value
from desk.problem import DeskError
from desk.weeks import SHANGHAI
from pipelines.address import failures, find
from seeds.portal import Listing, Portal, PortalError, load
from seeds.shape import toml_name
from seeds.unserved import unserved


def minute(moment: str) -> str:
    """A moment as a person in Shanghai reads it off the clock.

    >>> minute("2026-11-21T16:05:59+00:00")
    '2026-11-22 00:05'
    """
    return f"{datetime.fromisoformat(moment).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else ""


COLUMNS = (
    plain_column("name", "name", narrow=True),
    plain_column("title", "title"),
    plain_column("level", "level"),
    plain_column("region", "region"),
    plain_column("status", "status"),
    plain_column("priority", "priority"),
    plain_column("lists", "lists"),
    plain_column("patterns", "patterns"),
    Column("week", "a week", lambda row: "–".join(map(str, row["week"] or ()))),
    plain_column("home", "home"),
)
WIDE = 120  # cells from which a table has room for everything
SPARED = frozenset({"priority", "patterns", "home"})
CHECK_COLUMNS = (
    plain_column("portal", "portal", narrow=True),
    plain_column("state", "state", narrow=True),
    plain_column("tests", "url tests"),
    plain_column("week", "last 7 days"),
    Column("promised", "promised", lambda row: "–".join(map(str, row["promised"] or ()))),
    Column("last_run", "last run (北京时间)", lambda row: minute(row["last_run"] or "")),
    plain_column("problems", "problems"),
    plain_column("unserved", "declared, not served yet"),
)
LINK_COLUMNS = (
    plain_column("date", "date", narrow=True),
    plain_column("title", "title"),
    plain_column("url", "url"),
)
FACT_COLUMNS = (plain_column("key", "key", narrow=True), plain_column("value", "value"))
# A mirror that delivers copies keeps its promise: the copies are judged elsewhere.
NEWS: tuple[Verdict, ...] = ("clean", "mirror", "farm", "spam")
RECENT = timedelta(days=7)

Portals = Mapping[str, Portal]


def portal_row(portal: Portal) -> Row:
    """A portal in the list."""
    return {
        "name": portal.name,
        "title": portal.title,
        "level": portal.level,
        "region": portal.region or "CN",
        "status": portal.status,
        "priority": portal.priority,
        "lists": len(portal.lists),
        "patterns": len(portal.articles),
        "week": portal.expect.week,
        "home": portal.home,
    }


def columns(style: Style) -> tuple[Column, ...]:
    """What the list of portals shows; a narrow table leaves out what `portals show` tells."""
    narrow = style == "table" and console().width < WIDE
    return tuple(column for column in COLUMNS if not (narrow and column.name in SPARED))


def portal_named(name: str, portals: Portals) -> Portal:
    if name not in portals:
        raise DeskError(name, "no such portal", "see gongwen portals list")
    return portals[name]


def field_name(_kind: type, field: str) -> str:
    return field


def said(value: Any, name: Callable[[type, str], str] = field_name) -> Any:
    """A value for JSON: records as objects of every key that is not as it would be if the file were silent."""
    if is_dataclass(value):
        return {
            name(type(value), each.name): said(inner, name)
            for each in fields(value)
            if (inner := getattr(value, each.name)) != silent(each)
        }
    match value:
        case tuple():
            return [said(item, name) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def silent(field: Field[Any]) -> Any:
    """What a key is where a file does not say it."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def facts(portal: Portal) -> Iterator[Row]:
    """A portal's file as rows: the key with its path as the file writes it, and what it says."""
    for key, value in lines(said(portal, toml_name), ""):
        yield {"key": key, "value": value}
    if waiting := unserved(portal):
        yield {"key": "declared, not served yet", "value": ", ".join(waiting)}


def lines(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """A nested value flat: article[0].match and what it is."""
    match value:
        case dict():
            for key, item in value.items():
                yield from lines(item, f"{name}.{key}" if name else key)
        case list() if any(isinstance(item, dict | list) for item in value):
            for number, item in enumerate(value):
                yield from lines(item, f"{name}[{number}]")
        case list():
            yield name, ", ".join(map(str, value))
        case _:
            yield name, str(value)


def show(portal: Portal, style: Style) -> None:
    """Print what a portal's file says, and which of it the program does not act on yet."""
    if style in {"json", "jsonl"}:
        print_value({**said(portal), "unserved": list(unserved(portal))}, style)
    else:
        print_rows(facts(portal), FACT_COLUMNS, style)


def check(db: Path, folder: Path | None, *, now: datetime, named: bool = False) -> tuple[Row, ...]:
    """A row for every portal file: its own tests run, then its promises compared with what the archive holds.

    A database that was `named` must be there; without one the files alone are checked.
    """
    portals: dict[str, Portal] = {}
    rows: list[Row] = []
    for path in portal_files(folder):
        try:
            portals[path.name.removesuffix(".toml")] = load(path)
        except PortalError as error:  # a file that cannot be read is broken, not the end of the check
            rows.append(check_row(path.name.removesuffix(".toml"), [str(error)]))
    rows += map(check_portal, portals.values())
    kept = promises(db, portals, now) if named or db.exists() else {}
    return tuple(
        with_promises(row, kept.get(row["portal"]))
        for row in sorted(rows, key=lambda row: str(row["portal"]))
    )


def portal_files(folder: Path | None) -> list[Traversable]:
    where: Traversable = folder or files("seeds") / "portals"
    return [entry for entry in where.iterdir() if entry.name.endswith(".toml")]


def promises(db: Path, portals: Portals, now: datetime) -> dict[str, Source]:
    """How each portal did in the last seven days."""
    until = now.astimezone(SHANGHAI).date()
    with Archive.open(db, read_only=True) as archive:
        found = sources(archive, portals, until - RECENT, until, now=now + timedelta(days=1))
    return {source.portal: source for source in found}


def status(rows: Iterable[Row]) -> int:
    return int(any(row["state"] != "ok" for row in rows))


def check_portal(portal: Portal) -> Row:
    tests = sum(len(pattern.tests) for pattern in portal.articles)
    return check_row(portal.name, list(failures(portal)), tests, list(unserved(portal)))


def check_row(name: str, problems: list[str], tests: int = 0, waiting: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "portal": name,
        "state": "broken" if problems else "ok",
        "tests": tests,
        "week": None,
        "promised": None,
        "last_run": None,
        "problems": problems,
        "unserved": list(waiting),
    }


def with_promises(row: Row, source: Source | None) -> Row:
    """A row of the check with what the archive says of the portal's last seven days."""
    if source is None:
        return row
    problems = [*row["problems"], *([source.problem] if source.problem else [])]
    known = {"week": source.articles, "promised": source.promised, "last_run": source.last_run}
    return {**row, **known, "problems": problems, "state": "broken" if problems else "ok"}


def sources(
    archive: Archive, portals: Portals, since: date, until: date, *, now: datetime
) -> tuple[Source, ...]:
    """How each live portal that was ever crawled did between two days, both included."""
    runs = archive.runs(ALL_RUNS)
    counts = articles_by_portal(archive, since, until)
    known = {name for run in runs for name in (*run.portals, *run.counts)}
    over = now.astimezone(SHANGHAI).date() > until
    return tuple(
        source_of(portal, counts.get(portal.name, 0), run_for(portal.name, runs, until), since, over=over)
        for portal in portals.values()
        if portal.name in known and portal.status == "live"
    )


ALL_RUNS = 1_000_000


def run_for(name: str, runs: Sequence[Run], until: date) -> Run | None:
    """The run that tells most of the time until a day: the last one before the day after, else the first one later.

    `runs` come latest first. A later run still reads lists that reach back.
    """
    its = [run for run in runs if name in run.portals or name in run.counts]
    before = [run for run in its if day(run.started) <= until + timedelta(days=1)]
    return before[0] if before else its[-1] if its else None


def day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(SHANGHAI).date()


def articles_by_portal(archive: Archive, since: date, until: date) -> dict[str, int]:
    counts: dict[str, int] = {}
    for article in archive.articles(Filter(since=since, until=until, verdicts=NEWS)):
        counts[article.portal] = counts.get(article.portal, 0) + 1
    return counts


def source_of(portal: Portal, articles: int, run: Run | None, since: date, *, over: bool) -> Source:
    """The health of one portal: a run must have looked, must have been answered, and must have brought enough."""
    promised = portal.expect.week
    problem = ""
    if run is None or day(run.started) < since:
        problem = "这段时间没有采集"
    elif trouble := run_trouble(run, portal.name):
        problem = trouble
    elif promised and over and articles < promised[0]:
        problem = f"{articles} 篇，少于承诺的 {promised[0]} 篇"
    return Source(portal.name, portal.title, articles, promised, run.started if run else "", problem)


def run_trouble(run: Run, name: str) -> str:
    """What a run says went wrong with a portal."""
    if name not in run.counts:
        return "采集中途停止" if run.finished else ""
    counts = {kind: run.counts[name].get(kind, 0) for kind in RUN_COUNTS}
    tried = counts["fetched"] + counts["failed"] + counts["blocked"]
    found = (
        "没有读到列表页" if not counts["lists"] else "列表页上没有稿件" if not counts["found"] else "",
        f"被拒 {counts['blocked']} 次" if counts["blocked"] else "",
        f"请求失败 {counts['failed']} 次"
        if counts["failed"] > max(FEW_FAILURES, SHARE_OF_FAILURES * tried)
        else "",
        f"{counts['not_understood']} 页未能读懂" if counts["not_understood"] else "",
    )
    return "；".join(filter(None, found))


RUN_COUNTS = ("lists", "found", "fetched", "failed", "blocked", "not_understood")


def page_links(path: str, url: str, portals: Portals) -> tuple[Row, ...]:
    """The links that a crawl would visit from a saved list page, feed or sitemap."""
    portal = find(url, portals)
    found = links(read_bytes(path), url, listing_of(url, portal), portal)
    return tuple({"url": link.url, "title": link.title, "date": link.date or None} for link in found.links)


def listing_of(url: str, portal: Portal | None) -> Listing | None:
    """The list that the portal's file declares at this very address."""
    return next((listing for listing in portal.lists if listing.url == url), None) if portal else None
