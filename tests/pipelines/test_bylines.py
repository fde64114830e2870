"""Lines that date, sign and credit a story say what they say; sentences say nothing."""

import json

import pytest

from pipelines.bylines import read_byline, read_line
from pipelines.people import credits_of, is_name, names
from pipelines.remarks import opening, reference, tails
from pipelines.sources import chain, is_publication, tidy_source

SIGNED = ("作者", "记者", "")


@pytest.fixture(scope="module")
def patterns(shared):
    return json.loads((shared / "portals" / "patterns.json").read_text(encoding="utf-8"))


def said(line):
    """A byline in the words of the collection."""
    byline = read_byline(line)
    authors = [name for each in byline.credits if each.role in SIGNED for name in each.names]
    editors = [name for each in byline.credits if "编" in each.role for name in each.names]
    found = {
        "date": byline.date and byline.date.iso.removesuffix("+08:00"),
        "source": byline.source,
        "author": ",".join(authors),
        "editor": ",".join(editors),
        "publisher": byline.publisher,
        "issue": byline.issue,
        "page": byline.page,
        "rest": byline.rest[:4],
    }
    return {name: value for name, value in found.items() if value}


def test_every_source_line_of_the_collection_parses(patterns):
    assert {row["line"]: said(row["line"]) for row in patterns["source_lines"]} == {
        row["line"]: row["expect"] for row in patterns["source_lines"]
    }


def test_every_print_page_of_the_collection_parses(patterns):
    for row in patterns["page_refs"]:
        found = reference(row["line"])
        assert (found.paper, found.date.iso, found.page) == (row["paper"], row["date"], row["page"])


def test_every_signature_of_the_collection_parses(patterns):
    for row in patterns["bylines"]:
        found = opening(row["line"])[1] or read_byline(row["line"]).credits
        assert [{"role": c.role, "org": c.organisation, "names": list(c.names)} for c in found] == row[
            "expect"
        ]


def test_every_editor_line_of_the_collection_parses(patterns):
    for row in patterns["editors"]:
        found = read_byline(row["line"]).credits
        assert [{"role": c.role, "names": list(c.names)} for c in found] == row["expect"]


def test_every_tail_of_the_collection_parses(patterns):
    for row in patterns["tails"]:
        found = tails(row["line"])
        assert [(tail.kind, tail.value) for tail in found] == [(row["kind"], row["value"])]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "2024-06-03 10:15:22来源：示例工人报作者：王小明责编：李大海",
            {"date": "2024-06-03T10:15:22", "source": "示例工人报", "author": "王小明", "editor": "李大海"},
        ),
        (
            "来源： | 作者： | 发布时间：2023-04-05",
            {"date": "2023-04-05"},
        ),  # an empty value never takes the next label
        ("來源：示例晚報　責編：歐陽文", {"source": "示例晚報", "editor": "歐陽文"}),
        (
            "发布时间：2024-03-01 09:30 来 源：某县总工会 作 者：周 涛",
            {"date": "2024-03-01T09:30", "source": "某县总工会", "author": "周涛"},
        ),
        ("成文日期：2018年11月16日 发布日期：2018年12月05日", {"date": "2018-12-05"}),
        ("原创 示例都市报 2019-09-09 16:01:46", {"date": "2019-09-09T16:01:46", "source": "示例都市报"}),
    ],
)
def test_glued_empty_and_padded_labels_parse(line, expected):
    assert said(line) == expected


