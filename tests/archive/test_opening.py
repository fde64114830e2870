"""Opening: what cannot be our database is refused in one line and left as it was."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.database import Archive, ArchiveError
from archive.migrations import APPLICATION_ID, latest
from archive.schema_doc import document
from archive.search import search
from pipelines.query import parse
from pipelines.store import store
from tests.archive.building import made, page

ROOT = Path(__file__).resolve().parent.parent.parent
VERSIONS = Path(__file__).parent / "versions"


def sound(path: Path) -> Path:
    with Archive.open(path) as archive:
        for n in range(40):
            store(archive, made(f"第{n}篇正文。" * 200, n=n), page(os.urandom(3_000)))
    return path


def is_text(folder: Path) -> Path:
    path = folder / "gongwen.db"
    path.write_text("this is not a database, but it is longer than the hundred bytes of a header\n" * 3)
    return path


def is_short(folder: Path) -> Path:
    path = folder / "gongwen.db"
    path.write_bytes(b"SQLite format 3\0")
    return path


def is_of_another_program(folder: Path) -> Path:
    path = folder / "places.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE bookmarks (url TEXT)")
    return path


def is_newer(folder: Path) -> Path:
    path = sound(folder / "gongwen.db")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA user_version = {latest() + 1}")
    return path


def is_cut_off(folder: Path) -> Path:
    path = sound(folder / "gongwen.db")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    return path


def has_a_broken_schema(folder: Path) -> Path:
    path = sound(folder / "gongwen.db")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3_000)
    return path


def is_a_folder(folder: Path) -> Path:
    (folder / "gongwen.db").mkdir()
    return folder / "gongwen.db"


def is_in_no_folder(folder: Path) -> Path:
    return folder / "missing" / "gongwen.db"


REFUSED = {
    is_text: "is not a Gongwen database",
    is_short: "is not a Gongwen database",
    is_of_another_program: "is not a Gongwen database",
    is_newer: "was written by a newer Gongwen",
    is_cut_off: "the database is damaged",
    has_a_broken_schema: "the database is damaged",
    is_a_folder: "is a folder",
    is_in_no_folder: "its folder does not exist",
}


def contents(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize("situation", REFUSED, ids=lambda situation: situation.__name__)
def test_what_cannot_be_ours_is_refused_and_left_alone(
    tmp_path: Path, situation: object, read_only: bool
) -> None:
    path = situation(tmp_path)  # type: ignore[operator]
    before = contents(tmp_path)
    with pytest.raises(ArchiveError) as refusal:
        Archive.open(path, read_only=read_only)
    said = str(refusal.value)
    assert str(path) in said
    assert REFUSED[situation] in said  # type: ignore[index]
    assert "\n" not in said
    assert contents(tmp_path) == before


def test_a_missing_file_is_made_only_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "gongwen.db"
    for wish in ({"read_only": True}, {"create": False}):
        with pytest.raises(ArchiveError, match="does not exist"):
            Archive.open(path, **wish)
    assert contents(tmp_path) == {}
    Archive.open(path).close()
    assert path.exists()


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sound(tmp_path / "gongwen.db")
    monkeypatch.setattr(os, "access", lambda _path, mode: mode == os.R_OK)  # root may write everywhere
    with pytest.raises(ArchiveError, match="cannot be written"):
        Archive.open(path)
    with Archive.open(path, read_only=True) as archive:
        assert archive.counts()["articles"] == 40


def test_an_empty_file_is_refused_to_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "gongwen.db"
    path.touch()
    with pytest.raises(ArchiveError, match="is an empty file"):
        Archive.open(path, read_only=True)
    assert contents(tmp_path) == {path: b""}


def test_a_reader_finds_an_older_schema_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    released = (VERSIONS / "0001.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(released)
    with Archive.open(path, read_only=True) as archive:
        assert archive.counts()["articles"] >= 0
        assert archive.conn.execute("PRAGMA user_version").fetchone()[0] == latest()


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "gongwen.db"
    path.touch()
    with Archive.open(path) as archive:
        assert archive.counts()["articles"] == 0


def test_a_creation_that_was_killed_is_finished_later(tmp_path: Path) -> None:
    path = tmp_path / "gongwen.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("VACUUM")
    with Archive.open(path) as archive:
        assert archive.health().is_sound


def test_damage_inside_is_told_when_it_is_met(tmp_path: Path) -> None:
    path = sound(tmp_path / "gongwen.db")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * (path.stat().st_size // 3))
    with Archive.open(path, read_only=True) as archive:
        assert archive.health().damage
        with pytest.raises(ArchiveError, match="the database is damaged; restore a backup"):
            list(archive.pages())


def test_every_connection_is_durable_and_strict(archive: Archive) -> None:
    settings = {
        name: archive.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2}
    assert archive.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert archive.conn.execute("PRAGMA busy_timeout").fetchone()[0] == 30_000
    assert archive.conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    loose = archive.conn.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE '%sqlite_%' "
        "AND name NOT LIKE 'article_search%' AND name NOT LIKE 'article_words%'"
    ).fetchall()
    assert [row["name"] for row in loose] == []


def shape(path: Path) -> list[tuple[str, str, str]]:
    """Tables and indexes, and for each table its columns, but not how the statement was laid out."""
    with closing(sqlite3.connect(path)) as conn:
        return sorted(
            (kind, name, " ".join((sql or "").split()))
            for kind, name, sql in conn.execute("SELECT type, name, sql FROM sqlite_schema")
        )


@pytest.mark.parametrize("released", sorted(VERSIONS.glob("*.sql")), ids=lambda path: path.stem)
def test_a_database_of_every_release_comes_to_todays_shape(tmp_path: Path, released: Path) -> None:
    old, fresh = tmp_path / "old.db", tmp_path / "fresh.db"
    with closing(sqlite3.connect(old)) as conn:
        conn.executescript(released.read_text(encoding="utf-8"))
    for path in (old, fresh):
        with Archive.open(path) as archive:
            assert archive.health().is_sound
    assert shape(old) == shape(fresh)


@pytest.mark.parametrize("released", sorted(VERSIONS.glob("*.sql")), ids=lambda path: path.stem)
def test_what_an_old_release_kept_is_still_found(tmp_path: Path, released: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as conn:
        conn.executescript(released.read_text(encoding="utf-8"))
    with Archive.open(tmp_path / "old.db") as archive:
        assert archive.get("0123456789abcdef") == archive.get("https://union.example/2026/1.html")
        assert [hit.title for hit in search(archive, parse("集體協商 議")).hits] == ["总工会召开会议"]
        assert archive.page(page().digest) == page()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(db: Database) -> None:
        db.conn.execute("CREATE TABLE half (done INTEGER)")
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr("archive.opening.migrate", fail)
    with pytest.raises(sqlite3.OperationalError):
        Archive.open(tmp_path / "gongwen.db")
    monkeypatch.undo()
    with Archive.open(tmp_path / "gongwen.db") as archive:
        assert (
            archive.conn.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone()[0] == 0
        )


def test_many_may_make_it_at_once(tmp_path: Path) -> None:
    code = f"from archive.database import Archive; Archive.open({str(tmp_path / 'gongwen.db')!r}).close()"
    started = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) for _ in range(4)]
    assert [one.wait(60) for one in started] == [0, 0, 0, 0]
    with Archive.open(tmp_path / "gongwen.db") as archive:
        assert archive.health().is_sound


def test_the_document_of_the_schema_is_current() -> None:
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == document(), (
        "run `python -m archive.schema_doc`"
    )
