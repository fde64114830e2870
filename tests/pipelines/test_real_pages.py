"""Laws that hold on every real page beside the checkout: nothing visible is lost, and every change is proved."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.article import Article, Page, apply_marks
from pipelines.decode import decode
from pipelines.document import blocks, parse
from pipelines.process import process

FETCHED = datetime(2026, 11, 21, tzinfo=UTC)
LARGEST = 600_000  # bytes; the largest pages take seconds and say nothing new


@pytest.fixture(scope="module")
def understood(shared: Path) -> list[tuple[str, bytes, Article]]:
    names = [
        json.loads(line)
        for name in ("gold.jsonl", "nogold.jsonl")
        for line in (shared / "pages" / name).read_text(encoding="utf-8").splitlines()
    ]
    read = [(row, (shared / "pages" / row["html_path"]).read_bytes()) for row in names]
    return [
        (row["id"], body, process(Page(row["url"] or "", body, FETCHED)))
        for row, body in read
        if len(body) <= LARGEST and row.get("kind") != "spam"
    ]


@pytest.mark.shared
def test_body_and_cuts_are_all_that_is_visible(understood: list[tuple[str, bytes, Article]]) -> None:
    for name, body, article in understood:
        root = parse(decode(body).text)
        assert root is not None
        seen = "".join(sorted("".join(block.line.text for block in blocks(root))))
        told = "".join([article.body_as_published, *(cut.text for cut in article.cuts)]).replace("\n", "")
        lost = Counter(seen.replace(" ", "")) - Counter(told.replace(" ", ""))
        assert not lost, f"{name}: {lost.most_common(5)}"


@pytest.mark.shared
def test_the_marks_lead_from_the_text_as_found_to_the_body(
    understood: list[tuple[str, bytes, Article]],
) -> None:
    for name, _, article in understood:
        assert apply_marks(article.body_as_published, article.marks) == article.body, name


@pytest.mark.shared
def test_a_body_has_no_blank_lines_or_indents(understood: list[tuple[str, bytes, Article]]) -> None:
    for name, _, article in understood:
        lines = article.body.split("\n")
        assert all(line == line.strip(" \u3000\xa0") and line for line in lines) or not article.body, name


@pytest.mark.shared
def test_clean_pages_are_left_alone(understood: list[tuple[str, bytes, Article]]) -> None:
    """Pages of national portals bear no mirror's damage: all there is to repair are invisible characters."""
    steps = {mark.step for _, _, article in understood for mark in article.marks}
    assert steps <= {"drop_invisible", "trim"}
    assert {article.verdict for _, _, article in understood} == {"clean"}
