"""Time is counted once: a stage inside another is its own, and nobody else's."""

import random

import pytest

from bench import speed
from bench.speed import REST, STAGES, THEIRS, WHOLE, Sample, Stopwatch, damaged, rows, share

PARAGRAPH = "示例市总工会相关负责人介绍，行动将持续到明年春节前，重点关注新就业形态劳动者和困难企业职工。"
PAGE = Sample("", f"<html><body><h1>冬送温暖</h1><p>{PARAGRAPH}</p></body></html>".encode())


def test_the_time_of_an_inner_stage_is_not_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 4.0, 10.0])  # the outer stage runs from 0 to 10, the inner one from 1 to 4
    monkeypatch.setattr(speed.time, "process_time", lambda: next(clock))
    watch = Stopwatch()
    watch.timed("outer", watch.timed("inner", lambda: None))()
    assert watch.spent == {"inner": 3000.0, "outer": 7000.0}


def test_a_stage_that_moved_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "STAGES", (("fold", "pipelines.process", "no_such_function"),))
    with pytest.raises(SystemExit, match=r"pipelines\.process has no no_such_function"):
        speed.watch()


def test_every_stage_is_where_the_table_says() -> None:
    for _, module, name in STAGES:
        assert callable(getattr(speed.importlib.import_module(module), name))


def test_a_damaged_page_is_traditional_with_readings_and_stays_a_page() -> None:
    made = damaged(PAGE, random.Random(1)).body.decode("utf-8")
    assert made.startswith("<html><body><h1>")
    assert made.count("<p>") == made.count("</p>") == 1
    assert "總" in made
    assert made != damaged(PAGE, random.Random(2)).body.decode("utf-8")


def test_a_page_without_chinese_cannot_be_damaged() -> None:
    plain = Sample("", b"<p>Trade union news, in English only, and long enough to be a paragraph.</p>")
    assert damaged(plain, random.Random(1)) == plain


def test_a_row_is_the_median_page_and_the_share_of_all_pages() -> None:
    times = [{"tags": spent, REST: 0.0, WHOLE: 40.0, THEIRS: 20.0} for spent in (1.0, 2.0, 9.0)]
    found = rows(times)
    assert (found["tags"].median, found["tags"].ratio) == (2.0, 0.2)
    assert found[WHOLE].ratio == 2.0


@pytest.mark.parametrize(("part", "value"), [(0.5, 3), (0.95, 5), (1.0, 5)])
def test_a_share_of_pages_is_one_of_them(part: float, value: int) -> None:
    assert share([5, 1, 2, 4, 3], part) == value
