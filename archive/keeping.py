"""Storing: what one transaction writes for an article, a page or a failure."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection, Row
from typing import Literal

from archive import rows
from archive.article import Article, Failure, Page, Story, to_json
from archive.grams import Index, grams, once
from archive.memory import learn

Outcome = Literal["new", "changed", "unchanged"]


def keep_article(
    conn: Connection, article: Article, page: Page | None, index: Index, family: Iterable[str]
) -> Outcome:
    """Write everything that belongs to an article; call it inside a transaction."""
    old = conn.execute("SELECT * FROM articles WHERE id = ?", (article.id,)).fetchone()
    digest = rows.content(article, index)
    outcome = _outcome(article, digest, old)
    if outcome != "unchanged" or (old is not None and _is_refreshed(conn, article, old)):
        _write(conn, Entry(article, index, digest, outcome), old)
        keep_page(conn, page)
    _see(conn, article)
    _join(conn, article, family)
    if outcome == "new":
        learn(conn, article)
    keep_url(conn, article, page)
    return outcome


def _outcome(article: Article, digest: str, old: Row | None) -> Outcome:
    if old is None:
        return "new"
    return "unchanged" if old["content"] == digest or _is_older(article, old) else "changed"


def _is_older(article: Article, old: Row) -> bool:
    """Tell whether this was read from an earlier page than the one we show."""
    return bool(article.fetched and old["fetched"]) and rows.utc(article.fetched) < rows.utc(old["fetched"])


def _is_refreshed(conn: Connection, article: Article, old: Row) -> bool:
    """Tell whether other rules, or the same on the same page, read something that no reader would call a change.

    Another rendering of an unchanged article is not worth a kept page, so its row stays as it was.
    """
    if _is_older(article, old) or (
        article.rules == old["rules"] and article.page_digest != old["page_digest"]
    ):
        return False
    row = rows.values(article)
    differs = any(row[name] != old[name] for name in row if name != "fetched")
    return differs or rows.tags(article) != _tags(conn, article.id)


def _tags(conn: Connection, article_id: str) -> list[tuple[str, str, str, float | None, int]]:
    sql = "SELECT kind, value, label, score, place FROM article_tags WHERE article_id = ? ORDER BY place"
    return [tuple(row) for row in conn.execute(sql, (article_id,))]


@dataclass(frozen=True, slots=True)
class Entry:
    article: Article
    index: Index
    content: str
    outcome: Outcome


def _write(conn: Connection, entry: Entry, old: Row | None) -> None:
    if old is not None:
        if entry.outcome == "changed":
            _keep_version(conn, entry, old)
        _forget_derived(conn, entry.article.id)
    _write_row(conn, entry, old)
    _write_tags(conn, entry.article)
    _write_search(conn, entry)


def _write_row(conn: Connection, entry: Entry, old: Row | None) -> None:
    seen = rows.utc(entry.article.fetched)
    row = rows.values(entry.article) | {
        "content": entry.content,
        "story": old["story"] if old else None,
        "first_seen": old["first_seen"] if old else seen,
        "last_seen": old["last_seen"] if old else seen,
        "version": old["version"] + (entry.outcome == "changed") if old else 1,
    }
    names = list(row)
    conn.execute(
        f"""
        INSERT INTO articles ({", ".join(names)})
        VALUES ({", ".join(f":{name}" for name in names)})
        ON CONFLICT (id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in names if name != "id")}
        """,  # noqa: S608 — the names are our own columns
        row,
    )


def _keep_version(conn: Connection, entry: Entry, old: Row) -> None:
    before = load(conn, old)
    fold = rows.text(before.folded, "[]").folded
    fields = rows.changed(before, entry.article, same_body=fold == rows.storable(entry.index.body.folded))
    conn.execute(
        """
        INSERT INTO versions (article_id, version, replaced, changed, page_digest, row)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        (before.id, old["version"], rows.now(), json.dumps(fields), before.page_digest, to_json(before)),
    )


