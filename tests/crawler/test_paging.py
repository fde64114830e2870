"""How lists go on."""

import re

import pytest
from lxml import etree

from crawler import paging
from crawler.discovery import links
from crawler.paging import declared, number_in, page_address
from seeds.portal import Listing, Next

URL = "http://union.example/gzdt/index.html"


def guessed(body: str, url: str = URL) -> tuple[str, ...]:
    return links(f"<html><body>{body}</body></html>".encode(), url).next


def tree(body: str) -> etree._Element:
    return etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())


@pytest.mark.parametrize(
    ("body", "following"),
    [
        ("<link rel=next href='index_1.html'>", "index_1.html"),
        ("<a href='index_1.html'>上一页</a><a href='index_2.html'>下一页</a>", "index_2.html"),
        ("<a href='index_2.html' title='下一页'><img></a>", "index_2.html"),
        ("<a href='index_2.html'>下一頁 &gt;</a>", "index_2.html"),
        ("<a href='?page=2'>&raquo;</a>", "index.html?page=2"),
        ("<script>createPageHTML(12, 0, 'index', 'html');</script>", "index_1.html"),
        ('<script>createPageHTML(12, 3, "index", "shtml");</script>', "index_4.shtml"),
        (
            (
                "<script>var currentPage = 0;var countPage = 10;document.write('<a href=\"index' + \"_\" + nextPage + '.html\">')</script>"
                '<script>x = "index" + "_"</script>'
            ),
            "index_1.html",
        ),
        ("<a href='index_2.html'>2</a><a href='index_3.html'>3</a>", "index_2.html"),
    ],
)
def test_a_page_says_how_it_goes_on(body: str, following: str) -> None:
    assert guessed(body) == (f"http://union.example/gzdt/{following}",)


@pytest.mark.parametrize(
    "body",
    [
        "<a href='javascript:void(0)'>下一页</a>",
        "<a href='index.html'>下一页</a>",
        "<script>createPageHTML(3, 2, 'index', 'html');</script>",
        "<a href='/2026/1121/c1-2.html'>2</a>",
        "<a href='index_9.html'>尾页</a>",
        "<a href='/info/1/2.htm'>下一页的文章说了什么</a>",
    ],
)
def test_where_nothing_follows_nothing_is_invented(body: str) -> None:
    assert guessed(body) == ()


def test_from_the_third_page_the_fourth_follows() -> None:
    body = "".join(f"<a href='list_{n}.html'>{n}</a>" for n in (1, 2, 4, 5))
    assert guessed(body, "http://union.example/gzdt/list_3.html") == (
        "http://union.example/gzdt/list_4.html",
    )


def test_visual_sitebuilder_counts_down_by_its_link() -> None:
    plan = Listing("http://union.example/xstz.htm", next=Next("countdown"))
    body = "<a href='xstz/23.htm'>下页</a><a href='xstz/1.htm'>尾页</a>"
    assert declared(plan.url, plan, tree(body)) == ("http://union.example/xstz/23.htm",)
    assert declared("http://union.example/xstz/23.htm", plan, tree("<a href='22.htm'>下页</a>")) == (
        "http://union.example/xstz/22.htm",
    )


def test_of_several_chosen_links_the_one_that_says_next_is_taken() -> None:
    plan = Listing(URL, next=Next("link", selector="div.page a"))
    both = tree("<div class=page><a href='index_1.html'>上一页</a><a href='index_3.html'>下一页</a></div>")
    assert declared(URL, plan, both) == ("http://union.example/gzdt/index_3.html",)
    assert declared(URL, plan, tree("<div class=page><a href='index_1.html'>上一页</a></div>")) == ()


def test_a_list_ends_where_it_says_how_many_pages_it_has() -> None:
    plan = Listing(
        "http://a.example/30/30.shtml",
        next=Next("suffix", "{stem}_{n}.shtml", total="input[name=__totalpage]", limit=9),
    )
    body = tree("<input name=__totalpage value=2>")
    assert declared(plan.url, plan, body) == ("http://a.example/30/30_2.shtml",)
    assert declared("http://a.example/30/30_2.shtml", plan, body) == ()


@pytest.mark.parametrize(
    ("plan", "page", "address"),
    [
        (Next("suffix"), 1, "http://a.example/b/index_2.html"),
        (Next("suffix", "{url}index_{n}.html", first=1), 2, "http://a.example/b/index_2.html"),
        (Next("query"), 1, "http://a.example/b/?page=2"),
        (
            Next("query", "{url}?start={n}&end={end}", first=1, step=20),
            2,
            "http://a.example/b/?start=21&end=40",
        ),
    ],
)
def test_further_pages_have_the_addresses_of_their_template(plan: Next, page: int, address: str) -> None:
    assert page_address(Listing("http://a.example/b/", next=plan), page) == address


def test_a_query_template_joins_a_query_that_is_there() -> None:
    listing = Listing("http://a.example/list?col=7", next=Next("query"))
    assert page_address(listing, 1) == "http://a.example/list?col=7&page=2"


def test_an_article_number_is_no_page_number() -> None:
    assert number_in("http://a.example/2026/1121/c1008-40809151.html") is None


LONG = 50_000
HOSTILE = {
    "letters": "a" * LONG,
    "digits": "1" * LONG,
    "words that count": "index_1" * (LONG // 7),
    "underscores": "a_" * (LONG // 2),
    "arrows": "»" * LONG,
    "brackets": "（" * LONG,
    "blanks after a pager's name": "createPageHTML" + " " * LONG,
    "a pager without an end": "createPageHTML(1," * (LONG // 17),
    "counters without numbers": "countPage = currentPage = " * (LONG // 26),
    "quoted stems": "'index' + " * (LONG // 10),
}
PATTERNS = {name: value for name, value in vars(paging).items() if isinstance(value, re.Pattern)}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_hostile_pager_stalls_no_pattern(pattern: re.Pattern[str], text: str) -> None:
    found = (pattern.match if pattern is paging.IN_PATH else pattern.search)(text)
    assert found is None or len(found[0]) <= LONG


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_address_names_no_page_and_a_hostile_list_ends(text: str) -> None:
    assert (number_in(f"http://u.example/{text}") or 0) < 10_000
    assert guessed(f"<script>{text}</script><a href='{text}'>{text}</a>") == ()
