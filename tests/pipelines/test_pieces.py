"""What a template keeps in elements, metas and scripts is read, and what it says of other stories is not."""

from datetime import UTC, datetime

import pytest

from archive.article import Page
from pipelines.document import blocks, parse
from pipelines.process import process
from pipelines.scripts import variables

LEAD = (
    "某市总工会近日召开产业工人队伍建设改革推进会，部署下一步工作，要求各级工会深入企业，走访慰问一线职工。"
)
MORE = "会议指出，要聚焦职工所需所盼，推动服务向基层延伸，让职工群众得到更多实惠，把好事办实、实事办好。"


def article(
    head="",
    above="",
    below="",
    story=f"<p>{LEAD}</p><p>{MORE}</p>",
    fetched=datetime(2026, 11, 21, tzinfo=UTC),
):
    page = (
        f"<html><head><meta charset=utf-8><title>某市召开推进会</title>{head}</head><body><h1>某市召开推进会</h1>{above}"
        f"<div class='content'>{story}</div>{below}</body></html>"
    )
    return process(Page("https://site.example/n/1.html", page.encode(), fetched))


def test_spans_that_only_styles_keep_apart_are_told_apart():
    line = (
        "<div class='a_Info'><span class='a_catalog'><a>金融市场</a></span><span class='a_source'>示例镜</span>"
        "<span class='a_time'>2019-09-23 07:48</span></div>"
    )
    found = article(above=line)
    assert (found.source, found.published) == ("示例镜", "2019-09-23T07:48+08:00")


def test_a_linked_publication_behind_the_sites_address_and_the_date_is_the_source():
    line = (
        "<div class='artInfo'><a>http://www.sample.example</a> <span id='pub_date'>2009年11月09日13:48</span> "
        "<span id='media_name'><a>新浪娱乐</a></span></div>"
    )
    assert article(above=line).source == "新浪娱乐"


def test_an_element_for_authors_may_hold_the_publication():
    line = "<div><span class='time'>2019-09-23 07:48</span><span class='author'>示例晚报</span></div>"
    found = article(above=line)
    assert (found.source, found.authors) == ("示例晚报", ())


def test_words_of_a_share_bar_are_no_source():
    line = "<div><span>2019-09-23 07:48</span><span class='share-from'>微信朋友圈</span></div>"
    assert article(above=line).source == ""


def test_pieces_of_one_date_stay_together():
    block = next(iter(blocks(parse("<body><p><span>2019</span><span>年5月6日</span>召开</p></body>"))))
    assert block.line.text == "2019年5月6日召开"


def test_a_menu_entry_near_the_date_is_no_source():
    menu = "<ul><li><a>财经新闻</a></li></ul><p>示例微信公众号</p><div>2019-09-23 07:48</div>"
    assert article(above=menu).source == ""


def test_the_heading_of_a_column_is_no_source():
    assert article(above="<h2>示例观察</h2><div>2019-09-23 07:48</div>").source == ""


def test_an_account_that_can_be_followed_published_the_story():
    line = "<div>去示例行</div><div>关注</div><div>2019-09-08 11:42:03</div>"
    assert article(above=line).source == "去示例行"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta itemprop="dateUpdate" content="2019-09-30 22:46:13">', "2019-09-30T22:46:13+08:00"),
        ('<meta itemprop="datePublished" content="2019-09-30T14:46:13Z">', "2019-09-30T22:46:13+08:00"),
        ('<meta name="publish-date" content="2019-09-30T00:00:00Z">', "2019-09-30"),
        (
            '<meta property="article:published" content="2019-09-30T08:00:00-05:00">',
            "2019-09-30T08:00:00-05:00",
        ),
        ('<meta itemprop="dateModified" content="2019-09-30 22:46:13">', ""),
        ("<script>var g = {id: 7, pubtime: '2019-09-23 07:48'}</script>", "2019-09-23T07:48+08:00"),
        ('<script>var ct = "1569854773";</script>', "2019-09-30T22:46:13+08:00"),
        ("<script>var a=[{pubtime:'2019-09-23'},{pubtime:'2019-09-24'}]</script>", ""),
        ("<script src='x.js'>var pubtime='2019-09-23'</script>", ""),
    ],
)
def test_metas_and_scripts_date_a_page_that_prints_no_date(head, published):
    assert article(head).published == published


