"""Articles as files for other programs: CSV, JSON Lines, Atom, JSON Feed."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping

from archive.article import Article, to_dict
from desk import feeds
from desk.output import Column, Row, dump, plain_column, to_text
from desk.plain import cell
from desk.problem import DeskError
from desk.weeks import rfc3339


def ids(row: Row) -> list[str]:
    return [topic["id"] for topic in row["topics"]]


def paths(row: Row) -> list[str]:
    return [region["path"] for region in row["regions"]]


def codes(row: Row) -> list[str]:
    return [region["code"] for region in row["regions"]]


def story_id(row: Row) -> str:
    return str(row["story"]["id"]) if row["story"] else ""


# What a spreadsheet shows of an article; the text comes last, because it is long.
COLUMNS = (
    *map(
        plain_column,
        ("id", "published", "published_precision", "portal", "channel", "source", "title"),
        ("",) * 7,
    ),
    Column("topics", "", ids),
    Column("regions", "", paths),
    Column("region_codes", "", codes),
    *map(plain_column, ("organisations", "people", "laws", "campaigns", "keywords"), ("",) * 5),
    *map(plain_column, ("authors", "correspondents", "editors", "verdict", "doubts"), ("",) * 5),
    Column("story", "", story_id),
    *map(plain_column, ("url", "summary", "body"), ("",) * 3),
)


def export(articles: Iterable[Article], style: str, *, bom: bool = False) -> Iterator[bytes]:
    """The articles in a format, piece by piece; DeskError names the formats there are."""
    if style not in WRITERS:
        raise DeskError(
            f"--format {style}", "this version cannot write it", f"there are {', '.join(WRITERS)}"
        )
    if bom and style == "csv":
        yield b"\xef\xbb\xbf"  # by this mark Excel knows a CSV for UTF-8
    yield from WRITERS[style](articles)


def as_csv(articles: Iterable[Article]) -> Iterator[bytes]:
    """RFC 4180; a cell that a spreadsheet would run as a formula begins with a single quote."""
    yield csv_line([column.name for column in COLUMNS])
    for article in articles:
        row = to_dict(article)
        yield csv_line([cell(to_text(column.read(row))) for column in COLUMNS])


def csv_line(cells: list[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode("utf-8")


def as_jsonl(articles: Iterable[Article]) -> Iterator[bytes]:
    for article in articles:
        yield dump(to_dict(article)).encode() + b"\n"


def as_atom(articles: Iterable[Article]) -> Iterator[bytes]:
    yield feeds.atom(feed(articles))


def as_jsonfeed(articles: Iterable[Article]) -> Iterator[bytes]:
    yield feeds.jsonfeed(feed(articles)).encode()


def feed(articles: Iterable[Article]) -> feeds.Feed:
    return feeds.Feed("urn:gongwen:export", "工闻：工会与劳动新闻", [entry(article) for article in articles])


def entry(article: Article) -> feeds.Entry:
    """An article as an item of a feed; it is as new as our reading of it."""
    return feeds.Entry(
        id=f"urn:gongwen:article:{article.id}",
        title=article.title,
        link=article.url,
        updated=rfc3339(article.fetched) or rfc3339(article.published) or feeds.NEVER,
        published=rfc3339(article.published),
        author=article.source or article.portal,
        summary=article.summary,
        content=article.body,
        categories=tuple(topic.id for topic in article.topics),
    )


WRITERS: Mapping[str, Callable[[Iterable[Article]], Iterator[bytes]]] = {
    "csv": as_csv,
    "jsonl": as_jsonl,
    "atom": as_atom,
    "jsonfeed": as_jsonfeed,
}
