"""What holds for every text: nothing happens twice, lines stay, marks are exact, clean Chinese is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import apply_marks
from pipelines.clean import STEPS, marks_between, repair

ALPHABET = st.sampled_from(
    "工会职工全国建设劳动中心组织的是在了和，。、：；（）“”《》0123456789abcABC ,.:;()?!+-\n"
    "國會職務業動學後裡于后干著着\ue63a\ue49b\ufffd肮诰ㄗ髡邽\u200b\u3000\xa0éÖÐ¹úå·¥锟斤拷鍏ㄥ浗□×"
)
TEXTS = st.text(ALPHABET, max_size=120)
PIECES = st.sampled_from(
    [
        "(guó)",
        "(huì)",
        "?qǐng)",
        "國(guó)",
        "會(huì)",
        "務(wù)",
        "(🕤)",
        "“大数据 ”",
        "“1 N”",
        "!肮\ue63a\ue49b诰",
        "å·¥ä¼š",
        "ÖÐ¹ú",
        "\n",
    ]
)
DAMAGED = st.lists(st.one_of(PIECES, st.text(ALPHABET, max_size=12)), max_size=14).map("".join)
CLEAN = st.lists(
    st.sampled_from(
        [
            "全国总工会召开会议，研究部署新就业形态劳动者工作。",
            "徐州市总工会（含县区）表彰了10名“徐州工匠”；职工代表参加。",
            "会议从9:30开始，比分3:1，占59.3%，详见https://www.acftu.org/a?b=1。",
            "记者 李昱霖 通讯员 王喆",
            "推进“互联网+”工会工作，开展“中国梦 劳动美”主题活动！",
            "著名作家的著作，随着时间推移，乾隆年间，哪吒闹海。",
            "The union has 300 members (2024).",
            "北京(Beijing)、逄(páng)师傅、票(ADS)",
        ]
    ),
    max_size=8,
).map("\n".join)


@settings(deadline=None)
@given(DAMAGED)
def test_repairing_twice_is_repairing_once(text):
    once = repair(text).text
    assert repair(once).text == once


@settings(deadline=None)
@given(DAMAGED)
def test_lines_keep_their_number(text):
    assert repair(text).text.count("\n") == text.count("\n")


@settings(deadline=None)
@given(DAMAGED)
def test_history_and_marks_tell_the_whole_way(text):
    now = text
    for step, made in repair(text).history:
        assert made != now
        now = apply_marks(now, marks_between(step, now, made))
    assert now == repair(text).text


@given(TEXTS, TEXTS)
def test_marks_are_exact_between_any_two_texts(before, after):
    assert apply_marks(before, marks_between("step", before, after)) == after


@settings(deadline=None)
@given(CLEAN)
def test_clean_text_is_left_alone(text):
    assert repair(text).text == text


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_takes_an_empty_text(step):
    assert step("") == ""


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        ")" * 100_000,
        "(a" * 50_000,
        "國(guó" * 30_000,
        "?qǐng)" * 4_000,
        "\ufffd" * 50_000,
        "\ue63a\ue49b" * 30_000,
        "å" * 100_000,
        "ÖÐ¹ú " * 20_000,
        "1 " * 50_000 + "N",
        "“" * 100_000,
        "“工会 " * 30_000,
        ",," * 50_000,
        "脷奆" * 20_000,
        "한국" * 30_000,
        "1:" * 50_000,
        "1,111" * 20_000,
        "\n" * 100_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_a_hostile_page_is_finished(text):
    made = repair(text)
    assert made.text.count("\n") == text.count("\n")
