"""Whether a further page of an article is looked for, and where that ends."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.article import Page
from crawler.continuing import MOST_BYTES, MOST_PARTS, is_full, may_go_on, repeats
from seeds.portal import Extract, Host, Pattern, Portal

ADDRESS = "http://union.example/c/2026.html"


def portal(**more) -> Portal:
    pattern = Pattern(r"^http://union\.example/c/(?P<id>\d+)(?:_(?P<page>\d+))?\.html", key=("id",), **more)
    hosts = (Host("union.example", role="canonical"),)
    return Portal("sample", "样本", "http://union.example/", "city", hosts=hosts, articles=(pattern,))


def page(body: str = "<p>正文</p>", url: str = ADDRESS) -> Page:
    return Page(url, body.encode("gb18030"), datetime(2026, 11, 21, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    [
        "<a href='2026_2.html'>下一页</a>",
        "<a href='/c/2026-2.html'>2</a>",
        "<a href='?page=2'>2</a>",
        "<input name=__totalpage>",
        "createPageHTML(2, 0)",
    ],
)
def test_a_page_that_bears_a_sign_of_another_is_asked(body: str) -> None:
    assert may_go_on(page(body), portal())


def test_the_last_page_that_is_held_is_the_one_that_is_asked() -> None:
    first = page("<a href='2026_2.html'>下一页</a>")
    assert not may_go_on(replace(first, parts=(page("<a href='2026.html'>上一页</a>"),)), portal())


@pytest.mark.parametrize("more", [{"page": "page"}, {"extract": Extract(next_page=("css:a.more",))}])
def test_where_the_portal_says_how_articles_go_on_every_page_is_asked(more) -> None:
    assert may_go_on(page(), portal(**more))


@pytest.mark.parametrize(
    "body",
    [
        "<p>正文</p>",
        "<a href='2027_2.html'>下一篇</a>",
        "<a href='2026.html'>本文</a>",
        "<a href='?id=2'>2</a>",
    ],
)
def test_an_ordinary_page_is_not_parsed_for_a_pager(body: str) -> None:
    assert not may_go_on(page(body), portal())


def test_an_article_is_full_after_twenty_further_pages_or_sixteen_mebibytes() -> None:
    whole = replace(page(), parts=(page(),) * (MOST_PARTS - 1))
    assert not is_full(whole)
    assert is_full(replace(whole, parts=(*whole.parts, page())))
    assert is_full(page("x" * MOST_BYTES))


def test_a_page_that_is_held_already_is_known_by_its_bytes_or_its_address() -> None:
    whole = replace(page(), parts=(page("<p>二</p>", f"{ADDRESS}?page=2"),))
    assert repeats(page("<p>二</p>", f"{ADDRESS}?page=3"), whole)
    assert repeats(replace(page("<p>三</p>", f"{ADDRESS}?page=3"), final_url=ADDRESS), whole)
    assert not repeats(page("<p>三</p>", f"{ADDRESS}?page=3"), whole)
