"""The digest: what it counts, what it claims, and that every format says the same and can break nothing."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import desk
from archive.article import Region, Story, Topic
from archive.database import Archive
from desk.digest import build, compose, render
from desk.facts import Leftover
from desk.issue import Digest, Source
from desk.material import Material
from desk.problem import DeskError
from desk.render import RENDERERS
from desk.stories import Kept
from desk.weeks import SHANGHAI, Week

WEEK = Week(2026, 46)
NOW = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)
TOPICS = {
    "rights": "权益维护",
    "rights.wages": "欠薪治理",
    "welfare": "帮扶服务",
    "welfare.hardship": "困难帮扶",
}


def kept(*articles, seen="2026-11-12T08:00:00+08:00"):
    return [Kept(article, seen) for article in articles]


def issue(material_of=(), week=WEEK, now=NOW, **fields) -> Digest:
    return compose(week, Material(kept=list(material_of), topics=TOPICS, **fields), now=now)


def past(make, counts, topic="rights.wages"):
    """Articles of the weeks before: so many a week, the last number is the week of the issue."""
    made, number = [], 1000
    for back, count in zip(reversed(range(len(counts))), counts, strict=True):
        for _ in range(count):
            number += 1
            made.append(
                make(number, published=WEEK.back(back).monday.isoformat(), topics=(Topic(topic, 9.0),))
            )
    return kept(*made)


# What is counted


def test_copies_of_one_story_count_once_and_are_told(reprinted) -> None:
    made = issue(kept(*reprinted(3)))
    assert (made.totals.articles, made.totals.stories, made.totals.reprints) == (4, 1, 3)
    (entry,) = made.entries
    assert entry.source == "工人日报"
    assert len(entry.copies) == 3
    assert "转载占 75%" in made.facts[0].text


def test_two_articles_without_a_story_are_two(make) -> None:
    assert issue(kept(make(1), make(2))).totals.stories == 2


def test_a_copy_whose_original_is_older_names_it(make) -> None:
    copy = make(5, story=Story("S9", "f" * 16, "工人日报", "same text", 2))
    (entry,) = issue(kept(copy)).entries
    assert entry.elsewhere == "工人日报"


def test_an_article_belongs_to_the_week_of_its_publication(make) -> None:
    sunday, monday = (
        make(1, published="2026-11-15T23:59:00+08:00"),
        make(2, published="2026-11-16T00:00:00+08:00"),
    )
    assert [entry.id for entry in issue(kept(sunday, monday)).entries] == [sunday.id]


def test_an_article_without_a_date_counts_when_first_seen_and_is_marked(make) -> None:
    made = issue(kept(make(1, published="")))
    assert not made.entries[0].dated
    assert "＊" in str(render(made, "html"))


def test_a_date_vaguer_than_a_day_is_in_no_week(make) -> None:
    assert not issue(kept(make(1, published="2026-11", published_precision="month"))).entries


def test_week_53_holds_the_first_of_january(make) -> None:
    made = issue(
        kept(make(1, published="2027-01-01")), week=Week(2026, 53), now=datetime(2027, 1, 9, tzinfo=SHANGHAI)
    )
    assert made.totals.articles == 1
    assert "2026年第53周" in str(render(made, "md"))


def test_sections_follow_the_taxonomy_and_number_every_entry(make) -> None:
    made = issue(kept(make(1), make(2, topics=(Topic("rights.wages", 9.0),)), make(3, topics=())))
    assert [section.name for section in made.sections] == ["权益维护", "帮扶服务", "话题未定"]
    assert [entry.number for entry in made.entries] == [1, 2, 3]


def test_a_province_counts_once_a_story_and_abroad_is_no_province(make) -> None:
    places = (Region("320900", "江苏省/盐城市"), Region("320300", "江苏省/徐州市"), Region("GB", "英国"))
    made = issue(kept(make(1, regions=places)))
    assert made.totals.provinces == 1
    assert {row.name: row.now for row in made.regions} == {"江苏": 1, "英国": 1}


# What is claimed


def test_a_rise_is_claimed_only_with_history_and_numbers(make) -> None:
    counts = [10, 12, 11, 9, 10, 10, 11, 30]
    row = issue(past(make, counts), began=WEEK.back(20)).topics[0]
    assert (row.weeks, row.usual, row.trend) == (tuple(counts), 10.0, "up")


@pytest.mark.parametrize(
    ("counts", "trend"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 5], "few"),
        ([10, 10, 10, 10, 10, 10, 10, 14], "flat"),
        ([30, 30, 30, 30, 30, 30, 30, 12], "down"),
    ],
)
def test_small_numbers_and_small_changes_claim_nothing(make, counts, trend) -> None:
    assert issue(past(make, counts), began=WEEK.back(20)).topics[0].trend == trend


def test_weeks_before_the_archive_began_are_no_zeros(make) -> None:
    made = issue(past(make, [0, 0, 0, 0, 0, 0, 0, 30]), began=WEEK.back(2))
    assert made.topics[0].trend == "no-history"
    assert not any("中位数" in fact.text for fact in made.facts)


def test_a_first_mention_needs_a_past(make) -> None:
    law = make(1, laws=("《工会法》",))
    assert not issue(kept(law)).laws[0].first
    assert issue(kept(law), began=WEEK.back(3)).laws[0].first
    old = make(2, laws=("《工会法》",), published="2026-11-04")
    assert not issue(kept(law, old), began=WEEK.back(3)).laws[0].first


def test_an_empty_week_says_so_in_every_format() -> None:
    made = issue()
    assert len(made.facts) == 1
    for style in RENDERERS:
        render(made, style)
    assert "本周没有稿件" in str(render(made, "html"))


def test_broken_sources_are_named(make) -> None:
    sources = (
        Source("a", "甲报", 3),
        Source("b", "乙报", 0, (5, 20), "2026-11-15T00:00:00+00:00", "0 篇，少于承诺的 5 篇"),
    )
    text = str(render(issue(kept(make(1)), sources=sources), "md"))
    assert "2 个来源中 1 个：乙报（0 篇，少于承诺的 5 篇）" in text


def test_what_is_left_out_is_counted(make) -> None:
    made = issue(kept(make(1)), left=Leftover((("mirror", 2), ("spam", 1)), 4))
    assert made.left_out == 3
    assert any("镜像或机器改写 2 篇" in remark.text for remark in made.quality)


def test_a_running_week_is_marked(make) -> None:
    wednesday = datetime(2026, 11, 11, 12, tzinfo=SHANGHAI)
    assert "本周尚未结束" in str(render(issue(kept(make(1)), now=wednesday), "html"))
    assert "本周尚未结束" not in str(render(issue(kept(make(1))), "html"))


# What is printed


class Page(HTMLParser):
    """What a browser would load, follow or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self.attributes += named
        self.links += [named["href"] or ""] if "href" in named else []
        self.ids += [named["id"] or ""] if "id" in named else []


