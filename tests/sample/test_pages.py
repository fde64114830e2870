"""The sample pages carry the seeds exactly, and their own articles without a slip of the template."""

import re
from datetime import date
from functools import cache
from html import unescape

import pytest
from lxml import html

from seeds.sample.pages import FICTION, Resource, Site, all_sites, resources
from seeds.sample.reports import DOCUMENTS, Copy, Report, all_reports, body

ORIGIN = "http://127.0.0.1:9"
AS_FOUND = (
    ("zjknews", "/news/dujia/202410/14/402135.html", "000_621701c48eb81bd5"),
    ("mirror", "/41/201907/30/190730071301534.shtml", "001_724886c98c96e1a2"),
    ("dangjian-mirror", "/dj/content_2217.html", "002_d66bfd989e31ca80"),
    ("farm", "/baike/88431.html", "003_8956921c870c9c93"),
    ("86hh", "/finance/cygs/2017-01-10/381595.html", "004_17105475ecdcac13"),
)
ORIGINALS = (
    ("hbgrb", "/hbxw/202410/t20241012_293794.html", "000_621701c48eb81bd5", 3, None),
    ("workercn-legacy", "/41/201907/30/190730071301534.shtml", "001_724886c98c96e1a2", 2, -1),
    ("epaper", "/content/2022-09/16/content_30121.htm", "003_8956921c870c9c93", 2, -1),
)


@cache
def site(name: str) -> Site:
    return next(one for one in all_sites() if one.name == name)


@cache
def answers(name: str) -> dict[str, Resource]:
    return resources(site(name), all_reports(), ORIGIN)


def page(name: str, path: str) -> str:
    return answers(name)[path].body.decode(site(name).charset)


def visible(name: str, path: str) -> str:
    """All text of a page, tags gone, blanks as they are."""
    return "".join(html.fromstring(page(name, path)).itertext())


def copies() -> list[tuple[Report, Copy]]:
    return [(report, copy) for report in all_reports() for copy in report.copies]


@pytest.mark.parametrize(("name", "path", "document"), AS_FOUND)
def test_every_line_of_a_seed_stands_in_its_page_as_found(name, path, document):
    lines = (DOCUMENTS / f"{document}.txt").read_bytes().decode("utf-8").split("\n")
    shown = visible(name, path)
    for line in lines:
        assert line in shown


def test_the_shifted_bytes_keep_their_private_use_characters():
    found = re.findall("[\ue000-\uf8ff]", page("mirror", "/41/201907/30/190730071301534.shtml"))
    assert len(found) == 9  # two in each sentence about the programme, five in the note on the author


def test_the_injected_links_are_links_to_a_stranger():
    tree = html.fromstring(page("dangjian-mirror", "/dj/content_2217.html"))
    hosts = {link.get("href").split("/")[2] for link in tree.iter("a")}
    assert hosts == {"spam.example"}


@pytest.mark.parametrize(("name", "path", "document", "first", "last"), ORIGINALS)
def test_a_clean_original_holds_every_paragraph_of_the_clean_reading(name, path, document, first, last):
    text = (DOCUMENTS / f"{document}.clean.txt").read_text(encoding="utf-8")
    paragraphs = [line for line in text.split("\n") if line]
    shown = visible(name, path)
    assert paragraphs[0] in shown
    for paragraph in paragraphs[first:last]:
        assert paragraph in shown


def test_the_lost_digit_of_a_seed_is_nowhere_invented():
    for name in (one.name for one in all_sites()):
        for path, resource in answers(name).items():
            assert "55亿元" not in resource.body.decode(site(name).charset), path


@pytest.mark.parametrize("name", [one.name for one in all_sites()])
def test_no_template_leaves_a_word_of_its_own(name):
    for path, resource in answers(name).items():
        text = resource.body.decode(site(name).charset)
        assert not re.search(r"\$\{?[a-z]\w+", text), path
        if "html" in resource.type and not resource.location and path != "/":
            assert FICTION in text, path


@pytest.mark.parametrize("pair", copies(), ids=lambda pair: f"{pair[1].site}{pair[1].path}")
def test_an_article_stands_in_its_page_paragraph_by_paragraph(pair):
    report, copy = pair
    shown = visible(copy.site, copy.path)
    for number in range(2, copy.parts + 1):
        shown += visible(copy.site, copy.path.replace(".shtml", f"_{number}.shtml"))
    for paragraph in body(report, copy):
        assert unescape(paragraph.removeprefix("## ")) in shown


def test_every_article_is_announced_by_a_list_of_its_site():
    articles = {copy.path for _, copy in copies()}
    lists = {
        one.name: "".join(
            resource.body.decode(one.charset)
            for path, resource in answers(one.name).items()
            if path not in articles
        )
        for one in all_sites()
    }
    for _, copy in copies():
        address = (copy.linked or copy.path).rpartition("/")[2]
        assert address in lists[copy.site], copy.path


def test_the_digests_week_is_worth_reading():
    week = [(report, copy) for report, copy in copies() if copy.date.isocalendar()[:2] == (2026, 46)]
    assert len({report.name for report, _ in week}) >= 25
    assert len({copy.site for _, copy in week}) >= 8
    assert sum(len({copy.site for copy in report.copies}) > 1 for report, _ in week) >= 6


def test_two_weeks_before_it_hold_articles_too():
    weeks = {copy.date.isocalendar()[:2] for _, copy in copies() if copy.date.date() > date(2026, 10, 25)}
    assert {(2026, 44), (2026, 45), (2026, 46)} <= weeks


def test_a_replacement_that_finds_nothing_is_an_error():
    report, copy = next(pair for pair in copies() if pair[1].replace)
    with pytest.raises(ValueError, match=report.name):
        body(Report(report.name, report.title, ("别的话",), report.copies), copy)
