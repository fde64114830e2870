"""Which link leads to the next page of an article, and which only looks like it."""

import pytest

from pipelines.document import parse
from pipelines.pager import Leaf, announced, following
from seeds.portal import Extract, Host, Pattern, Portal

ADDRESS = "http://union.example/28/201408/12/140812134937128.shtml"
NUMBERED = Pattern(
    r"^http://union\.example/28/\d+/\d+/(?P<ts>\d{15})(?:_(?P<page>\d+))?\.shtml", key=("ts",), page="page"
)
PLAIN = Pattern(r"^http://union\.example/28/\d+/\d+/(?P<ts>\d{15})\.shtml", key=("ts",))


def portal(pattern: Pattern = NUMBERED) -> Portal:
    host = Host("union.example", role="canonical")
    return Portal("sample", "样本", "http://union.example/", "city", hosts=(host,), articles=(pattern,))


def leaf(markup: str, url: str = ADDRESS, first: str = "", number: int = 1) -> Leaf:
    root = parse(f"<html><body><p>正文。</p>{markup}</body></html>")
    assert root is not None
    return Leaf(root, url, first or url, number)


def at(number: int, separator: str = "_") -> str:
    return ADDRESS.replace(".shtml", f"{separator}{number}.shtml")


PAGER = "<div><a href='140812134937128.shtml'>1</a> <a href='140812134937128_2.shtml'>2</a> <a href='140812134937128_3.shtml'>3</a></div>"


def test_where_a_portal_numbers_its_pages_the_next_number_follows() -> None:
    assert following(leaf(PAGER), portal()) == at(2)
    assert following(leaf(PAGER, at(2), ADDRESS, 2), portal()) == at(3)
    assert following(leaf(PAGER, at(3), ADDRESS, 3), portal()) == ""
    assert announced(leaf(PAGER), portal()) == 3


def test_a_page_that_counts_its_pages_and_links_by_script_is_followed() -> None:
    counted = "<p><input type=hidden name=__totalpage value=2><a href='javascript:go(2)'>2</a></p>"
    assert following(leaf(counted), portal()) == at(2)
    assert following(leaf(counted, at(2), ADDRESS, 2), portal()) == ""
    assert announced(leaf(counted), portal()) == 2
    assert announced(leaf(counted, "")) == 2


def test_the_portals_own_selector_names_the_next_part() -> None:
    pattern = Pattern(PLAIN.match, key=("ts",), extract=Extract(next_page=("css:a.more",)))
    assert following(leaf("<a class=more href='/part/two.html'>请看</a>"), portal(pattern)).endswith(
        "/part/two.html"
    )
    itself = f"<a class=more href='{ADDRESS}'>请看</a>"
    another = "<a class=more href='/28/201408/12/140812134937999.shtml'>请看</a>"
    assert [following(leaf(markup), portal(pattern)) for markup in (itself, another)] == ["", ""]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("<a href='140812134937128_2.shtml'>下一页</a>", at(2)),
        ("<a href='140812134937128-2.shtml'>【下页】</a>", at(2, "-")),
        ("<a href='?page=2'>下一页</a>", f"{ADDRESS}?page=2"),
        ("<a href='140812134937128_2.shtml'>2</a>", at(2)),
        ("<a href='140812134937128_1.shtml'>下一页</a>", at(1)),  # TRS counts from 0
    ],
)
def test_elsewhere_the_articles_own_address_with_the_next_number_is_its_next_page(
    link: str, target: str
) -> None:
    assert following(leaf(link)) == following(leaf(link), portal(PLAIN)) == target
    assert announced(leaf(link)) == 2


def test_a_pager_drawn_by_script_leads_on() -> None:
    script = '<script>createPageHTML(3, {}, "140812134937128", "shtml");</script>'
    assert following(leaf(script.format(0))) == at(1)
    assert following(leaf(script.format(2), at(2), ADDRESS, 3)) == ""
    assert announced(leaf(script.format(0))) == 3


@pytest.mark.parametrize(
    "link",
    [
        "<a href='140812134937129.shtml'>下一篇</a>",
        "<a href='140812134937129.shtml'>下一页</a>",  # another article, whatever it is called
        "<a href='140812134937128_2.shtml'>下一篇：市总工会召开会议</a>",
        "<a href='http://other.example/28/201408/12/140812134937128_2.shtml'>下一页</a>",
        "<a href='140812134937128_7.shtml'>下一页</a>",  # not the next number
        "<a href='140812134937128.shtml'>下一页</a>",  # this page itself
        "<a href='?sort=2'>下一页</a>",
        "<a href='javascript:;'>下一页</a>",
        "<a href='http://[union.example/140812134937128_2.shtml'>下一页</a>",
        "<script>createPageHTML(1, 0, '140812134937128', 'shtml');</script>",
        "<script>createPageHTML(9, 0, 'index', 'shtml');</script>",  # the pager of the list beside it
    ],
)
def test_what_is_no_further_page_is_left_alone(link: str) -> None:
    assert following(leaf(link)) == following(leaf(link), portal(PLAIN)) == ""
    assert announced(leaf(link)) == 1


@pytest.mark.parametrize("url", ["", "http://union.example/", "http://union.example/a/"])
def test_an_address_without_a_name_of_its_own_has_no_further_pages(url: str) -> None:
    assert following(leaf("<a href='/a/b_2.html'>下一页</a><a href='_2'>下一页</a>", url)) == ""


def test_numbers_far_from_this_page_lead_nowhere() -> None:
    crowd = "".join(f"<a href='140812134937128_{n}.shtml'>{n}</a>" for n in range(100, 5000))
    assert following(leaf(crowd)) == ""
