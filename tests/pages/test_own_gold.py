"""Our own gold can be rebuilt from the pages it was read on, and keeps none of their text."""

from pathlib import Path

import pytest

from tests.pages.gold import (
    KINDS,
    LABELS,
    SECOND,
    Entry,
    Passage,
    digest,
    own_gold,
    read,
    rebuild,
    second_gold,
    squeeze,
    visible,
)

PAGE = "<html><body><p>工会　送清凉</p><!-- 注释 --><script>工会送清凉</script><p>到 工地</p></body></html>"


def label(text: str, length: int | None = None) -> Entry:
    kept = [text[:6], text[-6:], length or len(text), digest(text)]
    return {"id": "made/1", "html_path": "made/1.html", "body": [kept], "optional": [], "forbidden": []}


@pytest.mark.shared
def test_every_labelled_passage_is_found_on_its_page(shared: Path) -> None:
    entries = [*own_gold(shared), *second_gold(shared)]
    assert len(entries) == 40 + 28
    assert all(entry["body"] and entry["title"] for entry in entries)


@pytest.mark.shared
def test_no_page_is_labelled_twice(shared: Path) -> None:
    files = [shared / "pages" / "gold.jsonl", LABELS, SECOND]
    ids = [row["id"] for file in files for row in read(file)]
    assert len(ids) == len(set(ids))


@pytest.mark.shared
def test_no_forbidden_passage_is_part_of_a_body_or_of_an_optional_line(shared: Path) -> None:
    for entry in [*own_gold(shared), *second_gold(shared)]:
        allowed = [squeeze(entry["body"]), *entry["optional"]]
        assert [text for text in entry["forbidden"] if any(text in line for line in allowed)] == []


def test_the_files_keep_at_most_twelve_characters_of_a_passage() -> None:
    for row in [*read(LABELS), *read(SECOND)]:
        for kept in [*row["body"], *row["optional"], *row["forbidden"]]:
            passage = Passage(*kept)
            assert len(passage.head) <= 6
            assert len(passage.tail) <= 6


def test_a_page_is_rebuilt_whatever_white_space_stands_between_its_words() -> None:
    assert rebuild(label("工会送清凉到工地"), visible(PAGE.encode()))["body"] == ["工会送清凉到工地"]


def test_gb18030_bytes_are_read_as_chinese() -> None:
    assert visible(PAGE.encode("gb18030")) == "工会送清凉到工地"


def test_a_passage_that_the_page_has_not_is_an_error_naming_page_and_passage() -> None:
    with pytest.raises(LookupError, match="made/1: body 1 「工会送清凉到…送清凉到矿山」"):
        rebuild(label("工会送清凉到矿山"), visible(PAGE.encode()))


def test_a_page_whose_text_changed_under_the_same_first_words_is_an_error() -> None:
    with pytest.raises(LookupError):
        rebuild(label("工会送清凉去工地"), visible(PAGE.replace("到 工地", "往工地").encode()))


def test_every_label_says_each_kind_of_passage() -> None:
    assert all(isinstance(row[kind], list) for row in [*read(LABELS), *read(SECOND)] for kind in KINDS)
