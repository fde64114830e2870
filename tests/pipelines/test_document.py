"""A page's tree gives its visible lines, in order, and nothing a reader cannot see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import blocks, parse


def lines(html: str) -> list[str]:
    root = parse(html)
    return [] if root is None else [block.line.text for block in blocks(root) if not block.hidden]


def test_paragraphs_headings_lists_and_cells_are_lines_of_their_own() -> None:
    html = "<h1>标题</h1><div>一<p>二</p>三<ul><li>四<li>五</ul><table><tr><td>六<td>七</table></div>"
    assert lines(html) == ["标题", "一", "二", "三", "四", "五", "六", "七"]


def test_inline_markup_does_not_part_a_line() -> None:
    assert lines("<p>全国<b>总</b><span>工<font>会</font></span></p>") == ["全国总工会"]


def test_a_break_parts_paragraphs_but_not_a_headline() -> None:
    assert lines("<h1>上行<br>下行</h1><p>　　一。<br>　　二。</p>") == ["上行 下行", "一。", "二。"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>甲</script>",
        "<style>甲</style>",
        "<noscript>甲</noscript>",
        "<!-- 甲 -->",
        "<textarea>甲</textarea>",
        "<select><option>甲</select>",
        "<iframe>甲</iframe>",
        '<p style="display: none">甲</p>',
        "<p hidden>甲</p>",
        '<div style="DISPLAY:NONE;"><p>甲</p></div>',
    ],
)
def test_what_a_reader_cannot_see_is_no_line(markup: str) -> None:
    assert lines(f"<p>前</p>{markup}<p>后</p>") == ["前", "后"]


def test_text_behind_a_comment_or_a_script_is_kept() -> None:
    assert lines("<p>一<!-- x -->二<script>y</script>三</p>") == ["一二三"]


def test_a_wrapped_source_line_adds_no_blank_between_han_characters() -> None:
    assert lines("<p>全国总工\n   会和 ACFTU\n  Beijing</p>") == ["全国总工会和 ACFTU Beijing"]


def test_the_share_of_linked_characters_is_known() -> None:
    root = parse("<p><a href=x>首页</a>要闻</p>")
    assert root is not None
    assert blocks(root)[0].line.linked == 0.5


def test_control_characters_that_mirrors_insert_do_not_end_the_page() -> None:
    assert lines("<p>全\x00国\x05总工会</p><p>后</p>") == ["全国总工会", "后"]


def test_deep_markup_is_walked_and_absurd_markup_ends_quietly() -> None:
    assert lines("<div>" * 200 + "<p>底</p>") == ["底"]
    assert lines("<div>" * 50_000 + "<p>底</p>") == []  # libxml2 stops at a depth no page needs


@pytest.mark.parametrize("html", ["", "   ", "\x00", "<!-- -->"])
def test_no_markup_is_no_tree_or_no_lines(html: str) -> None:
    assert lines(html) == []


@given(st.text(alphabet="<>/abpdivr 全国\"'=&;!-", max_size=200))
def test_any_markup_is_walked(html: str) -> None:
    assert all(line == line.strip() and "\n" not in line for line in lines(html))
