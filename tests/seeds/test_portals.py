"""The portal files that come with the program."""

import tomllib
from pathlib import Path

import pytest

from pipelines.address import failures, find, match
from seeds.portal import all_portals

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "portals"
FILES = sorted(FOLDER.glob("*.toml"))
PORTALS = all_portals()
PROMISED = {
    "workercn", "workercn-legacy", "people-acftu", "people-dangjian", "acftu", "zjknews", "86hh", "jsgrb", "hbgrb"
}  # fmt: skip


def test_the_portals_that_users_type_are_there():
    assert PORTALS.keys() >= PROMISED
    assert len(PORTALS) >= len(PROMISED) + 10


@pytest.mark.parametrize("name", PORTALS)
def test_every_url_test_of_the_file_holds(name):
    assert failures(PORTALS[name]) == ()


@pytest.mark.parametrize("name", PORTALS)
def test_every_address_of_the_file_leads_back_to_its_portal(name):
    portal = PORTALS[name]
    addresses = [test.url for pattern in portal.articles for test in pattern.tests]

    for url in [portal.home, *addresses]:
        found = find(url, PORTALS)
        assert found is not None, url
        assert found.name == name, url


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_packaged_file_says_of_every_list_and_article_how_it_is_known(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    assert table["evidence"]
    assert table["confidence"]
    for part in (*table.get("list", ()), *table.get("article", ())):
        assert "evidence" in part, part


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_number_that_nobody_measured_says_so(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("week =", "fields =")):
            assert "guess" in line


@pytest.mark.parametrize("name", PORTALS)
def test_a_front_page_or_a_list_is_never_taken_for_an_article(name):
    portal = PORTALS[name]

    for url in [portal.home, *(listing.url for listing in portal.lists)]:
        dated = url.replace("{Y}", "2024").replace("{m}", "02").replace("{d}", "23")
        assert match(dated, portal) is None, url
