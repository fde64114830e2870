"""Exports: the same articles in four formats, none of which a text can break."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article, from_dict
from desk.export import COLUMNS, WRITERS, export
from desk.feeds import ATOM

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


def written(articles: list[Article], style: str, *, bom: bool = False) -> bytes:
    return b"".join(export(articles, style, bom=bom))


@given(ANY_TEXT)
def test_any_text_passes_through_every_format(text: str) -> None:
    article = Article(
        id="0" * 16,
        url=text,
        title=text,
        source=text,
        summary=text,
        body=text,
        keywords=(text,),
        published=text,
    )
    for style in WRITERS:
        written([article], style).decode("utf-8")
    ET.fromstring(written([article], "atom"))
    assert json.loads(written([article], "jsonfeed"))["items"][0]["id"]
    assert len(list(csv.reader(io.StringIO(written([article], "csv").decode(), newline="")))) == 2
    assert json.loads(written([article], "jsonl"))["title"] == text


def test_a_line_of_jsonl_is_the_whole_article(make) -> None:
    article = make(7, laws=("《工会法》",), keywords=("工会", "慰问"))
    assert from_dict(json.loads(written([article], "jsonl"))) == article


def test_csv_begins_with_the_mark_only_when_asked(make) -> None:
    assert written([make(1)], "csv", bom=True).startswith(b"\xef\xbb\xbfid,")
    assert written([make(1)], "csv").startswith(b"id,")
    assert not written([make(1)], "jsonl", bom=True).startswith(b"\xef")


def test_csv_holds_codes_and_lists_as_text(make) -> None:
    head, row = csv.reader(io.StringIO(written([make(1)], "csv").decode(), newline=""))
    values = dict(zip(head, row, strict=True))
    assert values["region_codes"] == "320900"
    assert values["regions"] == "江苏省/盐城市"
    assert values["topics"] == "welfare.hardship"
    assert len(head) == len(COLUMNS)


def test_a_paragraph_break_stays_inside_its_cell(make) -> None:
    rows = list(csv.reader(io.StringIO(written([make(1), make(2)], "csv").decode(), newline="")))
    assert len(rows) == 3
    assert "\n" in rows[1][-1]


def test_a_feed_says_when_and_by_whom(make) -> None:
    root = ET.fromstring(written([make(1, published="2024-08-23T08:23+08:00")], "atom"))
    entry = root.find(f"{{{ATOM}}}entry")
    assert entry is not None
    assert entry.findtext(f"{{{ATOM}}}published") == "2024-08-23T08:23:00+08:00"
    assert entry.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "示例工人报"


@pytest.mark.parametrize("style", WRITERS)
def test_no_article_at_all_is_still_a_document(style) -> None:
    assert entries_of(written([], style), style) == []


@pytest.mark.parametrize("style", WRITERS)
def test_every_article_is_an_entry_of_its_own(make, style) -> None:
    assert len(entries_of(written([make(1), make(2)], style), style)) == 2


def entries_of(document: bytes, style: str) -> list[Any]:
    """The articles of a document, read as another program would."""
    text = document.decode("utf-8")
    match style:
        case "csv":
            head, *rows = csv.reader(io.StringIO(text, newline=""))
            assert head == [column.name for column in COLUMNS]
            return rows
        case "jsonl":
            return [json.loads(line) for line in text.splitlines()]
        case "jsonfeed":
            return list(json.loads(text)["items"])
        case _:
            return ET.fromstring(text).findall(f"{{{ATOM}}}entry")


def test_the_same_articles_give_the_same_bytes(make) -> None:
    for style in WRITERS:
        assert written([make(1), make(2)], style) == written([make(1), make(2)], style)
