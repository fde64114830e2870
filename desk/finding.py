"""Search for a person: a query and filters → rows, and one sentence where there are none."""

import re
from collections.abc import Iterator

from archive.article import to_dict
from archive.database import Archive
from archive.search import Filter, Hit, Query, search, why_empty
from desk.output import Column, Row, Style, console, plain_column
from desk.plain import short

SNIPPET = 90  # characters
OTHERS = 56  # cells that the other columns of a table need before the text may grow
GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")  # the ends of lines and paragraphs of Chinese
COLUMNS = (
    plain_column("id", "id", narrow=True),
    Column("published", "date", lambda row: (row["published"] or "")[:10], narrow=True),
    plain_column("source", "source"),
    plain_column("title", "title"),
    Column("snippet", "text", lambda row: short(GAP.sub("", row["snippet"]), SNIPPET)),
    plain_column("url", "url"),
)


def columns(style: Style) -> tuple[Column, ...]:
    """A table leaves the address out, to which an id leads, and has two lines of text where it is narrow."""
    if style != "table":
        return COLUMNS
    # Half of what is left is the text's; a character takes two cells, so that makes two lines.
    room = max(12, min(SNIPPET, (console().width - OTHERS) // 2))
    return (*COLUMNS[:4], Column("snippet", "text", lambda row: short(GAP.sub("", row["snippet"]), room)))


def found(archive: Archive, query: Query, wanted: Filter) -> tuple[tuple[Row, ...], str]:
    """The rows of an answer and a remark about it: how many more there are, or why there are none."""
    answer = search(archive, query, wanted)
    rows = tuple(rows_of(archive, answer.hits))
    if not rows:
        return rows, why_empty(archive, query, wanted) or "nothing found"
    return rows, f"{len(rows)} of {answer.total}" if answer.total > len(rows) else ""


def rows_of(archive: Archive, hits: tuple[Hit, ...]) -> Iterator[Row]:
    """Each hit as an article's JSON with what the search knows of it."""
    for hit in hits:
        article = archive.get(hit.id)
        if article is not None:
            extra = {"score": hit.score, "snippet": hit.snippet, "first_seen": hit.first_seen}
            yield to_dict(article) | extra
