"""A crawl teaches the archive, the next one reads by what it was taught, and every page can be read again the same."""

from pathlib import Path

from archive.article import to_dict
from archive.database import Archive
from pipelines.process import process
from pipelines.store import recall
from seeds.portal import all_portals
from tests.crawler.conftest import drive
from tests.crawler.portals import listing, row, toml
from tests.crawler.site import Reply, Site, serving
from tests.pipelines.made_sites import SITES, page, story

MODERN = SITES["modern"]
IMPATIENT = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}  # the site is ours
FIRST, SECOND = range(12), range(12, 18)


def show(site: Site, numbers: range) -> None:
    """Put stories on the site, and a list of them."""
    told = {f"/c/1/{100 + n}.html": story(n) for n in numbers}
    site.replies |= {
        path: Reply(page(MODERN, each), "text/html; charset=utf-8") for path, each in told.items()
    }
    site.replies["/news/"] = listing("".join(row(path, each.title) for path, each in told.items()))


def crawl(home: Path) -> None:
    said = {"names": ["made"], "db": str(home / "made.db"), "portals_dir": str(home / "portals")}
    outcome = drive(home, {**said, "allow_private": ["127.0.0.1/32"], "workers": 2, "settings": IMPATIENT})
    assert outcome.status == 0, outcome.errors


def test_the_second_visit_reads_by_what_the_first_one_taught(tmp_path: Path) -> None:
    (tmp_path / "portals").mkdir()
    with serving() as site:
        file = tmp_path / "portals" / "made.toml"
        file.write_text(toml(site, '[[list]]\nurl = "ORIGIN/news/"'), encoding="utf-8")
        show(site, FIRST)
        crawl(tmp_path)
        show(site, SECOND)
        crawl(tmp_path)
        paths = [f"{site.origin}/c/1/{100 + n}.html" for n in SECOND]
    portal = all_portals(tmp_path / "portals")["made"]
    with Archive.open(tmp_path / "made.db", read_only=True) as archive:
        second = [archive.get(path) for path in paths]
        assert all(
            article and not set(MODERN.furniture) & set(article.body.split("\n")) for article in second
        )
        assert archive.learned("made")[1][0].status == "in use"
        for kept in archive.pages():
            again = to_dict(process(kept, portal, recall(archive, kept, portal)))
            stored = archive.get(again["id"])
            assert stored is not None
            assert again == to_dict(stored) | {"story": None}