def read_page(made: Digest) -> Page:
    page = Page()
    page.feed(str(render(made, "html")))
    return page


@pytest.fixture
def nasty(make, hostile) -> Digest:
    articles = [
        make(n, title=text, source=text[:40], summary=text, url=f"javascript:alert({n})", laws=(text[:30],),
             organisations=(text[:30],), campaigns=(text[:30],), regions=(Region("320000", text[:30]),),
             story=Story(f"S{n // 2}", f"{n:016x}", text[:40], text, 2))
        for n, text in enumerate(hostile)
    ]  # fmt: skip
    return issue(
        kept(*articles), sources=(Source("x", hostile[0], 1, None, "", hostile[6]),), began=WEEK.back(8)
    )


def test_hostile_text_adds_no_element_no_handler_and_no_address(nasty) -> None:
    page = read_page(nasty)
    assert "script" not in page.tags
    assert not any(name.startswith("on") or name == "style" for name in page.attributes)
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)


def test_the_page_asks_for_nothing_from_outside(reprinted) -> None:
    page = read_page(issue(kept(*reprinted(2))))
    assert not set(page.tags) & {"script", "img", "link", "iframe", "object", "embed", "audio", "video"}
    assert "src" not in page.attributes
    assert "url(" not in str(render(issue(kept(*reprinted(2))), "html"))


def test_every_anchor_leads_somewhere(reprinted, make) -> None:
    page = read_page(issue(kept(*reprinted(3), make(9)), began=WEEK.back(8)))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside
    assert inside <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_style_is_the_one_its_policy_names(reprinted) -> None:
    html = str(render(issue(kept(*reprinted(1))), "html"))
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in html


@pytest.mark.parametrize("style", RENDERERS)
def test_hostile_text_opens_in_every_format(nasty, style) -> None:
    made = render(nasty, style)
    text = made.decode() if isinstance(made, bytes) else made
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ufffe]", text)
    text.encode("utf-8")


def test_a_markdown_table_keeps_its_columns(nasty) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", str(render(nasty, "md")), re.MULTILINE):
        pipes = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(pipes) == 1, table


