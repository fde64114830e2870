"""The archive: open it, put articles in, get them out. One writer at a time; readers never wait."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection, Row
from types import TracebackType
from typing import Self

from archive import keeping, memory, rows
from archive.article import Article, Failure, Page, Story, from_dict
from archive.filter import Filter, all_of, conditions
from archive.grams import Index
from archive.health import Health, counts, inspect
from archive.keeping import Outcome
from archive.lesson import Memory
from archive.opening import ArchiveError as ArchiveError  # noqa: PLC0414 — callers know it from here
from archive.opening import connect, telling, transaction


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl. `counts` maps portal to name ("found", "new", "changed" …) to count; `outcome` is "" while it runs."""

    id: int
    started: str
    finished: str
    pid: int
    portals: tuple[str, ...]
    outcome: str
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said before it changed, until `replaced`; `changed` names the fields that differ afterwards."""

    version: int
    replaced: str
    changed: tuple[str, ...]
    article: Article


TRIES = 3  # of a page that could not be understood


class Archive:
    """The database file, open. Use it in one thread; close it or use it in a with statement."""

    def __init__(self, path: Path, conn: Connection, *, read_only: bool = False) -> None:
        self.path, self.conn, self.read_only = path, conn, read_only
        conn.row_factory = Row

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, create: bool = True) -> Self:
        """Open or make the database; raises ArchiveError, touching nothing, when it cannot be ours to use."""
        place = Path(path)
        return cls(place, connect(place, read_only=read_only, create=create), read_only=read_only)

    def close(self) -> None:
        self.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self, article: Article, page: Page | None, index: Index, *, family: Sequence[str] = ()
    ) -> Outcome:
        """Store an article with its tags, kept page, search row, sketch and address in one transaction.

        `article.story`, where there is one, takes in the articles of `family` and their families. "changed" means
        that folded text or a field changed: the old state is kept as a version. A mere rendering changes nothing
        but last_seen; today's rules on a kept page replace the row in silence.
        """
        with telling(self.path), transaction(self.conn):
            return keeping.keep_article(self.conn, article, page, index, family)

    def fail(self, failure: Failure, page: Page | None = None) -> None:
        """Keep a page that could not be understood, and why."""
        with telling(self.path), transaction(self.conn):
            keeping.keep_failure(self.conn, failure, page)

    def get(self, key: str) -> Article | None:
        """The article with this id, beginning of an id (if only one begins so) or URL."""
        with telling(self.path):
            row = self._by_id(key) or self._by_url(key)
            return keeping.load(self.conn, row) if row else None

    def _by_id(self, key: str) -> Row | None:
        if not re.fullmatch("[0-9a-f]{1,16}", key):
            return None
        sql = "SELECT * FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT 2"
        found: list[Row] = self.conn.execute(sql, (key, f"{key}g")).fetchall()  # "g" follows "f"
        return found[0] if len(found) == 1 or (found and found[0]["id"] == key) else None

    def _by_url(self, url: str) -> Row | None:
        row: Row | None = self.conn.execute(
            """
            SELECT *
            FROM articles
            WHERE id = (SELECT article_id FROM urls WHERE url = :url)
               OR url = :url
               OR canonical_url = :url
            ORDER BY last_seen DESC
            LIMIT 1
            """,
            {"url": rows.storable(url)},
        ).fetchone()
        return row

    def page(self, digest: str, url: str = "") -> Page | None:
        """The kept page of these bytes with its parts; `url` chooses when several addresses gave the same bytes."""
        with telling(self.path):
            row = self.conn.execute(
                "SELECT * FROM pages WHERE digest = ? ORDER BY url = ? DESC, page LIMIT 1", (digest, url)
            ).fetchone()
            return keeping.whole_page(self.conn, row) if row else None

    def pages(self, portals: Sequence[str] = ()) -> Iterator[Page]:
        """All kept pages in the order of keeping; the further pages of an article are its first page's parts."""
        chosen = json.dumps(list(portals))
        sql = """
            SELECT *
            FROM pages
            WHERE json_array_length(:portals) = 0 OR portal IN (SELECT value FROM json_each(:portals))
            ORDER BY page
            """
        with telling(self.path):
            for row in self.conn.execute(sql, {"portals": chosen}):
                yield keeping.whole_page(self.conn, row)

    def articles(self, wanted: Filter | None = None) -> Iterator[Article]:
        """The articles of a filter; newest first unless it says oldest."""
        chosen = wanted or Filter()
        with telling(self.path):
            limits = all_of(conditions(chosen, self.conn))
            order = "ASC" if chosen.sort == "oldest" else "DESC"
            found = self.conn.execute(
                f"""
                SELECT s.article_id
                FROM search_rows s
                WHERE {limits.sql}
                ORDER BY s.moment {order}, s.doc {order}
                LIMIT ? OFFSET ?
                """,  # noqa: S608 — the clauses are our own
                (
                    *limits.values,
                    -1 if chosen.limit is None else chosen.limit,
                    chosen.offset,
                ),
            ).fetchall()
            yield from (self._load(row["article_id"]) for row in found)

    def first_seen(self, wanted: Filter) -> dict[str, str]:
        """When the articles of a filter were first stored (UTC), by id."""
        with telling(self.path):
            limits = all_of(conditions(wanted, self.conn))
            sql = f"SELECT s.article_id, s.first_seen FROM search_rows s WHERE {limits.sql}"  # noqa: S608 — ours
            return dict(map(tuple, self.conn.execute(sql, limits.values)))

    def _load(self, article_id: str) -> Article:
        row = self.conn.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
        return keeping.load(self.conn, row)

    def versions(self, article_id: str) -> tuple[Version, ...]:
        """What the article said before, oldest first; what it says now is not among them."""
        sql = "SELECT * FROM versions WHERE article_id = ? ORDER BY version"
        with telling(self.path):
            found = self.conn.execute(sql, (article_id,)).fetchall()
        return tuple(_version(row) for row in found)

    def story(self, article_id: str) -> Story | None:
        """The story an article belongs to, None while no copy of it is known."""
        with telling(self.path):
            row = self.conn.execute("SELECT story FROM articles WHERE id = ?", (article_id,)).fetchone()
            return keeping.story(self.conn, row["story"]) if row else None

    def copies(self, story_id: str) -> tuple[Article, ...]:
        """The articles of a story, oldest first."""
        with telling(self.path):
            found = self.conn.execute(
                "SELECT id FROM articles WHERE story = ? ORDER BY published IS NULL, published, first_seen, id",
                (story_id,),
            ).fetchall()
            return tuple(self._load(row["id"]) for row in found)

    def candidates(self, sketch: Sequence[int], limit: int = 12) -> tuple[Article, ...]:
        """Articles that share most of a sketch's hashes, best first, with `folded` and `sketch` filled in.

        A hash that stands in very many texts is a slogan and says nothing: only its first holders are counted.
        """
        with telling(self.path):
            shared: dict[int, int] = {}
            for one in sketch:
                for (doc,) in self.conn.execute("SELECT doc FROM sketches WHERE hash = ? LIMIT 200", (one,)):
                    shared[doc] = shared.get(doc, 0) + 1
            likely = [doc for doc, count in shared.items() if count >= min(2, len(sketch))]
            best = sorted(likely, key=lambda doc: (-shared[doc], doc))[:limit]
            return tuple(self._load(self._article_of(doc)) for doc in best)

    def _article_of(self, doc: int) -> str:
        row = self.conn.execute("SELECT article_id FROM search_rows WHERE doc = ?", (doc,)).fetchone()
        return str(row["article_id"])

    def known(self, urls: Iterable[str]) -> dict[str, str]:
        """Which of these URLs need no visit, each with its state ("done", "failed" …).

        A page that could not be understood is worth two more tries: the fault may have been the machine's.
        """
        sql = f"""
            SELECT url, state
            FROM urls
            LEFT JOIN failures USING (url)
            WHERE url IN (SELECT value FROM json_each(?))
            AND NOT (state = 'failed' AND ifnull(times, 0) < {TRIES})
            """  # noqa: S608 — a number of our own
        with telling(self.path):
            found = self.conn.execute(sql, (rows.to_json(list(urls)),))
            return {row["url"]: row["state"] for row in found}

    def failures(self, portals: Sequence[str] = ()) -> tuple[tuple[Failure, int], ...]:
        """Pages not understood so far, latest first, each with how often it was tried."""
        with telling(self.path):
            found = self.conn.execute("SELECT * FROM failures ORDER BY last_seen DESC, url").fetchall()
        return tuple(
            (rows.failure(row), row["times"]) for row in found if not portals or row["portal"] in portals
        )

    def recall(self, family: memory.Family, before: datetime) -> Memory:
        """What was known of a family of pages before a moment: the same whenever it is asked."""
        with telling(self.path):
            return memory.recall(self.conn, family, before)

    def learned(self, portal: str) -> tuple[tuple[memory.Furniture, ...], tuple[memory.Template, ...]]:
        """The standing lines and the layouts that a portal's pages taught."""
        with telling(self.path):
            return memory.furniture(self.conn, portal), memory.templates(self.conn, portal)

    def start_run(self, portals: Sequence[str]) -> int:
        """Note that a crawl begins; returns its number."""
        sql = "INSERT INTO runs (started, pid, portals, outcome) VALUES (?, ?, ?, '')"
        with telling(self.path), transaction(self.conn):
            number = self.conn.execute(sql, (rows.now(), os.getpid(), json.dumps(list(portals)))).lastrowid
        assert number is not None
        return number

    def finish_run(self, run: int, outcome: str, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Note how a crawl ended ("done", "broken promises", "interrupted" …) and what each portal brought."""
        counted = [
            (run, portal, name, count) for portal, named in counts.items() for name, count in named.items()
        ]
        with telling(self.path), transaction(self.conn):
            self.conn.execute(
                "UPDATE runs SET finished = ?, outcome = ? WHERE id = ?", (rows.now(), outcome, run)
            )
            self.conn.executemany(
                "INSERT OR REPLACE INTO run_counts (run, portal, name, count) VALUES (?, ?, ?, ?)", counted
            )

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """The last crawls, latest first."""
        with telling(self.path):
            found = self.conn.execute("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
            return tuple(self._run(row) for row in found)

    def _run(self, row: Row) -> Run:
        counts: dict[str, dict[str, int]] = {}
        for count in self.conn.execute(
            "SELECT * FROM run_counts WHERE run = ? ORDER BY portal, name", (row["id"],)
        ):
            counts.setdefault(count["portal"], {})[count["name"]] = count["count"]
        return Run(
            id=row["id"],
            started=row["started"],
            finished=row["finished"] or "",
            pid=row["pid"],
            portals=tuple(json.loads(row["portals"])),
            outcome=row["outcome"],
            counts=counts,
        )

    def counts(self) -> dict[str, int]:
        """How many articles there are of each verdict, and how many pages, stories, urls and failures."""
        with telling(self.path):
            return counts(self.conn)

    def health(self) -> Health:
        """What `gongwen doctor` looks at; reads the whole file."""
        return inspect(self.path, self.conn, read_only=self.read_only)


def _version(row: Row) -> Version:
    return Version(
        row["version"], row["replaced"], tuple(json.loads(row["changed"])), from_dict(json.loads(row["row"]))
    )
