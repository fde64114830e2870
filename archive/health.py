"""Is the database sound: what `gongwen doctor` looks at."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection, DatabaseError

# A name for each kind of row that has lost what it belongs to, and how many there are.
ORPHANS = {
    "articles without a search row": """
        SELECT count(*)
        FROM articles
        WHERE id NOT IN (SELECT article_id FROM search_rows)""",
    "search rows without a fold": """
        SELECT count(*)
        FROM search_rows
        WHERE doc NOT IN (SELECT doc FROM folds)""",
    "articles whose page is gone": """
        SELECT count(*)
        FROM articles
        WHERE page_digest <> '' AND page_digest NOT IN (SELECT digest FROM pages)""",
    "stories without an article": """
        SELECT count(*)
        FROM stories
        WHERE id NOT IN (SELECT story FROM articles WHERE story IS NOT NULL)""",
    "sketches of no article": """
        SELECT count(*)
        FROM sketches
        WHERE doc NOT IN (SELECT doc FROM search_rows)""",
}


@dataclass(frozen=True, slots=True)
class Health:
    """`damage` holds what SQLite's integrity check says, () when all is well; `orphans` holds only counts above 0.

    `search_rows_dead` counts index entries that changed articles left behind. Sizes are bytes.
    """

    schema: int
    damage: tuple[str, ...]
    search_sound: bool
    orphans: Mapping[str, int]
    counts: Mapping[str, int]
    size: int
    log_size: int
    free: int
    search_rows_dead: int

    @property
    def is_sound(self) -> bool:
        return not self.damage and self.search_sound and not self.orphans


def inspect(path: Path, conn: Connection, *, read_only: bool) -> Health:
    """Look at everything; damage is reported, not raised."""
    damage = _damage(conn)
    log = Path(f"{path}-wal")
    return Health(
        schema=int(conn.execute("PRAGMA user_version").fetchone()[0]),
        damage=damage,
        search_sound=not damage and _search_is_sound(conn, read_only=read_only),
        orphans={} if damage else _orphans(conn),
        counts={} if damage else counts(conn),
        size=path.stat().st_size,
        log_size=log.stat().st_size if log.exists() else 0,
        free=shutil.disk_usage(path.parent).free,
        search_rows_dead=0 if damage else _dead(conn),
    )


def _damage(conn: Connection) -> tuple[str, ...]:
    try:
        found = [row[0] for row in conn.execute("PRAGMA integrity_check(20)")]
        found += [f"foreign key broken in {row[0]}" for row in conn.execute("PRAGMA foreign_key_check")]
    except DatabaseError as error:
        return (str(error),)
    return tuple(line for line in found if line != "ok")


def _search_is_sound(conn: Connection, *, read_only: bool) -> bool:
    """FTS5's own check changes nothing, but it is an INSERT: a reader can only look something up."""
    look = "SELECT count(*) FROM {0} WHERE {0} MATCH '工会 OR 会'"
    check = look if read_only else "INSERT INTO {0} ({0}) VALUES ('integrity-check')"
    try:
        for table in ("article_search", "article_words"):
            conn.execute(check.format(table)).fetchone()
    except DatabaseError:
        return False
    return True


def _orphans(conn: Connection) -> dict[str, int]:
    found = {name: int(conn.execute(sql).fetchone()[0]) for name, sql in ORPHANS.items()}
    return {name: count for name, count in found.items() if count}


def _dead(conn: Connection) -> int:
    sql = "SELECT (SELECT count(*) FROM article_search) - (SELECT count(*) FROM search_rows)"
    return int(conn.execute(sql).fetchone()[0])


def counts(conn: Connection) -> dict[str, int]:
    """Articles of each verdict, then pages, stories, urls and failures."""
    found = {
        row[0]: row[1]
        for row in conn.execute("SELECT verdict, count(*) FROM articles GROUP BY verdict ORDER BY verdict")
    }
    for table in ("pages", "stories", "urls", "failures"):
        found[table] = conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 — our own tables
    return {"articles": sum(conn.execute("SELECT count(*) FROM articles").fetchone()), **found}
