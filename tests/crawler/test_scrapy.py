"""Scrapy's own habits work from the checkout."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from archive.database import Archive
from seeds.portal import all_portals
from tests.crawler import portals as fates
from tests.crawler.conftest import ROOT, environment
from tests.crawler.site import Site, serving


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's scrapy.cfg, so that nothing is written into the real one."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "scrapy.cfg", folder)
    (folder / "portals").mkdir()
    return folder


@pytest.fixture(scope="module")
def site(checkout: Path) -> Iterator[Site]:
    with serving() as site:
        rows = "".join(
            fates.row(f"/c/1/{n}.html", f"职工书屋建设经验交流会第{n}次召开") for n in range(100, 130)
        )
        site.replies["/"] = fates.listing(rows)
        for n in range(100, 130):
            site.replies[f"/c/1/{n}.html"] = fates.article(f"职工书屋建设经验交流会第{n}次召开")
        (checkout / "portals" / "books.toml").write_text(
            fates.toml(site, '[[list]]\nurl = "ORIGIN/"\n'), encoding="utf-8"
        )
        yield site


def scrapy(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    env = environment(checkout) | variables
    return subprocess.run(
        command, cwd=checkout, env=env, capture_output=True, text=True, timeout=100, check=False
    )


def own(checkout: Path) -> dict[str, str]:
    return {
        "GONGWEN_PORTALS": str(checkout / "portals"),
        "GONGWEN_DB": str(checkout / "books.db"),
        "GONGWEN_ALLOW_PRIVATE": "127.0.0.1/32",
    }


def test_scrapy_list_names_every_packaged_portal(checkout: Path) -> None:
    result = scrapy(checkout, "list")
    assert result.stdout.split() == sorted(all_portals())
    assert result.returncode == 0


def test_scrapy_crawl_stores_articles_and_exports_them(checkout: Path, site: Site) -> None:
    options = ("-s", "CLOSESPIDER_ITEMCOUNT=3", "-s", "GONGWEN_WORKERS=1", "-o", "out.jsonl")
    result = scrapy(
        checkout, "crawl", "books", *options, GONGWEN_CONTACT="desk@union.example", **own(checkout)
    )
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    with Archive.open(checkout / "books.db", read_only=True) as archive:
        stored = {article.title for article in archive.articles()}
    # The third one closes the spider; what was in flight then is still kept.
    assert 3 <= len(stored) <= 15
    exported = [
        json.loads(line) for line in (checkout / "out.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert {row["title"] for row in exported} == stored
    assert site.hits[-1].agent == f"Gongwen/{version('gongwen')} (+desk@union.example)"
    assert "'gongwen/new': " in result.stderr


def test_a_name_that_no_file_has_is_refused(checkout: Path, site: Site) -> None:
    result = scrapy(checkout, "crawl", "nobody", **own(checkout))
    assert result.returncode != 0
    assert "nobody" in result.stderr


@pytest.mark.parametrize("command", [("list",), ("crawl", "books")])
def test_a_wrong_portal_file_is_one_line_and_exit_2(
    checkout: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "wrong.toml").write_text('titel = "x"\n', encoding="utf-8")
    result = scrapy(checkout, *command, GONGWEN_PORTALS=str(tmp_path))
    assert result.returncode == 2
    assert "wrong.toml: titel" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_an_allowance_nothing_on_this_machine_is_reached(checkout: Path, site: Site) -> None:
    before = len(site.hits)
    result = scrapy(checkout, "crawl", "books", **own(checkout) | {"GONGWEN_ALLOW_PRIVATE": ""})
    assert len(site.hits) == before
    assert "127.0.0.1 leads to a loopback address" in result.stderr


def test_scrapy_shell_finds_the_portal_of_an_address(checkout: Path, site: Site) -> None:
    result = scrapy(
        checkout,
        "shell",
        f"{site.origin}/c/1/100.html",
        "-c",
        "spider.name, response.status",
        **own(checkout),
    )
    assert "('books', 200)" in result.stdout
