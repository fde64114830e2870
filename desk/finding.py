"""Search for a person: a query and filters → rows, and one sentence where there are none."""

from collections.abc import Iterator

from archive.article import to_dict
from archive.database import Archive
from archive.search import Filter, Hit, Query, search, why_empty
from desk.output import Column, Row, Style, plain_column
from desk.plain import short

SNIPPET = 90  # characters
COLUMNS = (
    plain_column("id", "id", narrow=True),
    Column("published", "date", lambda row: (row["published"] or "")[:10], narrow=True),
    plain_column("source", "source"),
    plain_column("title", "title"),
    Column("snippet", "text", lambda row: short(row["snippet"], SNIPPET)),
    plain_column("url", "url"),
)


def columns(style: Style) -> tuple[Column, ...]:
    """A table leaves the address out: an id leads to it."""
    return COLUMNS[:-1] if style == "table" else COLUMNS


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
