"""What a page says twice is said once, and what only sounds alike stays."""

import json

import pytest

from pipelines.clean.echoes import echoes, repeats
from pipelines.clean.wrapper import is_wrapper, wrapper_at

LEAD = "改革创新是时代发展的最强音，也是工运事业蓬勃发展的不竭动力。某市总工会坚持面向基层、面向职工，在深化工会改革上持续发力。"
RICHER = LEAD.replace("某市总工会", "近年来，某省某市总工会")
OTHER = "全市工会系统开展大讨论活动，走访企业三百家，收集职工意见建议一千二百条，推动解决实际困难八百件。"
MORE = "市总工会负责人表示，下一步将继续聚焦职工所需所盼，推动服务向基层延伸，让职工群众得到更多实惠。"
WRAPPED = LEAD[:-1] + "，我来为大家科普一下关于工会改革？下面希望有你要的答案，我们一起来看看吧！"


def cut(*paragraphs, title=""):
    return echoes(paragraphs, title=title)


def test_a_standfirst_gives_way_to_the_paragraph_it_was_made_from():
    assert cut(LEAD, RICHER, OTHER) == ((0, "echo"),)


def test_a_poorer_copy_after_the_lead_is_cut():
    assert cut(RICHER, LEAD, OTHER) == ((1, "echo"),)


def test_a_farms_wrapped_lead_gives_way_to_the_lead():
    assert cut(WRAPPED, LEAD, OTHER) == ((0, "wrapper"),)
    assert cut(LEAD, WRAPPED, OTHER) == ((1, "wrapper"),)


def test_a_text_printed_twice_is_kept_once():
    assert cut(LEAD, OTHER, LEAD, OTHER) == ((2, "echo"), (3, "echo"))


def test_a_copy_in_the_other_script_is_a_copy():
    traditional = (
        "全市工會系統開展大討論活動，走訪企業三百家，收集職工意見建議一千二百條，推動解決實際困難八百件。"
    )
    assert cut(OTHER, traditional) == ((1, "echo"),)


def test_the_title_inside_the_body_is_cut():
    assert cut("某市总工会送温暖", LEAD, OTHER, title="某市总工会送温暖") == ((0, "echo"),)


def test_a_title_broken_into_lines_is_cut():
    title = "国务院关于做好当前和今后一个时期促进就业工作的若干意见"
    assert cut("国务院关于做好当前和今后一个时期", "促进就业工作的若干意见", LEAD, title=title) == (
        (0, "echo"),
        (1, "echo"),
    )


def test_a_title_quoted_in_a_sentence_stays():
    title = "全国建材行业工会建设经验交流活动在邢台举行"
    sentence = (
        f"10月11日，{title}。据了解，此次活动旨在进一步推动建材行业工会工作高质量发展，由邢台市总工会承办。"
    )
    assert cut(sentence, OTHER, title=title) == ()


def test_a_lead_that_its_author_takes_up_again_later_stays():
    assert cut(LEAD, OTHER, "一", MORE, LEAD) == ()


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("劳动光荣。", OTHER, "劳动光荣。"),  # a refrain
        ("一、总体要求", LEAD, "一、总体要求", OTHER),
        (LEAD, OTHER),
        ("甲方应当按照合同约定支付劳动报酬。", "乙方应当按照合同约定完成劳动任务。"),
    ],
)
def test_what_only_sounds_alike_stays(paragraphs):
    assert cut(*paragraphs) == ()


def test_every_repeat_says_what_it_repeats_and_why():
    echo = repeats([LEAD, RICHER, OTHER])[0]
    assert (echo.cut, echo.kept, echo.reason) == (0, 1, "the lead stands twice")


def test_cutting_twice_cuts_nothing_more():
    paragraphs = [LEAD, RICHER, OTHER, OTHER]
    gone = {at for at, _ in echoes(paragraphs)}
    assert echoes([text for at, text in enumerate(paragraphs) if at not in gone]) == ()


def test_bodies_of_the_gold_pages_repeat_nothing_by_mistake(shared):
    found = []
    for row in (shared / "pages" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(row)
        found += [(entry["id"], echo.reason) for echo in repeats(entry["body"].split("\n"))]
    assert found == []


def test_a_wrapper_is_found_where_it_is_glued_on():
    assert WRAPPED[wrapper_at(WRAPPED) :].startswith("，我来为大家科普")


@pytest.mark.parametrize(
    "text",
    [
        "志愿者为大家介绍安全知识，我们一起守护职工健康。",
        "他希望对职工有所帮助的政策尽快落地。",
        "以上就是全总对各级工会的要求，请认真贯彻。",
        LEAD,
    ],
)
def test_a_sentence_of_the_story_is_no_wrapper(text):
    assert wrapper_at(text) is None
    assert not is_wrapper(text)
