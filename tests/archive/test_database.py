"""The archive keeps what it is given, tells a change from noise, and hands everything back as it was."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

import pytest

from archive.article import (
    Article,
    Attachment,
    Cut,
    Evidence,
    Failure,
    Image,
    Mark,
    Page,
    Region,
    Topic,
    to_dict,
)
from archive.database import Archive, ArchiveError
from archive.filter import Filter
from pipelines.store import store
from tests.archive.building import made, page

DAY_AFTER = "2026-11-22T08:00:00+08:00"

WHOLE = Article(
    id="0123456789abcdef",
    url="https://union.example/2026/1.html",
    canonical_url="https://union.example/1",
    portal="sample",
    channel="要闻",
    title="总工会召开会议",
    subtitle="部署工作",
    kicker="聚焦",
    authors=("王小明", "李小红"),
    correspondents=("赵甲",),
    editors=("钱乙",),
    source="工人日报",
    source_url="https://paper.example/1",
    published="2026-11-20T09:30:00+08:00",
    published_precision="second",
    event="2026-11-19",
    body="第一段。\n第二段，讲集体协商。",
    body_as_published="第一段。\n第二段,讲集体协商。",
    script="hant",
    summary="第二段，讲集体协商。",
    keywords=("集体协商", "工会"),
    topics=(Topic("rights.bargaining", 0.9), Topic("org.meeting", 0.4)),
    regions=(Region("320900", "江苏省/盐城市"), Region("CN", "全国")),
    organisations=("盐城市总工会", "全国总工会"),
    people=("张三",),
    laws=("工会法",),
    campaigns=("送清凉",),
    images=(Image("https://union.example/1.jpg", "会议现场。王小明 摄"),),
    attachments=(Attachment("https://union.example/1.pdf", "附件1：名单"),),
    marks=(Mark("widen", 8, ",", "，"),),
    cuts=(Cut("分享到", "share"),),
    doubts=("date from url only",),
    verdict="clean",
    verdict_reasons=("own host",),
    evidence=(Evidence("title", "总工会召开会议", "css:h1", "h1", (("meta:og:title", "会议"),)),),
    fetched="2026-11-21T08:00:00+08:00",
    rules="1",
)


def test_an_article_comes_back_as_it_was(archive: Archive) -> None:
    store(archive, WHOLE, page())
    kept = archive.get(WHOLE.id)
    assert kept is not None
    assert to_dict(kept) == to_dict(replace(WHOLE, page_digest=page().digest))
    assert kept.folded == "第一段。\n第二段,讲集体协商。"
    assert kept.sketch


def test_an_article_of_which_little_is_known_comes_back_too(archive: Archive) -> None:
    bare = Article(id="00000000000000aa", url="https://union.example/aa")
    store(archive, bare, None)
    assert archive.get(bare.id) == bare


def test_every_field_of_an_article_is_tried_above() -> None:
    plain = Article(id="", url="")
    untried = {one.name for one in fields(Article) if getattr(WHOLE, one.name) == getattr(plain, one.name)}
    assert untried <= {"verdict", "story", "folded", "sketch", "page_digest", "lesson"}


def test_the_page_is_kept_to_the_byte(archive: Archive) -> None:
    kept = replace(
        page(bytes(range(256)) * 9),
        final_url="https://union.example/moved",
        headers=(("Content-Type", "text/html; charset=gb2312"), ("ETag", '"1"')),
        charset="gb2312",
        listed_title="会议",
        listed_date="11-20",
    )
    store(archive, WHOLE, kept)
    assert archive.page(kept.digest) == kept
    assert archive.page("0" * 32) is None


def in_parts(*bodies: bytes) -> Page:
    """An article on several pages, each with headers and an address of its own."""
    parts = [
        replace(page(body, f"https://union.example/1_{n}.html"), headers=(("Number", str(n)),), charset="gbk")
        for n, body in enumerate(bodies[1:], 2)
    ]
    return replace(page(bodies[0]), parts=tuple(parts))


def test_the_further_pages_of_an_article_are_kept_with_its_first(archive: Archive) -> None:
    kept = in_parts(b"1", b"2", b"3")
    store(archive, WHOLE, kept)
    assert archive.page(kept.digest) == kept
    assert list(archive.pages()) == [kept]
    assert archive.counts()["pages"] == 1
    assert archive.health().is_sound


def test_an_article_is_found_and_known_by_the_address_of_each_of_its_pages(archive: Archive) -> None:
    store(archive, WHOLE, in_parts(b"1", b"2"))
    further = "https://union.example/1_2.html"
    assert archive.known([further]) == {further: "done"}
    found = archive.get(further)
    assert found is not None
    assert found.id == WHOLE.id


def test_another_second_page_makes_another_page_and_the_same_ones_do_not(archive: Archive) -> None:
    for n, kept in enumerate([in_parts(b"1", b"2"), in_parts(b"1", b"2"), in_parts(b"1", b"changed")]):
        store(archive, made(f"正文。{'改。' * n}", n=7), kept)
    assert [one.parts[0].body for one in archive.pages()] == [b"2", b"changed"]


def test_the_digest_of_a_page_without_parts_is_that_of_its_bytes() -> None:
    assert page(b"1").digest == blake2b(b"1", digest_size=16).hexdigest()
    assert len({page(b"1").digest, in_parts(b"1", b"2").digest, in_parts(b"1", b"2", b"3").digest}) == 3
    assert in_parts(b"1", b"2", b"3").digest != in_parts(b"1", b"3", b"2").digest


def test_two_addresses_with_the_same_bytes_are_two_pages(archive: Archive) -> None:
    store(archive, made("甲。", n=1), page(url="https://union.example/1.html"))
    store(archive, made("乙。", n=2), page(url="https://union.example/2.html"))
    found = archive.page(page().digest, "https://union.example/2.html")
    assert found is not None
    assert found.url == "https://union.example/2.html"
    assert len(list(archive.pages())) == 2
    assert list(archive.pages(["other"])) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "总工会召开大会"},
        {"body": "第一段。\n第二段，讲集体合同。"},
        {"published": "2026-11-21"},
        {"source": "中工网"},
        {"authors": ("王小明",)},
        {"verdict": "mirror"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_that_readers_would_notice_makes_a_version(archive: Archive, change: dict[str, Any]) -> None:
    store(archive, WHOLE, page(b"1"))
    assert store(archive, replace(WHOLE, fetched=DAY_AFTER, **change), page(b"2")).what == "changed"
    (version,) = archive.versions(WHOLE.id)
    assert version.changed == tuple(change)
    assert to_dict(version.article) == to_dict(replace(WHOLE, page_digest=page(b"1").digest))
    now = archive.get(WHOLE.id)
    assert now is not None
    assert now.page_digest == page(b"2").digest


@pytest.mark.parametrize(
    "noise",
    [
        {},
        {"body": "第一段。\n第二段,讲集體協商。"},
        {"body": "第一段。\n第二段，讲 集体协商。"},
        {"cuts": (Cut("浏览 801 次", "interface"),)},
        {"summary": "另一种摘要。"},
    ],
)
def test_another_rendering_is_no_change(archive: Archive, noise: dict[str, Any]) -> None:
    store(archive, WHOLE, page(b"1"))
    assert store(archive, replace(WHOLE, fetched=DAY_AFTER, **noise), page(b"2")).what == "unchanged"
    assert archive.versions(WHOLE.id) == ()
    assert archive.page(page(b"2").digest) is None
    seen = archive.conn.execute("SELECT first_seen, last_seen FROM articles").fetchone()
    assert tuple(seen) == ("2026-11-21T00:00:00+00:00", "2026-11-22T00:00:00+00:00")


def test_todays_rules_on_a_kept_page_replace_the_row_in_silence(archive: Archive) -> None:
    store(archive, WHOLE, page(b"1"))
    better = replace(WHOLE, rules="2", topics=(Topic("rights.wages", 0.8),), summary="更好的摘要。")
    assert store(archive, better, page(b"1")).what == "unchanged"
    now = archive.get(WHOLE.id)
    assert now is not None
    assert (now.rules, now.topics, now.summary) == ("2", better.topics, "更好的摘要。")
    assert archive.versions(WHOLE.id) == ()


def test_an_older_page_does_not_undo_a_newer_one(archive: Archive) -> None:
    store(archive, replace(WHOLE, fetched=DAY_AFTER), page(b"2"))
    assert store(archive, replace(WHOLE, title="旧标题"), page(b"1")).what == "unchanged"
    now = archive.get(WHOLE.id)
    assert now is not None
    assert now.title == WHOLE.title


def test_storing_again_leaves_nothing_behind(archive: Archive) -> None:
    store(archive, WHOLE, page(b"1"))
    store(archive, WHOLE, page(b"1"))
    assert archive.health().search_rows_dead == 0
    assert archive.counts()["articles"] == 1


def test_an_article_is_got_by_id_prefix_and_address(archive: Archive) -> None:
    store(archive, WHOLE, replace(page(), url="https://union.example/t", final_url="https://union.example/u"))
    for key in (
        "0123456789abcdef",
        "0123",
        WHOLE.url,
        WHOLE.canonical_url,
        "https://union.example/t",
        "https://union.example/u",
    ):
        found = archive.get(key)
        assert found is not None, key
        assert found.id == WHOLE.id
    for key in ("", "9", "https://union.example/", "%", "0123456789abcdef0", "012_", "\0", "\ud800"):
        assert archive.get(key) is None, key


def test_a_prefix_of_two_ids_names_neither(archive: Archive) -> None:
    store(archive, made("甲。", id="aaaa000000000001"), None)
    store(archive, made("乙。", id="aaaa000000000002", url="https://union.example/2"), None)
    assert archive.get("aaaa") is None
    assert archive.get("aaaa000000000002") is not None


def test_known_addresses_say_what_became_of_them(archive: Archive) -> None:
    store(archive, WHOLE, page())
    failed = Failure("https://union.example/9.html", "sample", "timeout", "took 9 s")
    asked = [WHOLE.url, failed.url, "https://union.example/new", "\ud800"]
    for _ in range(2):
        archive.fail(failed)
        assert archive.known(asked) == {WHOLE.url: "done"}  # the fault may have been the machine's: try again
    archive.fail(failed)
    assert archive.known(asked) == {WHOLE.url: "done", failed.url: "failed"}


def test_a_failure_is_kept_with_its_page_and_counted(archive: Archive) -> None:
    for at in (datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)):
        archive.fail(
            Failure("https://union.example/1.html", "sample", "crash", "two\nlines", at), page(b"bad")
        )
    ((failure, times),) = archive.failures()
    assert (failure.kind, failure.reason, times) == ("crash", "two lines", 2)
    assert archive.page(page(b"bad").digest) == page(b"bad")
    assert archive.failures(["other"]) == ()


def test_what_was_understood_at_last_is_no_failure(archive: Archive) -> None:
    archive.fail(Failure("https://union.example/1.html", "sample", "crash", "boom"))
    store(archive, made("正文。"), page())
    assert archive.failures() == ()
    assert archive.known(["https://union.example/1.html"]) == {"https://union.example/1.html": "done"}


def test_a_page_without_an_article_is_kept_and_not_quoted(archive: Archive) -> None:
    store(archive, made("", verdict="not-an-article"), page(b"list"))
    assert list(archive.articles()) == []
    assert [one.verdict for one in archive.articles(Filter(verdicts=("not-an-article",)))] == [
        "not-an-article"
    ]
    assert archive.page(page(b"list").digest) is not None


def test_articles_come_newest_first_within_the_filter(archive: Archive) -> None:
    for n, published in enumerate(
        ("2026-11-15", "2026-11-16T23:59:59+08:00", "2026-11-22", "2026-11-23", "")
    ):
        store(archive, made(f"第{n}篇。", n=n, published=published), None)
    week = Filter(since=date(2026, 11, 16), until=date(2026, 11, 22))
    assert [one.published for one in archive.articles(week)] == ["2026-11-22", "2026-11-16T23:59:59+08:00"]
    assert [one.published for one in archive.articles(replace(week, sort="oldest", limit=1))] == [
        "2026-11-16T23:59:59+08:00"
    ]
    assert len(list(archive.articles())) == 5


def test_first_seen_is_when_the_first_page_came(archive: Archive) -> None:
    store(archive, WHOLE, page(b"1"))
    store(archive, replace(WHOLE, fetched=DAY_AFTER), page(b"2"))
    assert archive.first_seen(Filter()) == {WHOLE.id: "2026-11-21T00:00:00+00:00"}
    assert archive.first_seen(Filter(seen_since="2026-11-21T00:00:01+00:00")) == {}


def test_runs_remember_what_each_portal_brought(archive: Archive) -> None:
    run = archive.start_run(["a", "b"])
    assert archive.runs()[0].outcome == ""
    archive.finish_run(run, "done", {"a": {"found": 3, "new": 2}, "b": {"found": 0}})
    (kept,) = archive.runs()
    assert (kept.outcome, kept.portals, kept.counts) == (
        "done",
        ("a", "b"),
        {"a": {"found": 3, "new": 2}, "b": {"found": 0}},
    )


def test_a_hostile_text_is_stored(archive: Archive) -> None:
    hostile = made("正\0文\ud800。", title="<script>\x1b[31m\u202e'\"", source="'; DROP TABLE articles; --")
    store(archive, hostile, replace(page(), url="https://union.example/\ud800"))
    kept = archive.get(hostile.id)
    assert kept is not None
    assert (kept.body, kept.source) == ("正文?。", hostile.source)


def test_a_sound_archive_says_so(archive: Archive) -> None:
    store(archive, WHOLE, page())
    health = archive.health()
    assert health.is_sound
    assert health.counts["articles"] == 1
    assert health.free > 0


def test_a_lost_row_is_seen(archive: Archive) -> None:
    store(archive, WHOLE, page())
    archive.conn.execute("DELETE FROM pages")
    health = archive.health()
    assert not health.is_sound
    assert health.orphans == {"articles whose page is gone": 1}


def test_a_reader_can_look_too_and_cannot_write(archive: Archive) -> None:
    store(archive, WHOLE, page())
    with Archive.open(archive.path, read_only=True) as reader:
        assert reader.health().is_sound
        with pytest.raises(ArchiveError, match="cannot be written"):
            store(reader, made("乙。", n=2), None)


def test_a_damaged_index_is_seen(archive: Archive) -> None:
    store(archive, WHOLE, page())
    archive.conn.execute("UPDATE article_search_data SET block = x'00ff00ff' WHERE id > 10")
    assert not archive.health().is_sound