def _forget_derived(conn: Connection, article_id: str) -> None:
    """Take away tags, fold, sketch and search row; the index entries themselves stay behind, never found again."""
    held = conn.execute(
        """
        SELECT doc, sketch
        FROM search_rows
        JOIN folds USING (doc)
        WHERE article_id = ?
        """,
        (article_id,),
    ).fetchone()
    hashes = [(one, held["doc"]) for one in rows.unpack(held["sketch"])]
    conn.executemany("DELETE FROM sketches WHERE hash = ? AND doc = ?", hashes)
    conn.execute("DELETE FROM search_rows WHERE article_id = ?", (article_id,))
    conn.execute("DELETE FROM article_tags WHERE article_id = ?", (article_id,))


def _write_tags(conn: Connection, article: Article) -> None:
    conn.executemany(
        """
        INSERT INTO article_tags (article_id, kind, value, label, score, place)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [(article.id, *tag) for tag in rows.tags(article)],
    )


def _write_search(conn: Connection, entry: Entry) -> None:
    doc = _write_search_row(conn, entry.article)
    _write_fold(conn, doc, entry)
    _write_index(conn, doc, entry.index)
    hashes = [(one, doc) for one in entry.article.sketch]
    conn.executemany("INSERT OR IGNORE INTO sketches (hash, doc) VALUES (?, ?)", hashes)


def _write_fold(conn: Connection, doc: int, entry: Entry) -> None:
    title, body = entry.index.title, entry.index.body
    conn.execute(
        """
        INSERT INTO folds (doc, title, title_gaps, body, body_gaps, sketch)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        (
            doc,
            rows.storable(title.folded),
            rows.gaps(title),
            rows.packed(body.folded),
            rows.gaps(body),
            rows.pack(entry.article.sketch),
        ),
    )


def _write_index(conn: Connection, doc: int, index: Index) -> None:
    conn.execute(
        """
        INSERT INTO article_search (rowid, title, body, source, author)
        VALUES (?, ?, ?, ?, ?)
        """,
        (
            doc,
            *(
                grams(rows.storable(text))
                for text in (index.title.folded, index.body.folded, index.source, index.author)
            ),
        ),
    )
    conn.execute("INSERT INTO article_words (rowid, tokens) VALUES (?, ?)", (doc, rows.storable(once(index))))


