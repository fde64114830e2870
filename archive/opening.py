"""Opening the database file: what is refused, and why, before anything is touched."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from archive.migrations import APPLICATION_ID, latest, migrate

MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes
BUSY_MS = 30_000


class ArchiveError(Exception):
    """The archive cannot do what was asked: names the file, the trouble and the remedy in one line."""

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}; {remedy}")


def connect(path: Path, *, read_only: bool, create: bool) -> sqlite3.Connection:
    """A connection ready for work, its schema the latest. A refusal leaves the folder as it was."""
    _check_place(path, read_only=read_only, create=create)
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh and read_only:
        raise ArchiveError(
            path, "is an empty file", "fill it with `gongwen crawl`, or name another file with --db"
        )
    version = 0 if fresh else _check_file(path)
    if read_only and version < latest():
        connect(path, read_only=False, create=False).close()  # an older schema: brought up to date once
    with telling(path):
        conn = _connection(path, read_only=read_only)
        try:
            return _ready(conn, read_only=read_only, version=version)
        except BaseException:
            conn.close()
            raise


def _ready(conn: sqlite3.Connection, *, read_only: bool, version: int) -> sqlite3.Connection:
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if read_only:
        return conn
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute(
        "PRAGMA synchronous = FULL"
    )  # articles come at human pace: an acknowledged one survives a power cut
    if version < latest():
        with transaction(conn):
            migrate(Database(conn, execute_plugins=False))
    return conn


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. IMMEDIATE: a deferred BEGIN fails at once, whatever the timeout, when another process writes."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn what can befall a sound program (full disk, damage, a lock) into an ArchiveError; faults of ours pass through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _KNOWN.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if known is None:
            raise
        raise ArchiveError(path, *known) from error


DAMAGED = (
    "the database is damaged",
    "restore a backup, or rescue what is readable with `sqlite3 FILE .recover`",
)
NOT_OURS = ("is not a Gongwen database", "name another file with --db")
_KNOWN = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: NOT_OURS,
    sqlite3.SQLITE_FULL: ("the disk is full; what was stored before is safe", "free some space and run again"),
    sqlite3.SQLITE_IOERR: ("the disk does not answer (I/O error)", "check the disk and free space, then run `gongwen doctor`"),
    sqlite3.SQLITE_BUSY: ("another process has kept it locked for 30 seconds", "wait for it to end, then run again"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_PERM: ("cannot be opened", "check the permissions of the file and its folder"),
}  # fmt: skip


def _check_place(path: Path, *, read_only: bool, create: bool) -> None:
    if path.is_dir():
        raise ArchiveError(path, "is a folder", "name a file with --db")
    if not path.parent.is_dir():
        raise ArchiveError(path, "its folder does not exist", f"make it with `mkdir -p {path.parent}`")
    if not path.exists() and (read_only or not create):
        raise ArchiveError(
            path, "does not exist", "name another file with --db, or fill this one with `gongwen crawl`"
        )
    if path.exists() and not os.access(path, os.R_OK):
        raise ArchiveError(path, "cannot be read", "check its permissions")
    if not read_only and not (
        os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    ):
        raise ArchiveError(path, "cannot be written", "check the permissions of the file and its folder")


def _check_file(path: Path) -> int:
    """The schema version of an existing file; refuses what is not ours, newer than we are, or damaged."""
    header = path.read_bytes()[:HEADER] if path.stat().st_size < HEADER else _first_bytes(path)
    if not header.startswith(MAGIC) or len(header) < HEADER:
        raise ArchiveError(path, *NOT_OURS)
    _check_version(path, int.from_bytes(header[60:64], "big"))
    _check_length(path, header)
    with telling(path), closing(_probe(path)) as conn:
        version = int(conn.execute("PRAGMA user_version").fetchone()[0])
        tables = conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        application = conn.execute("PRAGMA application_id").fetchone()[0]
    _check_version(path, version)
    if application != APPLICATION_ID and tables:
        raise ArchiveError(path, *NOT_OURS)
    return version


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADER)


def _check_version(path: Path, version: int) -> None:
    if version > latest():
        problem = f"was written by a newer Gongwen (schema {version}, this program knows {latest()})"
        raise ArchiveError(path, problem, "upgrade this program with `pip install --upgrade gongwen`")


def _check_length(path: Path, header: bytes) -> None:
    """A file shorter than its header says was cut off; with a write-ahead log beside it the header may be ahead."""
    page_size = int.from_bytes(header[16:18], "big") or 1
    page_size = 65536 if page_size == 1 else page_size
    if path.stat().st_size < page_size * int.from_bytes(header[28:32], "big") and not _has_log(path):
        raise ArchiveError(path, *DAMAGED)


def _has_log(path: Path) -> bool:
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _probe(path: Path) -> sqlite3.Connection:
    """A connection that leaves no file behind: immutable, unless a log holds newer pages than the file."""
    return _uri(path, "mode=ro" if _has_log(path) else "mode=ro&immutable=1")


def _connection(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return _uri(path, "mode=rwc")
    if os.access(path.parent, os.W_OK) or _has_log(path):
        return _uri(path, "mode=ro")
    return _uri(
        path, "mode=ro&immutable=1"
    )  # a reader of a WAL database otherwise needs to write its index beside it


def _uri(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, timeout=BUSY_MS / 1000
    )
