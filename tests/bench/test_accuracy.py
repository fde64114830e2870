"""The table of accuracy says what score.py said, and names a tool that is not there."""

import json
from pathlib import Path

import pytest

from bench.accuracy import Gold, Score, page_lines, parsed, score, scores, table, tag_lines
from bench.peers import Item, PeerError, Prediction, environment, install, last_line, request

SAID = """\
site/1 P 0.900 R 1.000 F 0.947 2026-11-10 某地工会启动冬送温暖行动
site/2 P 1.000 R 1.000 F 1.000 None None
P            0.950  n=2
F            0.974  n=2
F>=.98       0.500  n=2
title        1.000  n=2
F by tag: {'gov-party': '0.974/2', 'table-layout': '1.000/1'}
""".splitlines()
STORY = "11月10日，示例市总工会启动“冬送温暖”行动，首批走访慰问困难职工320户。"


def said(**changes: str) -> Score:
    lines = [line.replace("0.974", changes.get("f", "0.974")) for line in SAID]
    return parsed(lines, frozenset({"body", "title"}))


def test_figures_kinds_and_pages_are_read_from_what_score_py_prints() -> None:
    found = said()
    assert found.figures == {"P": 0.95, "F": 0.974, "F>=.98": 0.5, "title": 1.0}
    assert found.tags == {"gov-party": (0.974, 2), "table-layout": (1.0, 1)}
    assert found.pages["site/1"]["f"] == "0.947"


def test_a_field_that_a_tool_never_answers_is_a_dash_and_not_a_nought() -> None:
    heading, row = table("two pages", {"gongwen": said()})
    assert heading.split() == [
        "two",
        "pages",
        "body",
        "F",
        "≥",
        ".98",
        "furniture",
        "title",
        "day",
        "source",
        "author",
    ]
    assert row.split() == ["gongwen", "0.974", "0.500", "–", "1.000", "–", "–", "–"]


def test_kinds_of_page_stand_side_by_side() -> None:
    lines = list(tag_lines({"gongwen": said(), "other": said(f="0.500")}))
    assert [line.split()[-3:] for line in lines[1:]] == [["2", "0.974", "0.500"], ["1", "1.000", "1.000"]]


def test_only_pages_that_are_not_nearly_perfect_are_told_with_what_others_make_of_them() -> None:
    lines = list(page_lines({"gongwen": said(), "other": said()}))
    assert lines == ["site/1: P 0.900 R 1.000 F 0.947 2026-11-10 某地工会启动冬送温暖行动", "    other 0.947"]


def labelled() -> Gold:
    label = {
        "id": "site/1", "url": "", "set": "V", "body": STORY, "optional": [], "forbidden": ["责任编辑：李编辑"],
        "title": "某地工会", "title_alt": [], "date": "", "date_alt": [], "source": "", "author": "", "tags": [],
    }  # fmt: skip
    return Gold("one page", "V", (label,), (b"",))


@pytest.mark.shared
@pytest.mark.parametrize(("tail", "kept"), [("", 0.0), ("责任编辑：李编辑", 1.0)])
def test_furniture_in_a_body_is_counted_by_the_collection_s_own_script(
    shared: Path, tail: str, kept: float
) -> None:
    found = score(shared, labelled(), [{"id": "site/1", "title": "某地工会", "body": STORY + tail}])
    assert (found.figures["forbid"], found.figures["title"]) == (kept, 1.0)


def absent(items: list[Item]) -> list[Prediction]:
    raise PeerError("pip cannot install gne: no matching distribution")


@pytest.mark.shared
def test_a_tool_that_cannot_be_installed_is_named_and_left_out(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = scores(shared, labelled(), {"gongwen": lambda items: [], "GNE": absent})
    assert list(found) == ["gongwen"]
    assert "left out: pip cannot install gne" in capsys.readouterr().err


def test_what_was_installed_before_is_not_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / ".gne").touch()
    install(tmp_path, "gne")  # there is no Python here that could


def test_a_pip_that_fails_says_its_last_line(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    pip = tmp_path / "bin" / "python"
    pip.write_text("#!/bin/sh\necho collecting >&2\necho 'no matching distribution' >&2\nexit 1\n")
    pip.chmod(0o755)
    with pytest.raises(PeerError, match=r"^pip cannot install gne: no matching distribution$"):
        install(tmp_path, "gne")


def test_silence_is_said_to_be_silence() -> None:
    assert last_line(" \n") == "it does not say why"


def test_the_peers_environment_stands_under_our_own_folder_unless_it_is_named(tmp_path: Path) -> None:
    assert environment().name.startswith("bench-peers-")
    assert environment(tmp_path) == tmp_path


def test_a_page_goes_to_a_tool_with_its_characters_read_right() -> None:
    sent = json.loads(request(Item("site/1", "", "示例市总工会".encode("gb18030"))))
    assert sent["text"] == "示例市总工会"
