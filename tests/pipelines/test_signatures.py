"""Who signs is read in every form that print has for it, and sentences sign nothing."""

from datetime import UTC, datetime

import pytest

from pipelines.bylines import read_line
from pipelines.clean.furniture import classify
from pipelines.metadata import choose
from pipelines.parts import Line
from pipelines.people import is_name, is_surely_name
from pipelines.signatures import closing, signature

FETCHED = datetime(2026, 11, 21, tzinfo=UTC)
LEAD = "某市总工会近日召开产业工人队伍建设改革推进会，部署下一步工作，要求各级工会深入企业。"
MORE = "会议指出，要聚焦职工所需所盼，推动服务向基层延伸，让职工群众得到更多实惠。"
LAST = "下一步，将继续完善机制，把好事办实、实事办好，切实增强职工获得感。"


def page(head=(), tail=(), opening="", ending=""):
    """Fields of a page: its title, lines, a story of three paragraphs, and further lines."""
    story = [Line(opening + LEAD, "p"), Line(MORE, "p"), Line(LAST + ending, "p")]
    made = [Line("某市召开改革推进会", "h1"), *(Line(text, "div") for text in head), *story]
    made += [Line(text, "div") for text in tail]
    return choose((), lines=made, labels=classify(made), fetched=FETCHED)


@pytest.mark.parametrize(
    ("line", "source", "authors", "day"),
    [
        ("http://www.sample.example 2005年12月27日 13:48 示例青年报", "示例青年报", "", "2005-12-27"),
        ("http://www.QQ.example　 2005年05月08日09:18 　 示例晚报 　 评论0条", "示例晚报", "", "2005-05-08"),
        (
            "2013年07月22日09:11 来源：新华网 作者：张小三 手机看新闻 保存到博客 大|中|小",
            "新华网",
            "张小三",
            "2013-07-22",
        ),
        (
            "2013年10月14日 07:17 来源：京华时报 作者：张小三 字号：T|T 0人参与 0条评论 打印 转发",
            "京华时报",
            "张小三",
            "2013-10-14",
        ),
        ("2014-10-14 07:17:00 来源: 网易财经(北京) 有25人参与", "网易财经", "", "2014-10-14"),
        ("2014-10-14 07:17:00 来源: 示例经济报道(广州) 跟贴 0 条", "示例经济报道", "", "2014-10-14"),
        (
            "2013年10月14日 07:17:12  来源： 新华网 【字号 大小】【留言】【打印】【关闭】",
            "新华网",
            "",
            "2013-10-14",
        ),
        ("2013-09-12 07:30 环球网 张小三 字号:TT", "环球网", "张小三", "2013-09-12"),
        ("示例经济报 张小三 北京报道 2013-10-14 07:17:12", "示例经济报", "张小三", "2013-10-14"),
        ("张小三 · 2018/10/14 07:17 来源：界面新闻", "界面新闻", "张小三", "2018-10-14"),
        ("2020-03-12 20:19 聯合報 記者王大明／台北即時報導", "聯合報", "王大明", "2020-03-12"),
        ("王大明／台北報導 2020-03-12 20:19", "", "王大明", "2020-03-12"),
        ("生活中心／王大明報導 2020-03-12 20:19", "", "王大明", "2020-03-12"),
        ("娛樂中心／綜合報導 2020-03-12 20:19", "", "", "2020-03-12"),
        ("上報快訊／范姜佳鈺 2020年03月12日 20:19:00", "上報", "范姜佳鈺", "2020-03-12"),
        ("撰文：陳大文 出版：2020-03-12 20:19 更新：2020-03-13 08:00", "", "陳大文", "2020-03-12"),
        (
            "更新时间：2019-05-06 10:00 来源：经济日报-中国经济网 查看：123",
            "经济日报-中国经济网",
            "",
            "2019-05-06",
        ),
        ("时间:2012-5-6 8:00:00　来源:本站原创　作者:佚名", "", "", "2012-05-06"),
        ("2019-05-06 10:00 | 新京报 | 记者 张小三", "新京报", "张小三", "2019-05-06"),
        ("2019-09-05 11:10 示例星空[整理] 1", "示例星空", "", "2019-09-05"),
        ("原创 GameSample 2019-09-04 22:18:34", "GameSample", "", "2019-09-04"),
        ("2019-05-06 10:00 我要评论", "", "", "2019-05-06"),
        ("发布时间：18-05-06 23:16", "", "", "2018-05-06"),
    ],
)
def test_a_line_beside_the_title_says_when_where_and_who(line, source, authors, day):
    fields = page([line])
    assert (fields.source, "、".join(fields.authors), fields.published[:10]) == (source, authors, day)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("文｜张小三 编辑｜李小四", "张小三"),
        ("作者 | 张小三", "张小三"),
        ("文/图 张小三", "张小三"),
        ("文/本报记者 张小三 图/李小四", "张小三"),
        ("张小三/文", "张小三"),
        ("张小三 文/图", "张小三"),
        ("□本报记者 张小三", "张小三"),
        ("■ 张小三", "张小三"),
        ("《示例》记者 张小三/文 李小四/编辑", "张小三"),
        ("示经记者 张小三 示经编辑 李小四", "张小三"),
        ("本报记者 张小三 北京报道", "张小三"),
        ("特约撰稿人 张小三", "张小三"),
        ("口述：张小三 整理：李小四", "张小三"),
        ("执笔/张小三、胡一民&李小飞", "张小三、胡一民、李小飞"),
        ("作者：阿依古丽·买买提", "阿依古丽·买买提"),
        ("作者：欧阳文静", "欧阳文静"),
        ("作者：张小三（某大学教授）", "张小三"),
        ("（作者张小三 系某大学教授）", "张小三"),
        ("石小佳/中国青年报", "石小佳"),
        ("作者：示例传媒有限公司", ""),
        ("作者：财经编辑部", ""),
        ("作者：示例日报", ""),
        ("摄影：张小三", ""),
        ("张小三 摄", ""),
        ("图/张小三", ""),
        ("责编：李小四", ""),
        ("供图：张小三", ""),
        ("本报评论员", ""),
        ("联合早报记者 张小三 北京", "张小三"),
    ],
)
def test_a_signature_is_read_before_and_after_the_story(line, authors):
    before = page(["2019-05-06 10:00 来源：示例日报", line])
    after = page(["2019-05-06 10:00 来源：示例日报"], tail=[line])
    assert ("、".join(before.authors), "、".join(after.authors)) == (authors, authors)


