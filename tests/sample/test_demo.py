"""`gongwen demo` from end to end: served, crawled, understood, stored, searched, digested."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.article import Article
from archive.database import Archive
from archive.search import Filter, search
from desk import demo
from desk.problem import DeskError
from pipelines.query import parse
from seeds.sample.reports import DOCUMENTS

COMMAND = "import sys; from desk.cli import run; sys.exit(run(['demo']))"


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    said: str
    folder: Path


def demo_in(folder: Path) -> Done:
    """A process of its own: Twisted's reactor runs once."""
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=110,
        check=False,
    )
    return Done(ended.returncode, ended.stdout + ended.stderr, folder / "demo")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return demo_in(tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture
def archive(done: Done) -> Iterator[Archive]:
    with Archive.open(done.folder / "gongwen.db", read_only=True) as opened:
        yield opened


def at(archive: Archive, ending: str) -> Article:
    """The article whose address ends so."""
    found = [one for one in archive.articles(Filter(verdicts=demo.ANY)) if one.url.endswith(ending)]
    assert len(found) == 1, found
    return found[0]


def test_the_demo_keeps_all_its_promises(done):
    assert done.status == 0, done.said


def test_it_ends_with_the_command_for_a_real_portal(done):
    assert done.said.rstrip().endswith("gongwen crawl workercn")


def test_the_page_that_robots_closes_was_never_asked_for(done, archive):
    assert "was asked for 0 times" in done.said
    assert not [page for page in archive.pages() if "/nbwj/" in page.url]


def test_there_is_a_digest_of_the_week_to_read(done):
    page = (done.folder / "digest-2026-W46.html").read_text(encoding="utf-8")
    text = (done.folder / "digest-2026-W46.md").read_text(encoding="utf-8")
    for written in (page, text):
        assert "徐州市云泉区“一站式”联动为186名农民工追回工资" in written
        assert "主站蜘蛛池" not in written
        assert "邢臺" not in written


def test_both_scripts_find_the_same_articles(archive):
    one, other = (search(archive, parse(words), Filter(limit=None)) for words in ("工會", "工会"))
    assert one.total > 40
    assert [hit.id for hit in one.hits] == [hit.id for hit in other.hits]


@pytest.mark.parametrize(
    ("ending", "verdict"),
    [
        ("/news/dujia/202410/14/402135.html", "mirror"),
        ("/dj/content_2217.html", "mirror"),
        ("/baike/88431.html", "farm"),
        ("/finance/cygs/2017-01-10/381595.html", "clean"),
        ("/hbxw/202410/t20241012_293794.html", "clean"),
        ("/content/2022-09/16/content_30121.htm", "clean"),
        ("/info/1012/3411.htm", "clean"),
    ],
)
def test_every_seed_is_judged_as_what_it_is(archive, ending, verdict):
    assert at(archive, ending).verdict == verdict


def test_a_page_without_a_story_is_kept_and_never_found(archive):
    pages = [page.url for page in archive.pages() if page.url.endswith(("/1012/3400.htm", "/1012/3399.htm"))]
    assert len(pages) == 2
    found = search(archive, parse("用户名"), Filter(limit=None)).hits
    assert not found
    gone = search(archive, parse("页面不存在"), Filter(limit=None)).hits
    assert not gone


@pytest.mark.parametrize(
    ("ending", "document"),
    [
        ("/hbxw/202410/t20241012_293794.html", "000_621701c48eb81bd5"),
        ("/content/2022-09/16/content_30121.htm", "003_8956921c870c9c93"),
    ],
)
def test_a_clean_original_is_stored_as_it_was_written(archive, ending, document):
    written = (DOCUMENTS / f"{document}.clean.txt").read_text(encoding="utf-8")
    article = at(archive, ending)
    assert article.title == written.split("\n")[0]
    assert article.body.split("\n")[0] in written
    assert len(article.body) > 0.9 * len(written)


def test_the_mirrors_shifted_bytes_read_as_they_were_written(archive):
    found = [
        one
        for one in archive.articles(Filter(verdicts=("mirror",)))
        if one.url.endswith("190730071301534.shtml")
    ]
    assert len(found) == 1
    assert "“工会在线”栏目用新思想引领职工群众" in found[0].body
    assert not [char for char in found[0].body if "\ue000" <= char <= "\uf8ff"]


def test_a_mirror_stands_in_the_story_of_its_original(archive):
    original = at(archive, "/hbxw/202410/t20241012_293794.html")
    mirrored = at(archive, "/news/dujia/202410/14/402135.html")
    assert original.story
    assert mirrored.story
    assert mirrored.story.original == original.id


def test_reprints_stand_in_one_story(archive):
    first = at(archive, "/art/2026/11/10/art_101_5521.html")
    assert first.story
    assert first.story.copies == 3


def test_a_second_demo_replaces_the_first(done):
    (done.folder / "left-over.txt").write_text("old", encoding="utf-8")
    demo.prepare(done.folder.with_name("demo2"))
    (done.folder.with_name("demo2") / "left-over.txt").write_text("old", encoding="utf-8")
    demo.prepare(done.folder.with_name("demo2"))
    assert not (done.folder.with_name("demo2") / "left-over.txt").exists()


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DeskError, match="no demo made it"):
        demo.prepare(tmp_path)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "demo").write_text("mine", encoding="utf-8")
    with pytest.raises(DeskError, match="no demo made it"):
        demo.prepare(tmp_path / "demo")
