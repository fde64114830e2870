"""Storing brings copies together, one after the other, whoever comes first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Archive
from pipelines.store import store
from tests.archive.building import made, page

BODY = "市总工会昨天召开座谈会，听取外卖骑手和网约车司机对集体协商的意见，并当场答复了其中的九条。" * 4
OTHER = "职工书屋新添图书三千册，读书分享活动每周六下午举行，欢迎附近企业的职工前来借阅和交流。" * 4


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "gongwen.db") as opened:
        yield opened


def test_an_article_alone_has_no_story(archive: Archive) -> None:
    assert store(archive, made(BODY), page()).story is None
    assert store(archive, made(OTHER, n=2), None).story is None


def test_copies_come_under_one_story(archive: Archive) -> None:
    store(archive, made(BODY, n=1, published="2024-10-12"), None)
    store(archive, made(BODY, n=2, published="2024-10-11", verdict="mirror"), None)
    outcome = store(archive, made("【转载】" + BODY, n=3, published="2024-10-13"), None)
    assert outcome.story is not None
    assert (outcome.story.original, outcome.story.copies) == (f"{1:016x}", 3)
    assert [archive.get(f"{n:016x}").story for n in (1, 2, 3)] == [outcome.story] * 3  # type: ignore[union-attr]
    assert [one.id for one in archive.copies(outcome.story.id)] == [f"{n:016x}" for n in (2, 1, 3)]


def test_an_original_that_is_fetched_last_takes_its_place(archive: Archive) -> None:
    for n in range(1, 16):
        store(archive, made(BODY, n=n, published=f"2024-10-{10 + n}"), None)
    outcome = store(archive, made(BODY, n=99, published="2024-10-01"), None)
    assert outcome.story is not None
    assert (outcome.story.original, outcome.story.copies) == (f"{99:016x}", 16)
    later = store(archive, made(BODY, n=100, published="2024-11-30"), None)
    assert later.story is not None
    assert (later.story.original, later.story.copies) == (f"{99:016x}", 17)


def test_a_text_that_joins_two_families_joins_their_stories(archive: Archive) -> None:
    half = len(BODY) // 2
    first, second = BODY[:half] + OTHER[:20], OTHER + "另讯：" + OTHER[::-1]
    store(archive, made(first, n=1), None)
    store(archive, made(second, n=2), None)
    assert archive.counts()["stories"] == 0
    joined = store(archive, made(first + second, n=3), None)
    assert joined.story is not None
    assert joined.story.copies == 3
    assert archive.counts()["stories"] == 1


def test_a_page_without_an_article_has_no_kin(archive: Archive) -> None:
    store(archive, made(BODY, n=1), None)
    assert store(archive, made(BODY, n=2, verdict="not-an-article"), None).story is None


def test_an_article_stored_again_is_not_its_own_copy(archive: Archive) -> None:
    store(archive, made(BODY), page())
    again = store(
        archive, made(BODY.replace("九条", "十条"), fetched="2026-11-22T08:00:00+08:00"), page(b"2")
    )
    assert (again.what, again.story) == ("changed", None)


def test_the_page_names_the_bytes_it_was_read_from(archive: Archive) -> None:
    kept = page(b"bytes")
    store(archive, made(BODY), kept)
    held = archive.get(f"{1:016x}")
    assert held is not None
    assert archive.page(held.page_digest) == kept
