"""Expressions of portal files: the safe ones pass, the ones that could stall a crawl do not."""

import pytest
from lxml import html

from crawler.selecting import select
from seeds.expression import UnsafeError, check_selector, compiled

SAFE = [
    r"^https?://(?:[a-z0-9-]+\.)?workercn\.cn/(?P<chan>\d+)/(?P<ym>\d{6})/(?P<d>\d{2})/(?P<ts>\d{15})(?:_(?P<page>\d+))?\.s?html",
    r"^https?://(?:[a-z]+\.)*(?:xinhuanet\.com|news\.cn)/(?:[\w-]+/)*(?P<y>\d{4})-(?P<m>\d{2})/(?P<d>\d{2})/c_(?P<id>\d+)\.htm",
    r"^https?://big5\.workercn\.cn/big5/(?P<origin>[^/]+)/(?P<path>.+)$",
    r"^https?://www\.nfgb\.com\.cn/(?P<col>[\w/-]+)/content/post_(?P<id>\d+)\.html",
    r"^https?://acftu\.people\.com\.cn/n(?P<v>[12]?)/c(?P<col>\d+)-(?P<id>\d+)(?:-(?P<page>\d+))?\.html",
]
UNSAFE = [
    r"^(a+)+$",
    r"^(?:\w+\s?)*$",
    r"^(?:a|a)*b",
    r"^(?:a|ab)*c",
    r"^(?:/\w+)+\d+x",
    r"^(?:a{1,50}){1,50}b",
    r"^\d+\d+x",
    r"^.*x.*y",
    r"^.*.*",
    r"^\w+(?:-\w+)?-\w+-x(?=y)",
    r"^(?:\w*\d*)+",
    "^" + "a?" * 40 + "a" * 40,
    r"^(?:a|b)?" * 40,
]


@pytest.mark.parametrize("expression", SAFE)
def test_an_expression_with_marks_between_its_loops_passes(expression):
    assert compiled(expression).pattern == expression


@pytest.mark.parametrize("expression", UNSAFE)
def test_an_expression_that_could_stall_is_refused(expression):
    with pytest.raises(UnsafeError):
        compiled(expression)


def test_looking_back_is_refused_by_name():
    with pytest.raises(UnsafeError, match="looks around or back"):
        compiled(r"^(a)\1")


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("div[class*=text_title] h1", "工会"),
        ("#zoom", "正文"),
        ("xpath:(//span)[1]", "来源"),
        ("css:a::attr(href)", "/1.html"),
    ],
)
def test_a_selector_that_passes_finds_what_it_names(selector, found):
    check_selector(selector)
    page = "<div class=a_text_title><h1>工会</h1></div><span>来源</span><p id=zoom>正文</p><a href=/1.html>一</a>"
    chosen = select(html.fromstring(f"<body>{page}</body>"), selector)
    assert [each if isinstance(each, str) else each.text for each in chosen] == [found]


@pytest.mark.parametrize("selector", ["div[", "a:nosuch", "xpath://a[", "xpath:nosuch(//a)", "xpath://x:a"])
def test_a_selector_that_cannot_work_is_refused(selector):
    with pytest.raises(UnsafeError):
        check_selector(selector)
