"""What pages teach is kept with the moment from which it counts, and copies of one story teach once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from archive.database import Archive
from archive.lesson import Layout, Lesson, Memory, Shown
from archive.memory import AGREEING, FAILING, VERIFYING, WINDOW, Family, Template
from pipelines.store import store
from tests.archive.building import made

FAMILY = Family("sample", "union.example/news")
NOTE = Shown(7, "apart", 4, 0.3, "以上文字由各基层单位上传。")
PLACE = Layout("css:div.text", "css:h1", "css:div.info")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "gongwen.db") as opened:
        yield opened


def lesson(n: int, *shown: Shown, **fields: object) -> Lesson:
    return replace(Lesson(FAMILY.name, f"text {n}", shown), **fields)


def teach(archive: Archive, n: int, taught: Lesson, body: str = "") -> None:
    """Store the n-th article, whose text is its own unless one is given."""
    own = "".join(map(chr, Random(n).choices(range(0x4E00, 0x9FA5), k=120)))
    store(archive, made(body or own, n=n, lesson=taught), None)


def known(archive: Archive) -> Memory:
    return archive.recall(FAMILY, datetime.now(UTC))


def template(archive: Archive) -> Template:
    return archive.learned("sample")[1][-1]


def test_an_archive_that_saw_nothing_remembers_nothing(archive: Archive) -> None:
    assert known(archive) == Memory()


def test_a_line_of_four_different_stories_is_furniture(archive: Archive) -> None:
    for n in range(3):
        teach(archive, n, lesson(n, NOTE))
    assert known(archive).apart == frozenset()
    teach(archive, 3, lesson(3, NOTE))
    assert known(archive).apart == {7}
    (line,) = archive.learned("sample")[0]
    assert (line.text, line.stories) == ("以上文字由各基层单位上传。", 4)


def test_a_line_of_too_small_a_share_of_the_last_stories_is_none(archive: Archive) -> None:
    for n in range(40):
        teach(archive, n, lesson(n, *([NOTE] if n % 5 == 0 else [])))
    assert known(archive).apart == frozenset()


def test_the_share_is_counted_among_the_last_stories_only(archive: Archive) -> None:
    for n in range(WINDOW):
        teach(archive, n, lesson(n))
    for n in range(WINDOW, WINDOW + 18):
        assert known(archive).apart == frozenset()
        teach(archive, n, lesson(n, NOTE))
    assert known(archive).apart == {7}
    assert archive.conn.execute("SELECT count(*) FROM lessons").fetchone()[0] == WINDOW


def test_a_story_reprinted_under_many_addresses_counts_once(archive: Archive) -> None:
    told = "11月10日，示例市总工会启动“冬送温暖”行动，首批走访慰问困难职工320户，发放慰问金64万元。" * 2
    for n in range(8):
        teach(archive, n, lesson(n, NOTE), body=f"{told}编号{n}。")
    assert archive.get(f"{7:016x}").story.copies == 8
    assert known(archive).apart == frozenset()


def test_the_same_words_count_once_even_where_they_are_too_few_for_kinship(archive: Archive) -> None:
    for n in range(8):
        teach(archive, n, replace(lesson(n, NOTE), text="the same"))
    assert known(archive).apart == frozenset()


def test_a_page_read_again_teaches_nothing_new(archive: Archive) -> None:
    for _ in range(8):
        teach(archive, 1, lesson(1, NOTE))
    assert known(archive).apart == frozenset()


def test_families_of_a_portal_do_not_learn_from_each_other(archive: Archive) -> None:
    for n in range(8):
        teach(archive, n, lesson(n, NOTE, family=f"union.example/{n % 4}"))
    assert archive.learned("sample")[0] == ()


def test_what_was_known_at_a_moment_stays_what_it_was(archive: Archive) -> None:
    before = datetime.now(UTC)
    for n in range(20):
        teach(archive, n, lesson(n, NOTE, seen=PLACE, trial="held" if n > 3 else ""))
    assert known(archive) == Memory(frozenset({7}), layout=PLACE)
    assert archive.recall(FAMILY, before) == Memory()
    since = datetime.fromisoformat(archive.learned("sample")[0][0].since)
    assert archive.recall(FAMILY, since).apart == frozenset()
    assert archive.recall(FAMILY, since + timedelta(microseconds=1)).apart == {7}


def propose(archive: Archive, layout: Layout = PLACE, start: int = 0) -> int:
    for n in range(start, start + AGREEING):
        teach(archive, n, lesson(n, seen=layout))
    return start + AGREEING


def test_a_layout_is_proposed_by_three_pages_and_goes_first_after_five_more(archive: Archive) -> None:
    n = propose(archive)
    assert (known(archive).proposed, known(archive).layout) == (PLACE, None)
    for m in range(n, n + VERIFYING - 1):
        teach(archive, m, lesson(m, trial="held"))
    assert known(archive).layout is None
    teach(archive, 99, lesson(99, trial="held"))
    assert (known(archive).proposed, known(archive).layout) == (None, PLACE)
    assert template(archive).status == "in use"


def test_a_place_that_the_pages_name_differently_is_left_open(archive: Archive) -> None:
    for n, title in enumerate(("css:h1", "css:h1", "css:h2")):
        teach(archive, n, lesson(n, seen=Layout("css:div.text", title, "css:div.info")))
    assert known(archive).proposed == Layout("css:div.text", "", "css:div.info")


def test_a_field_found_wrong_on_trial_is_dropped_and_the_body_stays(archive: Archive) -> None:
    n = propose(archive)
    teach(archive, n, lesson(n, trial="held", lost=("date",)))
    assert known(archive).proposed == Layout("css:div.text", "css:h1", "")


def test_three_failures_in_a_row_retire_a_layout_and_one_does_not(archive: Archive) -> None:
    n = propose(archive)
    trials = ["held"] * VERIFYING + ["failed", "failed", "held"] + ["failed"] * (FAILING - 1)
    for m, trial in enumerate(trials, n):
        teach(archive, m, lesson(m, trial=trial))
    assert known(archive).layout == PLACE
    in_force = datetime.now(UTC)
    teach(archive, 99, lesson(99, trial="failed"))
    assert known(archive) == Memory()
    assert archive.recall(FAMILY, in_force).layout == PLACE
    assert (template(archive).status, template(archive).held, template(archive).failed) == ("retired", 6, 5)


def test_after_a_retired_layout_only_later_pages_propose_another(archive: Archive) -> None:
    n = propose(archive)
    for m in range(n, n + FAILING):
        teach(archive, m, lesson(m, trial="failed"))
    teach(archive, 50, lesson(50, seen=PLACE))
    assert known(archive).proposed is None
    other = Layout("css:div#new")
    propose(archive, other, start=60)
    assert known(archive).proposed == other