def _write_search_row(conn: Connection, article: Article) -> int:
    day, day_end = rows.days(article.published)
    cursor = conn.execute(
        """
        INSERT INTO search_rows (article_id, portal, verdict, day, day_end, moment, first_seen)
        SELECT id, ifnull(portal, ''), verdict, ?, ?, ?, first_seen
        FROM articles
        WHERE id = ?
        """,
        (day, day_end, rows.in_shanghai(article.published), article.id),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _see(conn: Connection, article: Article) -> None:
    """The first and the last time a page said this; a page read again later moves neither."""
    seen = rows.utc(article.fetched)
    conn.execute(
        """
        UPDATE articles
        SET first_seen = min(first_seen, :seen), last_seen = max(last_seen, :seen)
        WHERE id = :id
        """,
        {"seen": seen, "id": article.id},
    )
    conn.execute(
        "UPDATE search_rows SET first_seen = min(first_seen, ?) WHERE article_id = ?", (seen, article.id)
    )


def _join(conn: Connection, article: Article, family: Iterable[str]) -> None:
    """Write the story and bring its whole family, and their families, under it."""
    story = article.story
    if story is None:
        return
    conn.execute(
        """
        INSERT INTO stories (id, original, original_source, reason)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE
        SET original = excluded.original, original_source = excluded.original_source, reason = excluded.reason
        """,
        (story.id, story.original, rows.storable(story.original_source), rows.storable(story.reason)),
    )
    conn.execute(
        """
        UPDATE articles
        SET story = :story
        WHERE id IN (SELECT value FROM json_each(:family))
           OR story IN (SELECT story FROM articles WHERE id IN (SELECT value FROM json_each(:family)))
        """,
        {"story": story.id, "family": json.dumps([article.id, *family])},
    )
    conn.execute("DELETE FROM stories WHERE id NOT IN (SELECT story FROM articles WHERE story IS NOT NULL)")


def keep_page(conn: Connection, page: Page | None) -> None:
    """Keep the bytes, those of its parts as well; the same bytes from the same address are kept once."""
    if page is None:
        return
    kept = conn.execute(
        """
        INSERT INTO pages (
            digest, url, final_url, portal, fetched, status, headers, charset, listed_title, listed_date, size, coding, body
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'zlib', ?)
        ON CONFLICT (digest, url) DO NOTHING
        """,
        (
            page.digest,
            *map(rows.storable, (page.url, page.final_url, page.portal)),
            page.fetched.isoformat(),
            page.status,
            rows.to_json(page.headers),
            *map(rows.storable, (page.charset, page.listed_title, page.listed_date)),
            len(page.body),
            zlib.compress(page.body, 6),
        ),
    )
    if kept.rowcount:
        _keep_parts(conn, kept.lastrowid, page.parts)


def _keep_parts(conn: Connection, first: int | None, parts: Iterable[Page]) -> None:
    conn.executemany(
        """
        INSERT INTO page_parts (page, number, url, final_url, fetched, status, headers, charset, size, coding, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'zlib', ?)
        """,
        [
            (
                first,
                number,
                *map(rows.storable, (part.url, part.final_url)),
                part.fetched.isoformat(),
                part.status,
                rows.to_json(part.headers),
                rows.storable(part.charset),
                len(part.body),
                zlib.compress(part.body, 6),
            )
            for number, part in enumerate(parts, 2)
        ],
    )


def whole_page(conn: Connection, row: Row) -> Page:
    """The page of a row of table pages, with its parts."""
    parts = conn.execute("SELECT * FROM page_parts WHERE page = ? ORDER BY number", (row["page"],))
    return rows.page(row, parts)


def keep_url(conn: Connection, article: Article, page: Page | None) -> None:
    """The addresses under which this article was met are known, and no longer failures."""
    pages = (page, *page.parts) if page else ()
    met = {article.url, article.canonical_url} | {url for one in pages for url in (one.url, one.final_url)}
    for url in sorted(map(rows.storable, met - {""})):
        _set_url(conn, (url, article.portal, "done", article.id, ""), rows.utc(article.fetched))
        conn.execute("DELETE FROM failures WHERE url = ?", (url,))


def _set_url(conn: Connection, values: tuple[str, str, str, str | None, str], seen: str) -> None:
    conn.execute(
        """
        INSERT INTO urls (url, portal, state, article_id, reason, first_seen, last_seen)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (url) DO UPDATE
        SET state = excluded.state, article_id = ifnull(excluded.article_id, article_id), reason = excluded.reason,
            last_seen = max(last_seen, excluded.last_seen)
        """,
        (*values, seen, seen),
    )


def keep_failure(conn: Connection, failure: Failure, page: Page | None) -> None:
    """Keep the page and why it was not understood."""
    seen = rows.utc(failure.at.isoformat())
    url, reason = rows.storable(failure.url), rows.storable(" ".join(failure.reason.split()))
    keep_page(conn, page)
    conn.execute(
        """
        INSERT INTO failures (url, portal, kind, reason, times, first_seen, last_seen, page_digest)
        VALUES (?, ?, ?, ?, 1, ?, ?, ?)
        ON CONFLICT (url) DO UPDATE
        SET kind = excluded.kind, reason = excluded.reason, times = times + 1, last_seen = excluded.last_seen,
            page_digest = excluded.page_digest
        """,
        (url, failure.portal, failure.kind, reason, seen, seen, page.digest if page else ""),
    )
    _set_url(conn, (url, failure.portal, "failed", None, reason), seen)


def load(conn: Connection, row: Row) -> Article:
    """The whole article of a row of table articles."""
    tags = conn.execute("SELECT * FROM article_tags WHERE article_id = ? ORDER BY place", (row["id"],))
    fold = conn.execute(
        """
        SELECT body, sketch
        FROM search_rows
        JOIN folds USING (doc)
        WHERE article_id = ?
        """,
        (row["id"],),
    ).fetchone()
    return rows.article(row, tags, fold, story(conn, row["story"]))


def story(conn: Connection, story_id: str | None) -> Story | None:
    if story_id is None:
        return None
    row = conn.execute(
        """
        SELECT id, original, original_source, reason,
               (SELECT count(*) FROM articles WHERE articles.story = stories.id) AS copies
        FROM stories
        WHERE id = ?
        """,
        (story_id,),
    ).fetchone()
    return Story(**row)
