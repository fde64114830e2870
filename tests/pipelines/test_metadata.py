"""Every field is the best that a page says, and knows where it comes from."""

import json
from datetime import UTC, datetime

import pytest

from pipelines.clean.furniture import classify
from pipelines.metadata import choose, unsited
from pipelines.parts import Candidate, Line
from pipelines.titles import without_keyword, without_site

FETCHED = datetime(2024, 6, 1, tzinfo=UTC)
BODY = "某市总工会近日召开产业工人队伍建设改革推进会，部署下一步工作，要求各级工会深入企业。"
MORE = "会议指出，要聚焦职工所需所盼，推动服务向基层延伸，让职工群众得到更多实惠。"


def page(*lines, candidates=(), **known):
    """Fields of a page whose story stands after the given lines."""
    made = [*(Line(text, "div") for text in lines), Line(BODY, "p"), Line(MORE, "p")]
    return choose(candidates, lines=made, labels=classify(made), fetched=FETCHED, **known)


def mended(*lines):
    """Fields of a plain text."""
    made = [Line(text) for text in lines]
    return choose((), lines=made, labels=classify(made))


def dated(value, rule, weight):
    return Candidate("published", value, rule, weight)


def test_a_newspapers_meta_goes_before_the_address_and_the_line():
    fields = page(
        "2024-05-12 08:00 来源：示例网",
        candidates=[dated("2024-05-10", "meta:publishdate", 90)],
        url="https://example.cn/2024-05/11/1.html",
    )
    assert fields.published == "2024-05-10"


def test_a_portals_selector_goes_before_everything():
    fields = page(
        candidates=[dated("2024-05-10", "meta:publishdate", 90), dated("2024-05-09 07:00", "css:.time", 100)]
    )
    assert fields.published == "2024-05-09T07:00+08:00"


def test_the_hour_of_the_same_day_is_taken_from_the_line():
    fields = page(
        "2024年05月10日06:58 | 来源：人民网－人民日报",
        candidates=[dated("2024-05-10", "meta:publishdate", 90)],
    )
    assert (fields.published, fields.precision) == ("2024-05-10T06:58+08:00", "minute")


def test_an_hour_that_contradicts_the_printed_one_is_not_taken():
    fields = page(
        "2019-10-23 09:05 来源：示例网",
        candidates=[dated("2019-10-23T09:10:42+08:00", "meta:article:published_time", 53)],
    )
    assert fields.published == "2019-10-23T09:05+08:00"


def test_a_date_is_never_more_precise_than_what_was_read():
    fields = page(candidates=[dated("2016年11月", "css:.time", 100)])
    assert (fields.published, fields.precision) == ("2016-11", "month")


@pytest.mark.parametrize("rule", ["meta:maketime", "meta:lastmodifiedtime", "comment:publishdate"])
def test_the_time_a_page_was_made_is_no_publication(rule):
    assert page(candidates=[dated("2024-05-20 10:00:00", rule, 85)]).published == ""


def test_a_day_ahead_of_the_fetch_is_refused():
    assert page(candidates=[dated("2024-12-31", "meta:publishdate", 90)]).published == ""


def test_todays_date_before_the_real_one_is_passed_over():
    assert (
        page("2024年05月20日 星期一 小满", "2024-05-17 09:00 来源：示例网").published
        == "2024-05-17T09:00+08:00"
    )


def test_dates_more_than_three_days_apart_are_doubted():
    fields = page("2024-05-20 09:00 来源：示例网", candidates=[dated("2024-05-10", "meta:publishdate", 90)])
    assert any("contradicted by 2024-05-20" in doubt for doubt in fields.doubts)


def test_dates_a_day_apart_are_not_doubted():
    fields = page("2024-05-11 09:00 来源：示例网", candidates=[dated("2024-05-10", "meta:publishdate", 90)])
    assert fields.doubts == ("no title was found",)


def test_a_day_in_the_first_sentence_is_the_events():
    made = [
        Line("2024年5月6日，某市总工会召开推进会，部署下一步工作，要求各级工会深入企业。", "p"),
        Line(MORE, "p"),
    ]
    assert choose((), lines=made, labels=classify(made)).published == ""


def test_dates_of_related_news_are_not_the_storys():
    made = [
        Line(BODY, "p"),
        Line(MORE, "p"),
        Line("相关新闻", "h3"),
        Line("某县召开会议 2024-05-28 10:00", "li", (), 0.8),
    ]
    assert choose((), lines=made, labels=classify(made)).published == ""


