"""Text that a machine rewrote is named as such, and text that only looks odd is not."""

import pytest

from pipelines.clean.spun import spun
from pipelines.process import mend

TURNED = (
    "天下总工会近日摆设事情，请求下层构造展开慰劳，办事职工，掩护农夫工的正当权柄。"
    "各级工会构造要深化鼎新立异，为援助下巴医务职员送去温暖，在粤务工东谈主员也能分享鼎新功效。"
)


def test_several_turns_that_no_editor_writes_are_named():
    (found,) = spun(TURNED)
    assert found.kind == "synonyms"
    assert "办事职工" in found.reason


def test_a_rewritten_article_is_a_farms_and_doubted_and_left_as_it_is():
    article = mend(f"某地工会展开慰劳\n\n{TURNED}\n\n{TURNED.replace('近日', '克日')}")
    assert article.verdict == "farm"
    assert any("exchanged words" in doubt for doubt in article.doubts)
    assert "农夫工" in article.body


def test_numerals_of_cheques_in_running_text_are_named():
    found = spun("壹場大雨後，伍天八小時的班改成叁天，柒個工人、贰名師傅輪休。")
    assert [each.kind for each in found] == ["numerals"]


def test_masked_digits_are_doubted_and_nothing_more():
    text = "本项目预算2**万元，工期1*个月，2*2*年完工，要求投标人在公告期内递交文件，并按规定缴纳保证金。"
    article = mend(f"某工程招标公告\n\n{text}\n\n{text}请各单位相互转告，逾期不再受理，联系人王小明。")
    assert [each.kind for each in spun(text)] == ["masked digits"]
    assert article.verdict == "clean"
    assert any("masked" in doubt for doubt in article.doubts)


def test_more_people_than_there_are_is_an_impossible_number():
    assert [each.kind for each in spun("全国约有2000亿个工人加入了工会。")] == ["impossible number"]


@pytest.mark.parametrize(
    "text",
    [
        "全国总工会开展慰问，服务职工，维护农民工合法权益，弘扬工匠精神，加强产业工人队伍建设。",
        "网文把“农民工”写成“农夫工”，读者一头雾水。",  # quoted once
        "捐款人民币壹拾伍万元整，另有叁仟元，合计壹拾伍万叁仟元。",
        "壹号院、伍先生、陆家嘴、柒牌男装和玖龙纸业。",
        "联系电话138****1234，身份证号3203**********1234，尾号12**。",
        "全国有4亿多名工人和职工，投入2000亿元。",
        "他夸大了事实，集会要求政府回应，重点事情要做好。",
    ],
)
def test_clean_odd_and_quoted_text_is_left_alone(text):
    assert spun(text) == ()


def test_the_seeds_clean_readings_hold_no_rewriting(documents):
    for path in sorted(documents.glob("*.clean.txt")):
        assert spun(path.read_text(encoding="utf-8")) == (), path.name


def test_a_hostile_line_of_stars_and_digits_costs_little():
    assert spun("1*" * 50_000) == ()