@pytest.mark.parametrize(
    ("line", "authors", "correspondents"),
    [
        ("工人日报-中工网记者 张璽 通讯员 程志会", ["张璽"], ["程志会"]),
        ("本报记者 王 平 欧阳文静", ["王平、欧阳文静"], []),
        (
            "本报讯（记者 马春燕 通讯员 李 强）为更好服务职工，市总工会近日开展慰问活动，走访困难职工二百户。",
            ["马春燕"],
            ["李强"],
        ),
        ("（总台央视记者 奚丹霓 张赛）", ["奚丹霓、张赛"], []),
        ("采写：南都见习记者 林子沛", ["林子沛"], []),
        ("（作者：南帆，系福建师范大学文艺批评研究中心特约研究员）", ["南帆"], []),
        (
            "（本文来源：经济日报 作者：世界经济研究部部长，“一带一路”研究部部长、研究员徐占忱）",
            ["徐占忱"],
            [],
        ),
        ("（据江苏工人报消息 建湖县人大常委会副主任、县总工会主席 刘登石）", ["刘登石"], []),
    ],
)
def test_reporters_and_correspondents_are_told_apart(line, authors, correspondents):
    found = read_line(line)
    assert [each.value for each in found if each.field == "author"] == authors
    assert [each.value for each in found if each.field == "correspondent"] == correspondents


def test_who_took_the_picture_did_not_write_the_story():
    assert not [each for each in read_line("本报记者 刘强 摄") if each.field == "author"]
    assert not [each for each in read_line("山东女子学院供图") if each.field == "author"]


def test_a_duty_named_among_the_names_takes_those_who_follow():
    assert [(e.field, e.value) for e in read_line("编辑：刘晓阳 校对 李铭")] == [("editor", "刘晓阳")]


@pytest.mark.parametrize("account", ["管理员", "网站管理员", "admin", "网络整理", "佚名", "本站"])
def test_an_account_is_no_author(account):
    assert not [each for each in read_line(f"作者：{account} 发布时间：2024-05-20") if each.field == "author"]


def test_a_staff_number_leaves_the_name_it_is_glued_to():
    assert names("李曦_NN2587") == ("李曦",)
    assert not [each for each in read_line("责任编辑：NF055") if each.field == "editor"]


@pytest.mark.parametrize(
    "sentence",
    [
        "记者从会上了解到，今年以来全市新建基层工会一百二十家，新增会员三千余人。",
        "工人日报记者近日走访多家企业，了解职工技能培训情况。",
        "他说，作者要深入生活，来源于职工，服务于职工。",
        "活动时间：2024年5月20日至6月1日，地点在市工人文化宫，欢迎广大职工踊跃报名参加，名额有限。",
        "中国大饭店请首都记者健身",
        "据了解，2023年全市工会系统投入资金三千万元，帮扶困难职工五千人次，受到广泛好评。",
        "编辑部的故事在职工中引起强烈反响，许多人来信来电，讲述自己的故事。",
    ],
)
def test_a_sentence_is_no_byline(sentence):
    assert read_line(sentence) == ()


def test_a_player_that_was_built_on_a_day_dates_nothing():
    assert read_line("3.4.40 (2019-9-5 9:38:01 PM)") == ()


def test_an_organisation_is_inherited_until_another_comes():
    found = credits_of("记者李昱霖 河北工人报记者王立鹏", organisation="工人日报")
    assert [(each.organisation, each.names) for each in found] == [
        ("工人日报", ("李昱霖",)),
        ("河北工人报", ("王立鹏",)),
    ]


@pytest.mark.parametrize(
    ("found", "quoted"),
    [
        ("来源：人民网-文化频道 原创稿", "人民网-文化频道"),
        ("中工网—《工人日报》", "中工网—《工人日报》"),
        ("《工人日报》", "工人日报"),
        ("鞭牛士北京举报", "鞭牛士"),
        ("财经网(北京)", "财经网"),
        ("综合新华社、人民日报", ""),
        ("网络", ""),
        ("来源：", ""),
        ("滨工V家(微信公众号)", "滨工V家(微信公众号)"),
    ],
)
def test_a_source_is_written_as_a_reader_would_quote_it(found, quoted):
    assert tidy_source(found) == quoted


def test_the_carrier_of_a_chain_comes_first():
    assert chain("中工网—《工人日报》") == ("中工网", "工人日报")


@pytest.mark.parametrize("word", ["理论", "工运", "客户端", "此件公开发布", "宣传教育部"])
def test_a_word_is_neither_name_nor_publication(word):
    assert not is_name(word)
    assert not is_publication(word)
