"""Bytes read one off: what is believed, what is proven, what stays in doubt."""

import pytest

from pipelines.clean import repair
from pipelines.clean.redamage import by_mbstring, proof
from pipelines.clean.shifted import find_shifts, looks_shifted, unshift

LINE = "近日，全国总工会印发《加快工会数字化建设工作方案》"


def lose_a_lead_byte(line, at):
    return line[:at] + line[at:].encode("gb18030")[1:].decode("gb18030", "ignore")


def test_a_run_is_found_and_damages_back_to_what_was_found():
    (shift,) = find_shifts(lose_a_lead_byte(LINE, 3))
    assert shift.proof == "consistent"
    assert shift.new == LINE[3:]


def test_a_half_lost_character_names_its_alternatives():
    (shift,) = find_shifts(lose_a_lead_byte(LINE, 3))
    first = shift.halves[0]
    assert first.is_lead_lost
    assert first.choices.startswith("全")
    assert len(first.choices) > 1


def test_an_unsure_edge_is_said_in_one_sentence():
    doubts = repair(lose_a_lead_byte("县总工会主席走访慰问坚守岗位的环卫职工、快递员", 5)).doubts
    assert any("one byte of" in doubt and "may be" in doubt for doubt in doubts)


def test_private_use_characters_are_needed_for_the_repair():
    damaged = lose_a_lead_byte("困难职工帮扶中心为职工群众提供一站式服务，受到欢迎。", 2)
    stripped = "".join(char for char in damaged if not "\ue000" <= char <= "\uf8ff")
    assert damaged != stripped
    assert unshift(damaged) != unshift(stripped)


def test_left_over_private_use_characters_are_a_doubt():
    assert repair("首页 \ue600 新闻").doubts == (
        "“首页 \ue600 新闻”: 1 private-use characters left; what they were is unknown",
    )


def test_the_page_elsewhere_settles_an_edge():
    alone = unshift(lose_a_lead_byte("记者在公园看到，群众三十余人旁听了庭审", 13))
    helped = unshift("三十余人旁听。\n" + lose_a_lead_byte("记者在公园看到，群众三十余人旁听了庭审", 13))
    assert "三十余人旁听" in helped
    assert "三十余" in alone


@pytest.mark.parametrize("text", ["工人日報?(2024)", "你好吗?OK)", "why?no)", "难道不是吗？(笑)"])
def test_a_question_before_a_bracket_stays(text):
    assert unshift(text) == text


def test_ordinary_text_is_not_even_searched():
    assert not looks_shifted("全国总工会召开会议，记者李昱霖、王喆报道。")


def test_a_wrong_repair_is_unproven():
    right = "工会在线".encode("gb18030")
    found = right[1:].decode("gb18030", "ignore")
    assert proof(found, right, lead_lost=True, guessed=False) == "proven"
    assert proof(found, "工人在线".encode("gb18030"), lead_lost=True, guessed=False) == "unproven"


def test_php_writes_a_question_mark_for_a_broken_pair():
    assert by_mbstring(b"\xc8\xd5\x88(q\xc7\xeb)") == "日?q请)"
