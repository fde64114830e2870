"""Nothing that came from the web breaks the place it is printed in; what a reader sees stays."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import feeds
from desk.plain import cell, harmless, markdown, one_line, short, web_link

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY_TEXT)
def test_any_text_becomes_one_line_without_control_characters(text: str) -> None:
    line = one_line(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 or 0xD800 <= ord(char) < 0xE000 for char in line)
    assert "\u202e" not in line
    assert len(line.splitlines()) <= 1


@given(ANY_TEXT)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)


@pytest.mark.parametrize(
    "text", ["全国总工会", "𠮷野家职工", "“一函两书”（试行）", "A/B 班 24×7", "ئۇيغۇر", "🚴 骑手"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert harmless(text) == one_line(text) == cell(text) == text


@given(ANY_TEXT)
def test_no_text_can_break_a_feed(text: str) -> None:
    entry = feeds.Entry(
        "urn:x:1",
        text,
        text,
        "2026-11-11T00:00:00+08:00",
        author=text,
        summary=text,
        content=text,
        categories=(text,),
    )
    root = ET.fromstring(feeds.atom(feeds.Feed("urn:x", "测试", [entry])))
    assert root.find(f"{{{feeds.ATOM}}}entry") is not None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", "\x00=1", "\u200b=1"])
def test_a_formula_becomes_text_in_csv(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example/",
        "java\nscript:x",
        "http:",
        "",
    ],
)
def test_only_web_addresses_are_followed(url: str) -> None:
    assert not web_link(url)


def test_a_web_address_cannot_leave_its_quotes_or_brackets() -> None:
    link = web_link('https://union.example/a?b="c"&d=(e)<f> g')
    assert link == "https://union.example/a?b=%22c%22&d=%28e%29%3Cf%3E%20g"


def test_an_address_already_encoded_stays() -> None:
    assert web_link("https://union.example/%E5%B7%A5?a=1#b") == "https://union.example/%E5%B7%A5?a=1#b"


def test_markdown_has_no_markup_left() -> None:
    assert markdown("# 标题 [x](y) <b>") == r"\# 标题 \[x\](y) \<b\>"


def test_a_cut_is_shown() -> None:
    assert short("工" * 50, 10) == "工" * 9 + "…"
    assert short("工会", 10) == "工会"
