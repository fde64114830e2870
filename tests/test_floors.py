"""Quality only rises: no figure is under its floor, and no floor is lowered in silence."""

from pathlib import Path

import pytest

from bench.floors import CORPORA, FLOORS, Floors, Measured, broken, digest, distance, dumped, load, update

KNOWN: Floors = {"pages": Measured("one corpus", {"body F": 0.99, "title": 1.0})}


@pytest.mark.shared
@pytest.mark.parametrize("name", [name for name in CORPORA if name != "seed documents"])
def test_no_figure_is_under_its_floor(name: str, shared: Path) -> None:
    assert list(broken(name, CORPORA[name](shared), load())) == []


def test_the_seed_documents_keep_every_character_and_every_field(documents: Path) -> None:
    assert list(broken("seed documents", CORPORA["seed documents"](documents), load())) == []


def test_every_corpus_has_floors_as_the_program_writes_them() -> None:
    assert set(load()) == set(CORPORA)
    assert FLOORS.read_text(encoding="utf-8") == dumped(load())


def test_a_figure_under_its_floor_is_named_with_both() -> None:
    found = Measured("one corpus", {"body F": 0.985, "title": 1.0})
    assert list(broken("pages", found, KNOWN)) == ["pages: body F is 0.9850, its floor 0.99"]


def test_a_figure_at_its_floor_or_above_is_no_news() -> None:
    assert list(broken("pages", Measured("one corpus", {"body F": 0.999, "title": 1.0}), KNOWN)) == []


def test_good_figures_of_another_corpus_are_refused() -> None:
    (line,) = broken("pages", Measured("another", {"body F": 1.0, "title": 1.0}), KNOWN)
    assert "the corpus is another" in line
    assert "--update" in line


def test_a_figure_that_is_measured_no_more_is_missed() -> None:
    (line,) = broken("pages", Measured("one corpus", {"body F": 0.99}), KNOWN)
    assert "title is not measured any more" in line


def test_a_corpus_without_floors_is_told_how_to_get_them() -> None:
    (line,) = broken("lists", Measured("one corpus", {}), KNOWN)
    assert line == "lists: no floor yet; python -m bench.floors --update"


def test_an_update_raises_a_floor_and_never_lowers_one() -> None:
    found = {"pages": Measured("one corpus", {"body F": 0.9957, "title": 0.5})}
    kept = update(found, KNOWN, allow_regression=False)
    assert kept["pages"].figures == {"body F": 0.995, "title": 1.0}
    assert list(broken("pages", found["pages"], kept)) == ["pages: title is 0.5000, its floor 1.0"]


def test_a_new_corpus_is_pinned_without_lowering_a_floor() -> None:
    kept = update(
        {"pages": Measured("another", {"body F": 0.9, "title": 1.0})}, KNOWN, allow_regression=False
    )
    assert kept["pages"] == Measured("another", {"body F": 0.99, "title": 1.0})


def test_a_floor_falls_only_when_that_is_said() -> None:
    found = {"pages": Measured("one corpus", {"body F": 0.9, "title": 1.0})}
    assert update(found, KNOWN, allow_regression=True)["pages"].figures["body F"] == 0.9


def test_a_corpus_that_was_not_measured_keeps_its_floors() -> None:
    assert update({}, KNOWN, allow_regression=True) == KNOWN


def test_a_digest_tells_bytes_that_moved_from_one_page_to_the_next() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc")


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("工会送清凉", "工会送清凉", 0),
        ("工会送清凉", "工会清凉", 1),
        ("工会送清凉", "工会送温暖", 2),
        ("", "工会", 2),
        ("甲乙丙", "丙乙甲", 2),
    ],
)
def test_wrong_characters_are_counted_as_a_reader_would(one: str, other: str, wrong: int) -> None:
    assert distance(one, other) == distance(other, one) == wrong
