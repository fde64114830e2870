"""An article before and after tagging."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Evidence
from pipelines.tag import tag, tag_text
from pipelines.tagging.reading import lead_end, plain
from pipelines.tagging.summary import LONGEST, sentences, split

BODY = (
    "“真没想到，工会想得这么周到！”环卫工人笑着说。\n"
    "7月10日，徐州市总工会启动“送清凉”活动，为1200名户外劳动者送去防暑用品。\n"
    "活动以新思想为指导，谱写新征程，始终坚持以职工为中心。\n"
    "今年，全市计划投入17.5万元，走访30个重点项目。"
)


def article(**changes: object) -> Article:
    values = {"id": "1", "url": "https://paper.example/1", "title": "徐州送清凉", "body": BODY, **changes}
    return Article(**values)  # type: ignore[arg-type]


def test_an_article_gets_every_kind_of_tag_with_evidence() -> None:
    tagged = tag(article())
    assert [topic.id for topic in tagged.topics] == ["welfare.cooling"]
    assert [region.path for region in tagged.regions] == ["江苏省/徐州市"]
    assert tagged.organisations == ("徐州市总工会",)
    assert tagged.campaigns == ("送清凉",)
    assert {item.field for item in tagged.evidence} == {"topics", "regions"}


def test_everything_else_of_the_article_stays() -> None:
    before = article(source="徐州日报", doubts=("一处",), evidence=(Evidence("title", "徐州送清凉", "h1"),))
    after = tag(before)
    assert (after.source, after.doubts, after.body, after.title) == (
        before.source,
        before.doubts,
        before.body,
        before.title,
    )
    assert before.evidence[0] in after.evidence


def test_tagging_twice_changes_nothing() -> None:
    once = tag(article())
    assert tag(once) == once


def test_a_page_that_holds_no_article_is_about_nothing() -> None:
    assert tag(article(verdict="not-an-article")) == article(verdict="not-an-article")


def test_traditional_characters_give_the_same_tags() -> None:
    simple = tag_text("总工会启动送温暖活动", "江苏省总工会慰问困难职工。")
    other = tag_text("總工會啟動送溫暖活動", "江蘇省總工會慰問困難職工。")
    assert (other.topics, other.regions, other.organisations) == (
        simple.topics,
        simple.regions,
        simple.organisations,
    )


def test_the_summary_is_the_articles_own_sentences_without_quotation_or_slogan() -> None:
    found = tag(article()).summary
    assert found == (
        "7月10日，徐州市总工会启动“送清凉”活动，为1200名户外劳动者送去防暑用品。"
        "今年，全市计划投入17.5万元，走访30个重点项目。"
    )


def test_a_dateline_is_no_part_of_the_summary() -> None:
    body = "本报讯（记者 张三 通讯员 李四）3月5日，徐州市总工会召开全委会，部署今年工作。"
    assert tag_text("", body).summary == "3月5日，徐州市总工会召开全委会，部署今年工作。"


def test_a_sentence_that_lost_a_character_is_not_quoted() -> None:
    assert tag_text("", "近日，全国总工会下拨□.55亿元中央财政职工困难帮扶资金。").summary == ""


def test_an_overlong_sentence_is_not_cut_to_fit() -> None:
    assert tag_text("", "3月5日，总工会召开会议" + "，部署工作" * 40 + "。").summary == ""


@pytest.mark.parametrize("name", ["000_621701c48eb81bd5", "002_d66bfd989e31ca80", "004_17105475ecdcac13"])
def test_the_summary_of_a_seed_is_verbatim_and_short(documents: Path, name: str) -> None:
    title, _, body = (documents / f"{name}.clean.txt").read_text(encoding="utf-8").partition("\n")
    found = tag_text(title, body.strip()).summary
    assert 0 < len(found) <= LONGEST
    own = {sentence.text for sentence in sentences(body)}
    assert all(piece in own for piece in split(found))


def test_keywords_are_few_telling_and_no_commonplaces() -> None:
    found = tag(article()).keywords
    assert 0 < len(found) <= 8
    assert not {"工会", "职工", "活动", "徐州市总工会"} & set(found)


def test_a_lead_ends_with_its_sentence() -> None:
    body = "一" * 250 + "。" + "二" * 30 + "。" + "三" * 50
    assert body[lead_end(body) - 1] == "。"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=600))
def test_no_text_is_too_strange_to_tag(title: str, body: str) -> None:
    found = tag_text(title, body)
    assert len(found.topics) <= 3
    assert len(found.keywords) <= 8
    assert len(found.summary) <= LONGEST


@pytest.mark.parametrize(
    "hostile",
    [
        "、" * 50_000,
        "市总" * 25_000,
        "朝阳区" * 20_000,
        "“" + "好。" * 25_000,
        "工联会" * 20_000,
        "《" * 50_000,
        "省市" * 25_000,
    ],
)
def test_a_hostile_page_is_tagged_in_bounded_time(hostile: str) -> None:
    start = time.process_time()
    tag_text(hostile[:5_000], hostile)
    assert time.process_time() - start < 20  # a guard against quadratic patterns, not a measurement


def test_one_plain_form_for_every_script_and_width() -> None:
    assert plain("總工會，２０２６年ＡＰＰ「送清凉」") == '总工会，2026年app"送清凉"'