def test_a_date_that_counts_from_the_visit_is_reckoned_and_doubted():
    fields = page("3小时前")
    assert fields.published == "2024-06-01"
    assert any("reckoned" in doubt for doubt in fields.doubts)


def title(*pairs, site="", body=BODY):
    candidates = [Candidate("title", value, rule, weight) for value, rule, weight in pairs]
    made = [Line(body, "p"), Line(MORE, "p")]
    return choose(candidates, lines=made, labels=classify(made), default_source=site).title


def test_the_heading_that_the_page_title_begins_with_wins_over_the_sites_name():
    assert (
        title(
            ("工会新闻网", "h1", 75),
            ("某市总工会送温暖", "h1", 75),
            ("某市总工会送温暖_工会新闻网", "title", 50),
        )
        == "某市总工会送温暖"
    )


def test_a_section_heading_loses_against_the_page_title():
    assert (
        title(("网易商业", "h1", 75), ("团购界危矣", "h2", 55), ("团购界危矣_网易财经", "title", 50))
        == "团购界危矣"
    )


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("工会送温暖--时政--人民网", "工会送温暖"),
        ("工会送温暖_新浪新闻", "工会送温暖"),
        ("工会送温暖-中工网", "工会送温暖"),
        ("工会送温暖 - 示例市总工会", "工会送温暖"),
        ("工会送温暖_经济_宏观频道首页_财经网 - CAIJING.COM.CN", "工会送温暖"),
        ("书记谈党建丨深化党建引领 赋能工会工作", "书记谈党建丨深化党建引领 赋能工会工作"),
        ("1-10月全市新增会员三万人", "1-10月全市新增会员三万人"),
        ("工会送温暖（组图）", "工会送温暖（组图）"),
        ("李克强：培育长期稳定健康发展的资本市场", "李克强：培育长期稳定健康发展的资本市场"),
    ],
)
def test_the_sites_name_is_no_part_of_a_title(printed, bare):
    assert without_site(printed) == bare


@pytest.mark.parametrize(
    "headline",
    [
        "在新时代中部地区崛起中争先出彩（推动高质量发展·权威发布）",
        "多地高温津贴数年未涨 发放落实遭遇尴尬(表)",
        "为职工撑起保护伞（职工维权在行动）",
    ],
)
def test_a_column_in_brackets_stays_in_the_title(headline):
    assert without_keyword(headline, BODY) == (headline, ())


def test_a_keyword_in_brackets_is_dropped_and_doubted():
    kept, doubts = without_keyword("深化党建引领 赋能工会工作提质增效（党建带动工会）", BODY)
    assert kept == "深化党建引领 赋能工会工作提质增效"
    assert doubts


def test_a_chain_tells_more_than_its_last_link():
    fields = page(
        "2024年05月10日06:58 | 来源：人民网－人民日报",
        candidates=[Candidate("source", "来源：人民日报", "meta:source", 90)],
    )
    assert fields.source == "人民网－人民日报"


def test_a_portals_own_name_is_the_source_of_last_resort():
    assert page(default_source="示例工人报").source == "示例工人报"
    assert page("来源：新华社", default_source="示例工人报").source == "新华社"


def test_a_staff_number_or_a_site_in_a_meta_is_no_author():
    metas = [
        Candidate("author", value, "meta:author", 40) for value in ("105464", "网易", "name, a@example.com")
    ]
    assert page(candidates=metas).authors == ()


def test_correspondents_are_among_the_authors():
    made = [Line("示例日报讯（记者 邬大海 通讯员 胥小明）" + BODY, "p"), Line(MORE, "p")]
    fields = choose((), lines=made, labels=classify(made))
    assert (fields.authors, fields.correspondents) == (("邬大海", "胥小明"), ("胥小明",))


def test_every_field_knows_its_winner_and_its_losers():
    fields = page(
        "2024-05-11 09:00 来源：示例网",
        candidates=[dated("2024-05-10", "meta:publishdate", 90)],
        url="https://example.cn/1.html",
    )
    published = next(each for each in fields.evidence if each.field == "published")
    assert (published.rule, published.value) == ("meta:publishdate", "2024-05-10")
    assert published.lost == (("line", "2024-05-11T09:00+08:00"),)


def test_a_table_names_title_source_and_day():
    cells = [
        "标　　题：",
        "国务院关于促进就业的若干意见",
        "发文机关：",
        "国务院",
        "成文日期：",
        "2018年11月16日",
        "发布日期：",
        "2018年12月05日",
    ]
    fields = page(*cells)
    assert (fields.title, fields.source, fields.published) == (
        "国务院关于促进就业的若干意见",
        "国务院",
        "2018-12-05",
    )


