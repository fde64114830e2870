"""Bytes become the text that people wrote, whatever the page claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.decode import codec_of, decode
from seeds.portal import Charset

STORY = "全国总工会召开会议，部署开展送温暖活动。朱镕基、堃、喆都不在国标二三一二里。" * 3
TRADITIONAL = "勞動部今天表示，工會與資方達成協議，薪資調整方案將於下月實施。" * 3


def page(text: str, declared: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<html><head>{meta}<title>工会</title></head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("declared", "header", "codec"),
    [
        ("gb2312", "", "gb18030"),
        ("gb2312", "", "utf-8"),  # re-served copies keep the old declaration
        ("utf-8", "", "gb18030"),  # and the other way round
        ("", "", "gb18030"),
        ("", "", "utf-8"),
        ("", "ISO-8859-1", "gb18030"),
        ("", "gbk", "utf-8"),
        ("big5", "", "gb18030"),
        ("no-such-charset", "", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_charset_it_is_in(declared: str, header: str, codec: str) -> None:
    text = page(STORY, declared)
    assert decode(text.encode(codec), header=header).text == text


def test_real_big5_is_read_as_big5() -> None:
    text = page(TRADITIONAL, "big5")
    decoded = decode(text.encode("big5hkscs"))
    assert (decoded.text, decoded.encoding) == (text, "big5hkscs")


def test_undeclared_big5_is_told_from_gb18030() -> None:
    assert decode(page(TRADITIONAL).encode("big5hkscs")).text == page(TRADITIONAL)


def test_undeclared_gbk_after_eight_kilobytes_of_ascii_is_read() -> None:
    text = "<script>" + "var a = 1;" * 1000 + "</script>" + STORY
    assert decode(text.encode("gb18030")).text == text


def test_one_bad_byte_costs_one_character_and_is_noted() -> None:
    body = page(STORY, "utf-8").encode()
    broken = body[:200] + b"\xff" + body[200:]
    decoded = decode(broken)
    assert decoded.encoding == "utf-8"
    assert decoded.text.replace("\ufffd", "") == page(STORY, "utf-8") or decoded.text.count("\ufffd") <= 3
    assert "U+FFFD" in decoded.doubts[0]


def test_private_use_characters_are_kept_for_repair() -> None:
    text = page(STORY + "\ue63a\ue49b\ue0e5", "gb2312")
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_believed_and_taken_away(bom: str) -> None:
    assert decode(page(STORY).encode(bom)).text == page(STORY)


def test_a_portal_may_plan_the_charset() -> None:
    plan = Charset(decode="gb18030", try_utf8_first=False)
    assert decode(STORY.encode("gb18030"), charset=plan).text == STORY


def test_latin_1_is_never_a_reading() -> None:
    assert codec_of("iso-8859-1") == codec_of("windows-1252") == codec_of("us-ascii") == ""


HOSTILE = [
    "undefined",
    "hex",
    "zlib",
    "base64",
    "rot13",
    "idna",
    "punycode",
    "utf\x008",
    "unicode_escape",
    "l1",
    "8859",
    "koi8-r",
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_header_that_names_no_reading_is_passed_over(name: str) -> None:
    body = page(STORY).encode("gb18030")
    assert codec_of(name) == ""
    assert decode(body, header=name).text == page(STORY)
    assert decode(body[:90] + b"\xff" + body[90:], header=name).encoding == "gb18030"


def test_bytes_that_a_byte_order_mark_belies_are_doubted() -> None:
    assert "U+FFFD" in decode(b"\xef\xbb\xbf" + STORY.encode() + b"\xff").doubts[0]


def test_a_replacement_character_that_the_page_itself_holds_is_no_doubt() -> None:
    assert decode((STORY + "\ufffd").encode("utf-8-sig")).doubts == ()


def test_english_pages_stay_english() -> None:
    text = page("The All-China Federation of Trade Unions met today. " * 5)
    assert decode(text.encode()).text == text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text(body: bytes) -> None:
    assert isinstance(decode(body).text, str)
