"""The five seed documents, letter by letter, and the proof that their repairs are right."""

import json

import pytest

from pipelines.clean import repair
from pipelines.clean.readings import drop_readings, find_glosses
from pipelines.clean.redamage import by_mbstring, narrow
from pipelines.clean.shifted import find_shifts, unshift
from pipelines.clean.traditional import is_traditional, mirror_table

NAMES = (
    "000_621701c48eb81bd5",
    "001_724886c98c96e1a2",
    "002_d66bfd989e31ca80",
    "003_8956921c870c9c93",
    "004_17105475ecdcac13",
)
PLACES = ("title_as_published", "subtitle", "standfirst", "author_note")


def found(documents, name):
    return (documents / f"{name}.txt").read_text(encoding="utf-8")


def restored(documents, name):
    reading = json.loads((documents / f"{name}.reading.json").read_text(encoding="utf-8"))["restored"]
    return [block["text"] for block in reading["body"]] + [
        reading[place] for place in PLACES if reading.get(place)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_of_a_seed_is_restored_letter_by_letter(documents, name):
    lines = {line.strip() for line in repair(found(documents, name)).text.split("\n")}
    assert [text for text in restored(documents, name) if text not in lines] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_restored_seed_is_left_alone(documents, name):
    once = repair(found(documents, name)).text
    assert repair(once).text == once


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_was_written_in_simplified_characters(documents, name):
    assert repair(found(documents, name)).script == "hans"


def damage_again(text, readings):
    """What the mirror did: an unaligned search of GBK bytes, decoded by PHP, wide marks folded."""
    damaged = text.encode("gb18030")
    for char in sorted(readings):
        pair = char.encode("gb18030")
        damaged = damaged.replace(pair, pair + f"({readings[char]})".encode("gb18030"))
    return narrow(by_mbstring(damaged))


def readings_of(text):
    known = {gloss.chars: gloss.reading for gloss in find_glosses(text) if is_traditional(gloss.chars[-1])}
    cut = {"請": "qǐng", "購": "gòu", "聯": "lián", "報": "bào"}
    return {char: reading for char, reading in cut.items() if f"?{reading})" in text} | known


@pytest.mark.parametrize("name", [NAMES[0], NAMES[2]])
def test_damaging_the_repair_again_gives_the_seed_back(documents, name):
    text = found(documents, name).split("主站蜘蛛")[0]  # the spam was added after the damage
    mended = drop_readings(unshift(text)).replace("□", "3")  # any digit: the decoder takes it unseen
    assert damage_again(mended, readings_of(text)) == text


@pytest.mark.parametrize("name", NAMES[:2])
def test_the_mirror_table_turns_our_simplified_text_into_the_found_one(documents, name):
    text = drop_readings(unshift(found(documents, name)))
    simplified = text.split("\n")
    for step, made in repair(found(documents, name)).history:
        if step == "to_script_of_origin":
            simplified = made.split("\n")
    table = str.maketrans(mirror_table())
    wrong = [
        (a, b)
        for line, made in zip(text.split("\n"), simplified, strict=True)
        for a, b in zip(line, made.translate(table), strict=True)
        if a != b
    ]
    assert wrong == []


def test_the_shifted_runs_of_the_second_seed_are_exact(documents):
    made = [shift.new.strip() for shift in find_shifts(found(documents, NAMES[1]))]
    assert made == ["。“工會在線", "。“工會在線", "（作者為大同市人大常委會副主任、市總工會主席）"]


def test_every_run_of_the_seeds_damages_back_to_what_was_found(documents):
    proofs = [shift.proof for name in NAMES for shift in find_shifts(found(documents, name))]
    assert proofs == ["proven"] * 3 + ["consistent"] * 4


def test_the_swallowed_digit_is_marked_and_said(documents):
    doubts = repair(found(documents, NAMES[2])).doubts
    assert any("下拨□" in doubt and "swallowed" in doubt for doubt in doubts)
    assert any("one byte of 拨 is lost" in doubt and "据" in doubt for doubt in doubts)


@pytest.mark.parametrize("name", [NAMES[0], *NAMES[3:]])
def test_a_seed_without_losses_raises_no_doubt(documents, name):
    assert repair(found(documents, name)).doubts == ()
