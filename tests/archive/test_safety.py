"""Two writers, a killed one, a slow reader and a full disk: nothing half done, nothing acknowledged lost."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.article import Article, Topic
from archive.database import Archive
from archive.search import Filter, search
from pipelines.query import parse
from pipelines.store import store
from tests.archive.building import made, page

ROOT = Path(__file__).resolve().parent.parent.parent

# Stores articles first to last, and says so on its standard output after each commit.
WRITER = """
import sys
from dataclasses import replace
from archive.database import Archive
from pipelines.store import store
from tests.archive.building import page
from tests.archive.test_safety import tagged
path, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with Archive.open(path) as archive:
    print("ready", flush=True)
    for n in range(first, last):
        article = tagged(n)
        store(archive, article, replace(page(bytes(3_000) + str(n).encode()), url=article.url))
        print(n, flush=True)
"""


def writer(path: Path, first: int, last: int, *, before: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", before + WRITER, str(path), str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "gongwen.db"
    Archive.open(place).close()
    yield place
    with Archive.open(place) as archive:
        health = archive.health()
        assert health.is_sound, health
        assert whole(archive) == health.counts["articles"]


def tagged(n: int) -> Article:
    return made(f"第{n}号通知，请各单位执行。" * 40, n=n, topics=(Topic("a.b", 0.5), Topic("a.c", 0.4)))


def whole(archive: Archive) -> int:
    """Articles that have everything that belongs to one."""
    sql = """
        SELECT count(*)
        FROM articles a
        JOIN search_rows s ON s.article_id = a.id
        JOIN folds f ON f.doc = s.doc
        JOIN urls u ON u.article_id = a.id
        JOIN pages p ON p.digest = a.page_digest
        WHERE (SELECT count(*) FROM article_tags t WHERE t.article_id = a.id) = 2
          AND EXISTS (SELECT 1 FROM sketches k WHERE k.doc = s.doc)
          AND EXISTS (SELECT 1 FROM article_search i WHERE i.rowid = s.doc)
        """
    return int(archive.conn.execute(sql).fetchone()[0])


def test_two_writers_take_turns(path: Path) -> None:
    writers = [writer(path, 0, 25), writer(path, 100, 125)]
    for one in writers:
        _, complaint = one.communicate(timeout=100)
        assert (one.returncode, complaint) == (0, "")
    with Archive.open(path, read_only=True) as archive:
        assert archive.counts()["articles"] == 50


def test_a_writer_waits_for_another(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.conn.execute("BEGIN IMMEDIATE")
        waiting = writer(path, 0, 1)
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "ready\n"
        time.sleep(0.5)
        assert waiting.poll() is None
        archive.conn.execute("COMMIT")
    assert waiting.communicate(timeout=60)[0] == "0\n"
    assert waiting.returncode == 0


@pytest.mark.parametrize("seed", range(8))
def test_kill_minus_nine_leaves_whole_articles(path: Path, seed: int) -> None:
    victim = writer(path, 0, 10_000)
    assert victim.stdout is not None
    assert [victim.stdout.readline() for _ in range(2)] == ["ready\n", "0\n"]
    time.sleep(random.Random(seed).uniform(0, 0.4))
    victim.send_signal(signal.SIGKILL)
    acknowledged = 1 + victim.communicate(timeout=60)[0].count("\n")
    with Archive.open(path) as archive:
        assert archive.counts()["articles"] in (acknowledged, acknowledged + 1)
        assert all(archive.get(f"{n:016x}") is not None for n in range(acknowledged))
        assert store(archive, tagged(77_777), page()).what == "new"


def test_a_reader_sees_a_whole_archive_while_another_writes(path: Path) -> None:
    busy = writer(path, 0, 20)
    seen = 0
    with Archive.open(path, read_only=True) as archive:
        while busy.poll() is None:
            found = search(archive, parse("通知"), Filter(limit=100))
            assert found.total == len(found.hits) >= seen
            seen = found.total
            time.sleep(0.05)
    assert busy.communicate()[1] == ""


def test_a_slow_reader_stops_no_writer_and_its_log_is_seen(path: Path) -> None:
    with Archive.open(path, read_only=True) as reader, Archive.open(path) as archive:
        reader.conn.execute("BEGIN")
        reader.conn.execute("SELECT count(*) FROM articles").fetchone()
        for n in range(30):
            store(archive, tagged(n), page(bytes([n]) * 1_000))
        assert archive.counts()["articles"] == 30
        assert archive.health().log_size > 100_000
        reader.conn.execute("COMMIT")


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
"""


def test_a_full_disk_is_one_line_and_loses_nothing(path: Path) -> None:
    stopped = writer(path, 0, 10_000, before=FULL)
    said, complaint = stopped.communicate(timeout=100)
    stored = said.split("\n")[1:-1]
    assert stopped.returncode == 1
    assert "ArchiveError" in complaint.split("\n")[-2]
    assert "disk" in complaint.split("\n")[-2]
    with Archive.open(path) as archive:
        assert archive.counts()["articles"] == len(stored) > 0
