"""docs/schema.md, written from a database that was just migrated."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.database import Archive
from archive.migrations import APPLICATION_ID, latest

# Tables in reading order, with what a row is.
TABLES = {
    "articles": "A row an article, as it reads today.",
    "article_tags": "A row a tag of an article.",
    "pages": "What came over the wire. A row the bytes of one address.",
    "page_parts": "The further pages of an article that stands on several; `pages.digest` names them all.",
    "stories": "A row a family of copies; `articles.story` leads here.",
    "versions": "What an article said before its text or a field changed.",
    "urls": "Every address whose page was fetched, and what became of it; requests that failed are told in the run's report only.",
    "failures": "Pages that could not be understood.",
    "lessons": "What the last articles of each family of pages taught about it.",
    "furniture": "Lines that stand on many pages of a family, and since when that is known.",
    "layouts": "Where templates put story, title and date: proposed, verified, retired.",
    "runs": "A row a crawl.",
    "run_counts": "What a crawl brought from each portal.",
    "search_rows": "The narrow row that search filters and sorts by, one an article.",
    "folds": "The folded text under search and kinship, with the way back to the body.",
    "article_search": "Full-text index: every pair of neighbouring characters.",
    "article_words": "Full-text index: which documents hold a word or a character at all.",
    "sketches": "Hashes of a sample of each text's 5-grams: copies share most of them.",
}

HEAD = f"""# The database

*Written by `archive/schema_doc.py`; do not edit. Schema {latest()}, application id {APPLICATION_ID:#x}.*

One SQLite file in WAL mode. One process writes at a time and others wait up to 30 seconds; readers never wait.
Copy it with `sqlite3 gongwen.db "VACUUM INTO 'copy.db'"`, never with `cp` while a crawl runs.
Moments are ISO 8601; where a comment says UTC they end in +00:00. Empty text fields of `articles` are NULL where a reader
would expect null in JSON. Lists are JSON.

## Reading it with other programs

    sqlite-utils gongwen.db "select title, source, published from articles where verdict = 'clean' order by published desc limit 10"

    datasette gongwen.db --setting sql_time_limit_ms 2000

    import pandas, sqlite3
    with sqlite3.connect("file:gongwen.db?mode=ro", uri=True) as db:
        articles = pandas.read_sql("select * from articles where verdict = 'clean'", db, parse_dates=["first_seen"])

Articles a topic, this month:

    select t.value, count(*) from article_tags t join articles a on a.id = t.article_id
    where t.kind = 'topic' and a.verdict = 'clean' and a.day >= date('now', 'start of month') group by t.value order by 2 desc

Copies are counted once with `count(distinct coalesce(story, id))`. A kept page is `zlib.decompress(body)` in Python.
The two full-text indexes hold tokens that only `archive/grams.py` makes: search with `gongwen search`, or with
`instr(body, '工会')` here.

## Tables
"""  # noqa: S608 — SQL for people to read


def document() -> str:
    """The text of docs/schema.md."""
    statements = _statements()
    missing = sorted(set(statements) - set(TABLES))
    assert not missing, f"tables without a sentence in archive/schema_doc.py: {missing}"
    parts = [f"### {name}\n{said}\n\n{_indented(statements[name])}\n" for name, said in TABLES.items()]
    return HEAD + "\n" + "\n".join(parts)


def _statements() -> dict[str, str]:
    """The CREATE statement of every table of ours; FTS5's inner tables are its own business."""
    with TemporaryDirectory() as folder, Archive.open(Path(folder) / "schema.db") as archive:
        found = archive.conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        return {name: sql for name, sql in found if _is_ours(name)}


def _is_ours(name: str) -> bool:
    return not re.match(r"_?sqlite_|article_(?:search|words)_", name)


def _indented(sql: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in sql.splitlines())


def write(path: Path) -> None:
    """Bring docs/schema.md up to date."""
    path.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent.parent / "docs" / "schema.md")
