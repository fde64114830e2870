"""The sample crawled twice, with the server in sight: what was asked for, and what was not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.database import Archive
from seeds.sample.reports import all_reports, body
from seeds.sample.serve import Sample, Visit, start

NAMES = ("sample-union", "sample-notices", "sample-epaper", "sample-workercn-legacy")
CRAWL = """
import sys
from pathlib import Path
from crawler.run import crawl
calm = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
db, portals, *names = sys.argv[1:]
report = crawl(names, db=db, portals_dir=Path(portals), allow_private=("127.0.0.0/8",), settings=calm)
print(report.total("new"), report.exit_status)
"""


def crawl(sample: Sample, db: Path) -> tuple[str, list[Visit]]:
    """What a crawl in a process of its own said, and what it asked for."""
    before = len(sample.log)
    ended = subprocess.run(
        [sys.executable, "-c", CRAWL, str(db), str(sample.portals), *NAMES],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip(), sample.log[before:]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("twice")


@pytest.fixture(scope="module")
def crawls(folder: Path) -> Iterator[tuple[tuple[str, list[Visit]], ...]]:
    with start(folder / "portals") as sample:
        yield tuple(crawl(sample, folder / "gongwen.db") for _ in range(2))


def test_the_first_crawl_stores_every_article(crawls):
    assert crawls[0][0] == "32 0"


def test_the_second_crawl_reads_lists_and_no_article_again(crawls):
    said, visits = crawls[1]
    assert said == "0 0"
    articles = [
        visit.path
        for visit in visits
        if "/art_" in visit.path or "/content_" in visit.path or "/info/" in visit.path
    ]
    assert articles == []
    assert "/col/col101/index.html" in [visit.path for visit in visits]


def test_robots_is_read_before_anything_else_on_every_site(crawls):
    for name in NAMES:
        paths = [visit.path for visit in crawls[0][1] if f"sample-{visit.site}" == name]
        assert paths[0] == "/robots.txt"


def test_what_robots_closes_is_announced_and_never_asked_for(crawls):
    paths = [visit.path for _, visits in crawls for visit in visits]
    assert "/sitemap-2026.xml" in paths
    assert not [path for path in paths if path.startswith(("/nbwj/", "/module/", "/search/", "/pad/"))]


def test_every_request_says_who_is_asking(crawls):
    agents = {visit.agent for _, visits in crawls for visit in visits}
    assert len(agents) == 1
    assert agents.pop().startswith("Gongwen/")


def test_no_page_is_asked_for_twice_in_a_crawl(crawls):
    for _, visits in crawls:
        asked = [(visit.site, visit.path) for visit in visits]
        assert len(asked) == len(set(asked))


def test_an_old_address_is_followed_to_the_new_one(crawls):
    seen = {(visit.path, visit.status) for visit in crawls[0][1]}
    assert ("/28/140812134937128.shtml", 301) in seen
    assert ("/28/201408/12/140812134937128.shtml", 200) in seen


def test_a_story_on_two_pages_is_stored_whole(crawls, folder):
    path = "/28/201408/12/140812134937128"
    paths = [visit.path for visit in crawls[0][1]]
    assert paths.count(f"{path}_2.shtml") == 1
    with Archive.open(folder / "gongwen.db", read_only=True) as archive:
        article = next(one for one in archive.articles() if f"{path}.shtml" in one.url)
        pages = archive.page(article.page_digest)
    report, copy = next(
        (report, copy) for report in all_reports() for copy in report.copies if path in copy.path
    )
    assert article.body.split("\n") == list(body(report, copy))
    assert article.editors == ("郝样章",)
    assert article.doubts == ()
    assert [urlsplit(part.url).path for part in pages.parts] == [f"{path}_2.shtml"]
