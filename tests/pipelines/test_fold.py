"""The folded form: what it unifies, what it leaves, and that any passage of a text is found in the fold of the whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from pipelines.fold import Folded, fold, fold_map

# What pages are made of, the awkward above all: spacing, brackets, readings, width, both scripts, things unseen.
PIECES = st.sampled_from(
    [
        *"工会會总總国國(（)）guóā 　 \n\r\t\u200b\ufeff\xa0“”\"'「」,，。、-—－·•〔［%％+＋1１Ｎn",
        "(guó)",
        "（huì）",
        "( bào )",
        "(Beijing)",
        "著",
        "乾",
        "①",
        "〇",
        "○",
        "\x00",
        "\ud800",
        "𠮷",
        "é",
        "İ",
        "ß",
        "…",
        "1+N",
        "N95",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=40))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("工會", "工会"),
        ("臺灣職工", "台湾职工"),
        ("為職工着力", "为职工著力"),
        ("瞭解答覆", "了解答复"),
        ("（試行）", "(试行)"),
        ("Ｎ９５口罩", "n95 口罩"),
        ("國發〔2024〕3號", "国发[2024]3号"),
        ("全国建材 行业工会", "全国建材行业工会"),
        ("工人日報(bào)記者", "工人日报记者"),
        ("全國（ guó ）建材", "全国建材"),
        ("“四心桥”", "「四心橋」"),
        ("二○二四年", "二〇二四年"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("工\u200b会\ufeff", "工会"),
        ("⼯会", "工会"),  # a Kangxi radical, as PDF files have it
        ("第一段。\r\n\r\n  第二段", "第一段。\n第二段"),
    ],
)
def test_two_ways_of_writing_one_thing_fold_alike(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("一千", "1千"),
        ("2024年", "二〇二四年"),
        ("①", "1"),
        ("1 3 N", "13N"),
        ("1+N", "1 N"),
        ("工人日报", "工人 日报社"),
        ("第一段\n第二段", "第一段第二段"),
        ("北京(Beijing)", "北京"),
        ("建湖(盐城)", "建湖"),
        ("票(ADS)", "票"),
        ("教皇庇护十世(josé)", "教皇庇护十世"),
        ("100%", "100"),
    ],
)
def test_different_things_stay_different(a: str, b: str) -> None:
    assert fold(a) != fold(b)


def test_the_map_leads_back_to_the_body() -> None:
    body = "全國(guó) 總工會　章程"
    folded = fold_map(body)
    at = folded.text.index("总工会")
    assert folded.text == "全国总工会章程"
    assert [body[folded.back[at + step]] for step in range(3)] == ["總", "工", "會"]


def test_gaps_say_the_same_as_the_map() -> None:
    folded = fold_map("全國(guó) 總工會　章程\n\n第一章")
    shifts = dict(folded.gaps)
    shift = 0
    for at, there in enumerate(folded.back):
        shift = shifts.get(at, shift)
        assert there == at + shift


def test_a_plain_text_has_no_gaps() -> None:
    assert fold_map("全国总工会章程，2018年修订。").gaps == ()


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_the_map_grows_and_stays_within_the_text(text: str) -> None:
    folded = fold_map(text)
    assert len(folded.back) == len(folded.text)
    assert all(a < b for a, b in zip(folded.back, folded.back[1:], strict=False))
    assert not folded.back or (folded.back[0] >= 0 and folded.back[-1] < len(text))


@given(TEXTS)
def test_every_folded_character_comes_from_the_character_it_maps_to(text: str) -> None:
    folded = fold_map(text)
    spaces = {" ", "\n"}
    assert all(
        fold(text[there]) == one or (one in spaces and fold(text[there]) == "")
        for one, there in zip(folded.text, folded.back, strict=True)
    )


@given(st.text(alphabet="工会會总著乾覆后後N9５ \n，。“”＋%·—\u200b", max_size=30), st.data())
def test_any_passage_of_a_text_is_found_in_its_fold(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold(text[start:end]) in fold(text)


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
def test_the_seeds_fold_alike_in_every_script(documents: Path, script: str) -> None:
    converter = OpenCC(script)
    for path in sorted(documents.glob("*.clean.txt")):
        text = path.read_text(encoding="utf-8")
        assert fold(converter.convert(text)) == fold(text)


def test_a_mirrors_page_folds_to_what_the_original_folds_to(documents: Path) -> None:
    for name in ("000_621701c48eb81bd5", "001_724886c98c96e1a2"):
        found, clean = (
            (documents / f"{name}.{kind}.txt").read_text(encoding="utf-8") for kind in ("asfound", "clean")
        )
        assert fold(found) == fold(clean)


@pytest.mark.parametrize(
    ("hostile", "folded"),
    [
        ("國(guó)" * 20_000, "国" * 20_000),
        ("國" + "(" * 20_000 + "guó" + ")" * 20_000, "国" + "(" * 20_000 + "guó" + ")" * 20_000),
        ("國(" + " " * 20_000 + "guó" + " " * 20_000 + ")", "国"),
    ],
    ids=["many", "nested", "spaced"],
)
def test_brackets_on_a_hostile_page_are_read_once(hostile: str, folded: str) -> None:
    assert fold(hostile) == folded


def test_an_empty_text_folds_to_nothing() -> None:
    assert fold_map("") == Folded("", ())