def test_a_time_element_dates_the_page():
    assert (
        article(above='<time datetime="2019-09-30T22:46:00+08:00">周一</time>').published
        == "2019-09-30T22:46:00+08:00"
    )


def test_what_is_printed_goes_before_what_a_script_says():
    found = article(
        "<script>var g = {source: '示例网', pubtime: '2019-09-23 07:48'}</script>",
        "<div>2019-09-24 08:00 来源：示例日报</div>",
    )
    assert (found.source, found.published) == ("示例日报", "2019-09-24T08:00+08:00")


def test_a_script_names_a_source_that_nothing_prints():
    assert (
        article(
            "<script>window.g = {source: '示例刀微信公号'}</script>", "<div>2020-06-05 20:35</div>"
        ).source
        == "示例刀微信公号"
    )


def test_scripts_that_tell_of_several_stories_say_nothing_of_one():
    assert list(variables('[{"source":"甲报"},{"source":"乙报"}]')) == []


def test_a_day_without_its_year_belongs_to_the_visit_that_a_saved_copy_tells():
    found = article('<script>{"time":"2019-12-29 22:34:09"}</script>', "<div>发布时间：09-30 22:46</div>")
    assert found.published == "2019-09-30T22:46+08:00"
    assert any("reckoned" in doubt for doubt in found.doubts)


def test_a_day_without_its_year_on_a_page_of_today_is_this_years():
    assert article(above="<div>发布时间：09-30 22:46</div>").published == "2026-09-30T22:46+08:00"


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("某市召开推进会 - 自由財經", "自由財經"),
        ("某市召开推进会_网易财经", ""),
        ("某市召开推进会-示例商贸公司", ""),
    ],
)
def test_only_a_newspapers_own_site_stands_in_for_a_source(title, source):
    page = f"<html><title>{title}</title><body><h1>某市召开推进会</h1><div>2020-04-01 10:29</div><div><p>{LEAD}</p><p>{MORE}</p></div></body></html>"
    assert (
        process(Page("https://site.example/1", page.encode(), datetime(2026, 1, 1, tzinfo=UTC))).source
        == source
    )


def test_whom_the_page_prints_as_editor_a_meta_does_not_make_its_author():
    head = '<meta name="author" content="刘小凌">'
    assert article(head, below="<div>【责任编辑：刘小凌】</div>").authors == ()
    assert article(head).authors == ("刘小凌",)


def test_a_link_behind_the_last_stop_is_no_part_of_the_story():
    story = (
        f"<p>{LEAD}<a href='/2'>详情&gt;&gt;</a></p><p>{MORE}（<a href='/3'>另一则新闻延至周日</a>）</p>"
        f"<p>{LEAD}<a href='/'>返回示例网首页&gt;&gt;</a></p>"
    )
    assert article(story=story).body.split("\n")[:2] == [LEAD, MORE]


def test_a_link_inside_a_sentence_stays_in_it():
    story = f"<p>{LEAD}详见<a href='/2'>实施方案</a>。</p><p>{MORE}（<a href='/3'>记者王小明</a>）会议由主席主持。</p>"
    body = article(story=story).body
    assert "详见实施方案。" in body
    assert "会议由主席主持。" in body


def test_linked_headlines_of_a_digest_belong_to_it():
    story = (
        f"<p>{LEAD}</p><p><a href='/1'>总工会：继续推进送清凉活动</a></p>"
        "<p>总工会负责人表示，将继续推进送清凉活动，各级工会要走进一线，为职工送去防暑物品和法律读本。</p>"
        "<p><a href='/2'>总工会：已建成驿站三百家</a></p>"
        "<p>总工会负责人介绍，全市已建成驿站三百家，户外劳动者可以在这里歇脚、喝水、充电和热饭，深受欢迎。</p>"
    )
    assert "已建成驿站三百家\n" in article(story=story).body


def test_a_link_to_another_story_between_paragraphs_is_left_out():
    story = f"<p>{LEAD}</p><p><a href='/1'>足球联赛昨夜收官 主队捧杯</a></p><p>{MORE}</p>"
    assert "足球" not in article(story=story).body
