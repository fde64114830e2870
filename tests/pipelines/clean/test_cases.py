"""The damages as data: what was found, what it was, and why; a case in five at least is left alone."""

import json
from pathlib import Path

import pytest

from archive.article import apply_marks
from pipelines.clean import marks_between, repair

FOLDER = Path(__file__).resolve().parents[2] / "cases"
DAMAGES = ("invisible", "emoji", "shifted", "readings", "mojibake", "script", "plus", "punctuation")


def cases():
    for name in DAMAGES:
        for row in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")):
            yield name, row


def as_params(kinds):
    return [as_param(name, row) for name, row in cases() if row["kind"] in kinds]


def as_param(name, row):
    marks = [pytest.mark.xfail(strict=True, reason=row["why"])] if row["kind"] == "not-yet" else []
    return pytest.param(row, id=f"{name}: {row['label']}", marks=marks)


@pytest.mark.parametrize("case", as_params({"wild", "made", "not-yet"}))
def test_what_was_damaged_is_whole_again(case):
    assert repair(case["broken"]).text == case["whole"]


@pytest.mark.parametrize("case", as_params({"leave-alone"}))
def test_what_only_looks_damaged_stays(case):
    assert repair(case["broken"]).text == case["whole"] == case["broken"]


@pytest.mark.parametrize("case", as_params({"wild", "made", "leave-alone"}))
def test_repairing_twice_is_repairing_once(case):
    assert repair(repair(case["broken"]).text).history == ()


@pytest.mark.parametrize("case", as_params({"wild", "made", "leave-alone"}))
def test_marks_lead_from_the_broken_text_to_the_whole_one(case):
    text = case["broken"]
    for step, made in repair(text).history:
        text = apply_marks(text, marks_between(step, text, made))
    assert text == case["whole"]


@pytest.mark.parametrize("case", as_params({"wild", "made", "leave-alone"}))
def test_lines_keep_their_number(case):
    assert repair(case["broken"]).text.count("\n") == case["broken"].count("\n")


def test_at_least_one_case_in_five_is_left_alone():
    kinds = [row["kind"] for _, row in cases()]
    assert len(kinds) >= 120
    assert kinds.count("leave-alone") >= len(kinds) / 5


@pytest.mark.parametrize("case", as_params({"wild", "made", "leave-alone"}))
def test_an_expected_text_is_healthy(case):
    """No replacement characters, no controls: a recorded output is not yet a truth."""
    assert "\ufffd" not in case["whole"]
    assert not any(char < " " and char != "\n" for char in case["whole"])