@pytest.mark.parametrize(
    ("ending", "authors"),
    [
        ("（记者 张小三）", "张小三"),
        ("（张小三 李小四）", "张小三、李小四"),
        ("（编译/林一东）", "林一东"),
        ("（张小三）（编辑：李小四）", "张小三"),
        ("（中央社記者王大明台北12日電）", "王大明"),
        ("本报记者 张小三", "张小三"),
        ("（作者为某大学教授）", ""),
        ("（详见A3版）", ""),
        ("（完）", ""),
        ("（记者张小三摄）", ""),
        ("（记者：你怎么看）", ""),
        ("（金融、党建）", ""),
    ],
)
def test_the_last_brackets_of_a_story_may_sign_it(ending, authors):
    assert "、".join(page(["2019-05-06 10:00 来源：示例日报"], ending=ending).authors) == authors


@pytest.mark.parametrize(
    ("opening", "authors", "source"),
    [
        ("中新网5月6日电 (张小三)", "张小三", "中新网"),
        ("记者张小三报道：", "张小三", ""),
        ("【記者王大明／台北報導】", "王大明", ""),
        ("央广网北京5月6日消息（记者张小三）", "张小三", "央广网"),
        ("记者近日采访发现，", "", ""),
        ("【本报讯】", "", ""),
    ],
)
def test_a_dateline_names_who_reports(opening, authors, source):
    fields = page(["2019-05-06 10:00"], opening=opening)
    assert ("、".join(fields.authors), fields.source) == (authors, source)


@pytest.mark.parametrize(
    ("tail", "source"),
    [
        ("本文来源：示例日报 责任编辑：王小易_NE0011", "示例日报"),
        ("来源丨示例日报（ID：sample）", "示例日报"),
        ("（示例工人报）", "示例工人报"),
        ("来源：综合自网络", ""),
        ("数据来源：Wind", ""),
        ("图片来源：视觉中国", ""),
    ],
)
def test_a_line_after_the_story_may_name_its_source(tail, source):
    assert page(["2019-05-06 10:00"], tail=[tail]).source == source


def test_one_papers_reporter_names_the_source_and_two_papers_reporters_none():
    one = page(["2019-05-06 10:00", "扬子晚报记者 张小三"])
    two = page(["2019-05-06 10:00", "扬子晚报记者 张小三 河北工人报记者 李小四"])
    assert (one.source, two.source, two.authors) == ("扬子晚报", "", ("张小三", "李小四"))


def test_a_question_inside_an_interview_signs_nothing():
    made = [Line(LEAD, "p"), Line("记者：你怎么看", "p"), Line(MORE, "p"), Line(LAST, "p")]
    assert choose((), lines=made, labels=classify(made)).authors == ()


def test_a_signature_behind_a_summary_is_read():
    made = [Line("划重点：", "p"), Line(LEAD, "li"), Line(MORE, "li"), Line("《示例》作者 周小纯", "p")]
    made += [Line(LEAD + MORE, "p"), Line(LAST, "p")]
    assert choose((), lines=made, labels=classify(made)).authors == ("周小纯",)


def test_a_word_that_begins_with_a_family_name_is_no_person_where_nothing_introduces_it():
    assert [is_surely_name(word) for word in ("金融", "关闭", "范姜佳鈺", "刘登石")] == [
        False,
        False,
        True,
        True,
    ]
    assert is_name("高峰"), "a common word may be a name where a label says so"


@pytest.mark.parametrize("text", ["工资/社保", "北京/上海", "多云/晴", "他说，文/图都要好。"])
def test_two_words_at_a_stroke_are_no_signature(text):
    assert signature(text).credits == ()


def test_what_a_reporter_asks_at_the_end_signs_nothing():
    assert list(closing("会议由市总工会主席主持，记者采访了多位职工。")) == []


def test_an_original_of_an_account_names_writer_and_account():
    found = {each.field: each.value for each in read_line("原创： 张小三 示例研究")}
    assert found.get("author") == "张小三"
    assert "source" not in found