def test_atom_is_well_formed_and_has_every_story(nasty) -> None:
    root = ET.fromstring(render(nasty, "atom"))
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == nasty.totals.stories


def test_the_formats_state_the_same_facts(reprinted, make) -> None:
    made = issue(kept(*reprinted(3), make(9)), began=WEEK.back(8))
    data = json.loads(str(render(made, "json")))
    html, md = str(render(made, "html")), str(render(made, "md"))
    assert data["totals"] == {"articles": 5, "stories": 2, "provinces": 1}
    for fact in data["facts"]:
        assert fact["text"] in html
        assert fact["text"] in md
    for entry in made.entries:
        assert entry.title in html
        assert entry.title in md
    assert data["fingerprint"] in html
    assert data["fingerprint"] in md


def test_another_format_is_refused_by_name() -> None:
    with pytest.raises(DeskError, match="md, html, json, atom"):
        render(issue(), "docx")


# From a database


def test_the_same_database_gives_the_same_bytes(shelf) -> None:
    def printed(now: datetime) -> list[str | bytes]:
        with Archive.open(shelf, read_only=True) as archive:
            made = build(archive, WEEK, now=now)
        return [render(made, style) for style in RENDERERS]

    assert printed(NOW) == printed(NOW + timedelta(days=3))


def test_the_archive_gives_clean_articles_of_the_week_alone(shelf) -> None:
    with Archive.open(shelf, read_only=True) as archive:
        made = build(archive, WEEK, now=NOW)
    titles = {entry.title for entry in made.entries}
    assert "没有日期的稿件" in titles
    assert not titles & {"镜像上的稿件", "导航页"}
    assert made.left_out == 1
    assert made.topics[5].name == "帮扶与普惠服务"


def test_a_source_is_as_healthy_as_its_last_run(shelf) -> None:
    read = {"lists": 2, "found": 9, "fetched": 9, "new": 9}
    with Archive.open(shelf) as archive:
        archive.finish_run(
            archive.start_run(["workercn", "jsgrb"]),
            "done",
            {"workercn": read, "jsgrb": read | {"blocked": 4}},
        )
        made = build(archive, WEEK, now=NOW)
    problems = {source.portal: source.problem for source in made.sources}
    assert problems["jsgrb"] == "被拒 4 次"
    assert "少于承诺" in problems["workercn"] or not problems["workercn"]


def test_an_archive_that_was_never_crawled_judges_no_source(shelf) -> None:
    with Archive.open(shelf, read_only=True) as archive:
        made = build(archive, WEEK, now=NOW)
    assert made.sources == ()
    assert any("无法判断" in remark.text for remark in made.quality)


def test_sources_that_no_file_declares_are_counted_from_the_articles(reprinted) -> None:
    made = issue(kept(*reprinted(3)))
    assert "\n4 个来源；" in str(render(made, "md"))
    assert "4 个来源 ·" in str(render(made, "html"))
    assert "0/0" not in str(render(made, "md"))


def test_the_command_writes_the_file_whole(gongwen, shelf, tmp_path) -> None:
    target = tmp_path / "w46.html"
    target.write_text("old", encoding="utf-8")
    assert gongwen("digest", "--db", shelf, "--week", "2026-W46", "-o", target) == (
        0,
        "",
        "",
    )
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".w46")] == []


def test_a_file_that_cannot_be_written_leaves_no_rest(gongwen, shelf, tmp_path) -> None:
    status, _, err = gongwen(
        "digest", "--db", shelf, "--week", "2026-W46", "-o", tmp_path / "nowhere" / "x.md"
    )
    assert status == 2
    assert err.count("\n") == 1


def test_the_command_without_a_week_takes_the_last_full_one(gongwen, shelf) -> None:
    status, out, _ = gongwen("digest", "--db", shelf)
    assert status == 0
    assert out.startswith("# 工会新闻周报 20")


def test_a_story_that_nobody_else_carried_leads_nothing(make) -> None:
    assert issue(kept(make(1), make(2))).leads == ()


def test_a_lead_shows_its_days(reprinted) -> None:
    original, *copies = reprinted(2)
    later = [replace(copy, published="2026-11-12") for copy in copies]
    (lead,) = issue(kept(original, *later)).leads
    assert lead.daily == (0, 0, 1, 2, 0, 0, 0)
    assert lead.entry.day == date(2026, 11, 11)


def test_the_template_folder_travels_with_the_package() -> None:
    folder = Path(desk.__file__).parent / "templates"
    assert {each.name for each in folder.iterdir()} >= {"digest.html", "digest.md", "digest.css"}
