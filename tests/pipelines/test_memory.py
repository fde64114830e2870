"""A second visit reads better than the first: standing lines go, layouts are learned, and no word of a story is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trafilatura

from archive.article import Article, Page, apply_marks
from archive.database import Archive
from archive.lesson import Memory
from pipelines.memory import Familiar, familiar, number, place, standing
from pipelines.parts import Line
from pipelines.process import process
from pipelines.store import recall, store
from seeds.portal import Extract, Pattern, Portal
from tests.pipelines.made_sites import (
    CREED,
    HANDED,
    REFRAIN,
    SITES,
    Site,
    Story,
    modern,
    page,
    rich,
    story,
)

VISITS = 30
LEARNED = 15  # pages after which every site's furniture and layout are known
NOTICE = "公示期间如有不同意见，请以书面形式向市总工会组织部反映，逾期不再受理。"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was read, what it tells, what was known before, and the article."""

    told: Story
    page: Page
    memory: Memory
    article: Article


@dataclass(frozen=True, slots=True)
class Course:
    """A site's pages in order, and the archive they were kept in."""

    site: Site
    archive: Archive
    visits: tuple[Visit, ...]


def fetched(site: Site, told: Story, body: bytes | None = None) -> Page:
    url = f"{site.portal.home}news/2026/{told.n}.html"
    return Page(url, body or page(site, told), datetime.now(UTC), portal=site.portal.name)


def visit(archive: Archive, site: Site, told: Story, body: bytes | None = None) -> Visit:
    """What a crawl does with one page."""
    came = fetched(site, told, body)
    memory = recall(archive, came, site.portal)
    article = process(came, site.portal, memory)
    store(archive, article, came)
    return Visit(told, came, memory, article)


@pytest.fixture(scope="module", params=SITES)
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    site = SITES[request.param]
    with Archive.open(tmp_path_factory.mktemp("site") / "gongwen.db") as archive:
        yield Course(
            site, archive, tuple(visit(archive, site, story(n, site.portal.name)) for n in range(VISITS))
        )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "gongwen.db") as opened:
        yield opened


def paragraphs(article: Article) -> list[str]:
    return article.body.split("\n")


def test_furniture_that_no_grammar_knows_is_kept_on_the_first_visits(course: Course) -> None:
    first = paragraphs(course.visits[0].article)
    assert any(text in first for text in course.site.furniture)


def test_furniture_seen_on_many_pages_is_gone_and_every_paragraph_stays(course: Course) -> None:
    for read in course.visits[LEARNED:]:
        untaught = paragraphs(process(read.page, course.site.portal))
        assert paragraphs(read.article) == [text for text in untaught if text not in course.site.furniture]
        assert set(read.told.told) - set(paragraphs(read.article)) <= {"编者按"}


def test_a_sentence_that_many_stories_share_stays_in_each_of_them(course: Course) -> None:
    for shared in (CREED, REFRAIN, "下一步打算"):
        telling = [read for read in course.visits if shared in read.told.told]
        assert len(telling) >= 10
        assert all(shared in paragraphs(read.article) for read in telling)


def test_what_is_cut_is_named_as_repeated(course: Course) -> None:
    gone = {cut.text: cut.reason for cut in course.visits[-1].article.cuts}
    assert {gone[text] for text in course.site.furniture} == {"repeated"}


def test_body_and_marks_hold_with_memory_as_without(course: Course) -> None:
    for read in course.visits:
        assert apply_marks(read.article.body_as_published, read.article.marks) == read.article.body


def test_the_title_and_the_day_are_right_by_the_learned_layout(course: Course) -> None:
    assert course.visits[-1].memory.layout is not None
    for read in course.visits:
        assert (read.article.title, read.article.published[:10]) == (read.told.title, read.told.day)


def test_a_kept_page_read_again_later_gives_the_same_article(course: Course) -> None:
    for read in course.visits:
        came = course.archive.page(read.page.digest)
        assert came is not None
        assert (
            process(came, course.site.portal, recall(course.archive, came, course.site.portal))
            == read.article
        )


def test_with_a_learned_layout_trafilatura_is_not_asked(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object, **__: object) -> str:
        raise AssertionError("trafilatura was asked")

    monkeypatch.setattr(trafilatura, "extract", asked)
    last = course.visits[-1]
    assert process(last.page, course.site.portal, last.memory) == last.article
    with pytest.raises(AssertionError, match="was asked"):
        process(last.page, course.site.portal)


def test_what_is_known_of_one_site_says_nothing_of_another(course: Course) -> None:
    other = SITES["rich" if course.site.portal.name != "rich" else "modern"]
    came = fetched(other, story(0, "other"))
    assert recall(course.archive, came, other.portal) == Memory()


