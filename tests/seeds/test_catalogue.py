"""Everything known of 119 real portals can be said in a portal file: each is converted by rule, loaded and tried."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.address import canonical, failures, find, match
from seeds.portal import Portal, load
from tests.seeds.catalogue import declared


@pytest.fixture(scope="module")
def converted(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[dict[str, Any], Portal]]:
    folder = tmp_path_factory.mktemp("catalogue")
    catalogue = json.loads((shared / "portals" / "catalogue.json").read_text(encoding="utf-8"))
    found = {}
    for entry in catalogue["portals"]:
        path = folder / f"{entry['id']}.toml"
        path.write_text(declared(entry), encoding="utf-8")
        found[entry["id"]] = (entry, load(path))
    return found


def test_every_portal_of_the_catalogue_can_be_declared(converted):
    assert len(converted) == 119


def test_every_address_seen_matches_its_portal_s_pattern(converted):
    assert [line for _, portal in converted.values() for line in failures(portal)] == []


def test_dates_are_read_as_precisely_as_the_catalogue_says_and_no_more(converted):
    wrong = []
    for entry, portal in converted.values():
        for article in entry["articles"]:
            said = article["date"].split(maxsplit=1)[0]
            for url in article["examples"]:
                found = match(url, portal)
                precision = found.precision if found else None
                if (
                    said in {"day", "second", "month", "none"}
                    and (precision or "none") != said
                    and "origin" not in article["regex"]
                ):
                    wrong.append((url, said, precision))
    assert wrong == []


def test_gateways_lead_to_the_inner_address(converted):
    seen = [
        (url, portal)
        for entry, portal in converted.values()
        for article in entry["articles"]
        if "<origin>" in article["regex"]
        for url in article["examples"]
    ]
    assert len(seen) == 3
    for url, portal in seen:
        assert "big5" not in canonical(url, portal)


def test_every_address_seen_finds_a_portal_that_knows_it(converted):
    portals = {name: portal for name, (_, portal) in converted.items()}
    for entry, _ in converted.values():
        for article in entry["articles"]:
            for url in article["examples"]:
                found = find(url, portals)
                assert found is not None, url
                assert match(url, found) or "<origin>" in article["regex"], url


def test_no_way_of_reading_is_lost(converted):
    for entry, portal in converted.values():
        said = {field for part in entry["selectors"] for field in part} & {
            "title",
            "date",
            "source",
            "editor",
            "body",
        }
        for pattern in portal.articles:
            for field in said:
                assert getattr(pattern.extract, field), (entry["id"], field)


def test_the_facts_that_need_a_word_of_their_own_survive(converted):
    portals = {name: portal for name, (_, portal) in converted.items()}

    assert portals["jsgrb"].address.keep_query == ("key",)
    assert portals["gsgh"].address.keep_fragment
    assert portals["gsgh"].fetch.render
    assert portals["bjzgh"].address.scheme == "https"
    assert portals["ldwb"].fetch.blocked_body == ("stampPrefix",)
    assert not portals["ldwb"].fetch.tls_verify
    assert {listing.kind for listing in portals["ldwb"].lists} == {"redirect", "xml-index"}
    assert portals["jsgh"].lists[0].kind == "hanweb"
    assert dict(portals["jsgh"].lists[0].post)["columnid"] == "3577"
    assert portals["grrb-app"].lists[0].cursor
    assert portals["grrb-app"].lists[0].next.step == 20
    assert portals["clb"].status == "closed"
    assert portals["industriall"].lists[0].kind == "feed"
    assert portals["laodongwang-xa"].articles[0].form == "issue"
    assert portals["baogaosu"].hosts[1].name == "*.baogaosu.com"
    assert portals["hjq-gh"].hosts[0].name == "116.255.252.11:8055"
    assert portals["southcn"].articles[0].extract.id == ("meta:contentid",)
    assert portals["people-acftu"].clones.restore == "swap-host"