def test_the_head_of_a_plain_text_names_title_subtitle_and_author():
    fields = mended(
        "理论",
        "突出建功立业 拓展维权服务",
        "雷小峰",
        "2019-07-30 07:13:01  来源:中工网—《工人日报》",
        BODY,
        MORE,
        "编辑:迟大洋",
    )
    assert (fields.title, fields.authors, fields.source) == (
        "突出建功立业 拓展维权服务",
        ("雷小峰",),
        "中工网—《工人日报》",
    )
    assert (fields.published, fields.editors) == ("2019-07-30T07:13:01+08:00", ("迟大洋",))


def test_a_plain_text_is_dated_by_the_address_it_gives():
    fields = mended(
        "某市总工会送温暖", BODY, MORE, "本文地址:http://www.example.com/news/2017-01-10/381595.html"
    )
    assert (fields.published, fields.precision) == ("2017-01-10", "day")


def test_a_text_that_says_nothing_of_itself_has_no_fields_and_says_so():
    fields = choose((), lines=[Line(BODY)], labels=("body",))
    assert (fields.published, fields.precision, fields.source, fields.authors) == ("", None, "", ())
    assert "no date was found" in fields.doubts


FIELDS = ("title", "subtitle", "source", "published", "author", "editor")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_fields_of_the_seed_documents_are_read(number, documents):
    reading = json.loads(next(documents.glob(f"{number}_*.reading.json")).read_text(encoding="utf-8"))
    text = next(documents.glob(f"{number}_????????????????.txt")).read_text(encoding="utf-8")
    from pipelines.clean import repair  # noqa: PLC0415 — half a second that only this test needs

    lines = [
        Line(line.strip(" \u3000\xa0")) for line in repair(text).text.split("\n") if line.strip(" \u3000\xa0")
    ]
    fields = choose((), lines=lines, labels=classify(lines))
    found = {
        "title": fields.title,
        "subtitle": fields.subtitle,
        "source": fields.source,
        "published": fields.published.replace("T", " ").removesuffix("+08:00"),
        "author": "、".join(fields.authors),
        "editor": "、".join(fields.editors),
    }
    assert {name: value or None for name, value in found.items()} == {
        name: reading["restored"].get(name) for name in FIELDS
    }


def test_the_ranks_of_an_original_title_are_told_apart():
    line = "原标题：行业协商让“小哥”更有底气（引题） 合同覆盖九万名从业者（主题） 派件费写进合同（副题）"
    fields = page(line, candidates=[Candidate("title", "合同覆盖九万名从业者", "h1", 75)])
    assert (fields.kicker, fields.title, fields.subtitle) == (
        "行业协商让“小哥”更有底气",
        "合同覆盖九万名从业者",
        "派件费写进合同",
    )


def test_an_original_title_without_ranks_changes_nothing():
    fields = page("原标题：职工书屋（图）", candidates=[Candidate("title", "职工书屋开进园区", "h1", 75)])
    assert (fields.kicker, fields.title) == ("", "职工书屋开进园区")


def test_a_selector_that_takes_the_whole_line_is_read_as_one():
    line = "2026-11-13 10:05:00 来源：河北工人报 作者：王小明 编辑：李小四"
    fields = page(
        candidates=[Candidate("source", line, "css:.info", 100), Candidate("author", line, "css:.info", 100)]
    )
    assert (fields.source, fields.authors) == ("河北工人报", ("王小明",))


def test_a_selector_that_takes_only_the_name_is_believed():
    fields = page(candidates=[Candidate("source", "来稿选登", "css:.from", 100)])
    assert fields.source == "来稿选登"


def test_a_subtitle_comes_without_the_dash_of_print():
    fields = page(candidates=[Candidate("subtitle", "——把温暖送到职工心坎上", "css:.sub", 100)])
    assert fields.subtitle == "把温暖送到职工心坎上"


def test_the_address_of_a_site_is_no_source():
    fields = page(candidates=[Candidate("source", "http://www.sample.example", "meta:source", 90)])
    assert fields.source == ""


def test_the_site_is_no_source_of_a_copy():
    fields = page(candidates=[Candidate("title", "某市召开会议 - 自由財經", "title", 50)])
    assert (fields.source, unsited(fields).source) == ("自由財經", "")
    printed = page("2024-05-17 09:00 来源：示例网")
    assert unsited(printed).source == "示例网"