def test_a_site_that_changes_its_look_is_still_read_whole_and_learned_anew(archive: Archive) -> None:
    old = SITES["modern"]
    new = replace(old, render=rich)
    for n in range(LEARNED):
        visit(archive, old, story(n, "old"))
    for n in range(LEARNED, 2 * LEARNED):
        read = visit(archive, new, story(n, "new"))
        assert set(read.told.told) - {"编者按"} <= set(paragraphs(read.article))
    first, second = archive.learned("modern")[1]
    assert (first.status, first.failing, first.layout.body) == ("retired", 3, "css:div.article-text")
    assert (second.status, second.layout.body) == ("in use", "css:div.content")


def test_a_layout_that_holds_half_of_a_story_is_not_followed(archive: Archive) -> None:
    site = SITES["modern"]
    for n in range(LEARNED):
        visit(archive, site, story(n))
    told = story(2, "halved")
    first, second = (f"<p>{text}</p>" for text in ("".join(told.told[:2]), "".join(told.told[2:])))
    halves = f'<h1 class="headline">{told.title}</h1><div class="all"><div class="article-text">{first}</div>{second}</div>'
    read = visit(archive, site, told, f"<html><body>{halves}</body></html>".encode())
    assert read.memory.layout is not None
    assert read.article.body.replace("\n", "") == "".join(told.told)


def test_one_text_at_many_addresses_is_no_furniture(archive: Archive) -> None:
    site = SITES["modern"]
    told = story(1)
    for n in range(12):
        read = visit(archive, site, replace(told, n=100 + n, title=f"{told.title}（{n}）"))
        assert set(read.told.told) - {"编者按"} <= set(paragraphs(read.article))


def test_what_notices_always_say_at_their_end_stays(archive: Archive) -> None:
    site = SITES["table"]
    for n in range(20):
        told = story(n, "notice")
        told = replace(told, title=f"关于{told.title}的公示", paragraphs=(*told.paragraphs, NOTICE))
        read = visit(archive, site, told)
        assert NOTICE in paragraphs(read.article)


def test_selectors_of_a_portal_file_are_never_replaced(archive: Archive) -> None:
    declared = (Pattern(".*", extract=Extract(body=("css:div.article-text",))),)
    site = replace(SITES["modern"], portal=replace(SITES["modern"].portal, articles=declared))
    for n in range(LEARNED):
        read = visit(archive, site, story(n))
    assert archive.learned("modern")[1] == ()
    assert set(site.furniture).isdisjoint(paragraphs(read.article))


def test_pages_without_a_portal_are_neither_remembered_nor_learned_from(archive: Archive) -> None:
    came = fetched(SITES["modern"], story(1))
    article = process(came)
    assert article.lesson is None
    assert recall(archive, came, None) == Memory()


def test_a_paragraph_keeps_the_place_of_its_named_container() -> None:
    path = ("html", "body", "div#news12", "div.note")
    assert place(Line("甲", "p", (*path, "p.MsoNormal"))) == place(Line("乙", "div", path))
    assert place(Line("甲", "p", path)) != place(Line("甲", "p", path[:-1]))


def test_a_line_apart_is_known_in_its_own_place_only() -> None:
    note = Line("以上文字由各基层单位上传，如有出入请来信。", "p", ("html", "div.note", "p"))
    typed = replace(note, path=("html", "div.text", "p"))
    memory = Memory(apart=frozenset({number("以上文字由各基层单位上传如有出入请来信", place(note))}))
    assert familiar([note, typed], memory) == Familiar(apart=frozenset({0}))


def test_typed_lines_are_cut_only_where_they_reach_an_end_of_the_story() -> None:
    known = Familiar(head=frozenset({0, 3}), tail=frozenset({2, 5}))
    assert standing(known, [0, 1, 2, 3, 4, 5]) == {0, 5}


def test_a_story_is_never_emptied() -> None:
    assert standing(Familiar(tail=frozenset({0, 1})), [0, 1]) == frozenset()


def test_the_typed_note_of_one_site_is_story_where_another_quotes_it(course: Course) -> None:
    told = replace(
        story(3, "quoting"), paragraphs=(*story(3).paragraphs[:2], HANDED, *story(5).paragraphs[:2])
    )
    read = process(fetched(course.site, told), course.site.portal, course.visits[-1].memory)
    assert HANDED in paragraphs(read)


def test_the_made_sites_are_read_right_but_for_their_furniture() -> None:
    told = story(2, "plain")
    article = process(
        fetched(replace(SITES["modern"], render=modern), told), Portal("modern", "", "", "city")
    )
    assert [text for text in paragraphs(article) if text not in SITES["modern"].furniture] == told.told
