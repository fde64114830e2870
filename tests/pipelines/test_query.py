"""The search box: what a person typed and what is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import Query, Term
from pipelines.fold import fold
from pipelines.query import parse


def found(query: Query) -> list[list[str]]:
    """The groups as they read: "column:text"."""
    return [[shown(term) for term in group] for group in query.groups]


def shown(term: Term) -> str:
    return f"{term.column}:{term.text}" if term.column else term.text


@pytest.mark.parametrize(
    ("typed", "groups", "excluded"),
    [
        ("工会 欠薪", [["工会"], ["欠薪"]], []),
        ("工會　欠薪", [["工会"], ["欠薪"]], []),
        ('"工会 主席"', [["工会主席"]], []),
        ("“一函两书”", [["一函两书"]], []),
        ("「四心橋」", [["四心桥"]], []),
        ('"Labour Union" 工会', [["labour union"], ["工会"]], []),
        ("骑手 OR 司机 欠薪", [["骑手", "司机"], ["欠薪"]], []),
        ("骑手 OR 司机 OR 保姆", [["骑手", "司机", "保姆"]], []),
        ("工伤 AND 骑手 NOT 保险广告", [["工伤"], ["骑手"]], ["保险广告"]),
        ("工伤 骑手 -推广", [["工伤"], ["骑手"]], ["推广"]),
        ('-"保险 广告" 工伤', [["工伤"]], ["保险广告"]),
        ("-source:某网 工伤", [["工伤"]], ["source:某网"]),
        ("title:工会", [["title:工会"]], []),
        ("title：工会", [["title:工会"]], []),
        ("TITLE:工会", [["title:工会"]], []),
        ('source:"工人日报 客户端"', [["source:工人日报客户端"]], []),
        ("region:盐城 OR region:320900", [["region:盐城", "region:320900"]], []),
        ("topic:欠薪", [["topic:rights.wages"]], []),
        ("-topic:欠薪", [], ["topic:rights.wages"]),
        ("topic:无此话题", [["topic:无此话题"]], []),
        ("topic:Rights.Wages portal:workercn", [["topic:rights.wages"], ["portal:workercn"]], []),
    ],
)
def test_what_is_typed_is_understood(typed: str, groups: list[list[str]], excluded: list[str]) -> None:
    query = parse(typed)
    assert found(query) == groups
    assert [shown(term) for term in query.excluded] == excluded


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("OR", [["or"]]),
        ("OR 工会", [["or"], ["工会"]]),
        ("工会 OR", [["工会"], ["or"]]),
        ("工会 or 职工", [["工会"], ["or"], ["职工"]]),
        ("AND", [["and"]]),
        ("NOT", [["not"]]),
        ('"OR"', [["or"]]),
        ("-", [["-"]]),
        ("1-2", [["1-2"]]),
        ("工会- 职工", [["工会-"], ["职工"]]),
        ("url:工会", [["url:工会"]]),
        ("http://www.workercn.cn/", [["http://www.workercn.cn/"]]),
        ("title:", [["title:"]]),
        ("title: 工会", [["title:"], ["工会"]]),
        ("来源:工人日报", [["来源:工人日报"]]),
        ("NEAR(工会 职工)", [["near(工会"], ["职工)"]]),
        ("工会*", [["工会*"]]),
        ("^工会", [["^工会"]]),
        ("{title}:工会", [["{title}:工会"]]),
        ("1+N", [["1+n"]]),
        ("打造“钥匙扣”品牌", [['打造"钥匙扣"品牌']]),
        ("'; DROP TABLE articles; --", [["';"], ["drop"], ["table"], ["articles;"], ["--"]]),
    ],
)
def test_what_only_looks_like_an_operator_is_text(typed: str, groups: list[list[str]]) -> None:
    query = parse(typed)
    assert found(query) == groups
    assert query.excluded == ()


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u200b", '""', "“”", "title:\u200b"])
def test_nothing_typed_asks_for_nothing(typed: str) -> None:
    assert parse(typed) == Query(typed=typed)


def test_an_open_quotation_mark_reaches_to_the_end() -> None:
    assert found(parse('"工会 主席')) == [["工会主席"]]


def test_a_term_that_may_be_a_word_is_looked_for_as_one() -> None:
    assert parse("權益").groups[0][0].words == ("权益",)
    assert parse("会").groups[0][0].words == ()
    assert parse("坚持以职工为中心的工作导向").groups[0][0].words == ()


def test_a_word_said_often_is_asked_once() -> None:
    assert found(parse("工会 " * 5_000)) == [["工会"]]


def test_a_quotation_of_ten_thousand_characters_stays_whole() -> None:
    assert [len(group[0]) for group in found(parse("工会会员" * 2_500))] == [10_000]


@given(st.text(max_size=60))
def test_every_text_is_a_query_of_folded_terms(typed: str) -> None:
    query = parse(typed)
    terms = [term for group in query.groups for term in group] + list(query.excluded)
    assert all(term.text for term in terms)
    assert all(term.text == fold(term.text) for term in terms)
