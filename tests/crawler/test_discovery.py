"""Links of list pages nobody described, and of those a portal file describes."""

import json
import re
from pathlib import Path

import pytest

from crawler.anchors import clean_address
from crawler.discovery import Found, Link, links
from crawler.shapes import brand, plain
from pipelines.address import canonical
from seeds.portal import Address, Listing, Next, Pattern, Portal

HOME = "https://www.union.example/gzdt/"


def page(body: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def found(body: str, url: str = HOME, listing: Listing | None = None, portal: Portal | None = None) -> Found:
    return links(page(body), url, listing, portal)


def rows(count: int = 6) -> str:
    return "".join(
        f"<li><a href='./202611/t202611{n:02d}_{4000 + n}.html'>市总工会召开第{n}次职工代表座谈会</a><span>11-{n:02d}</span></li>"
        for n in range(1, count + 1)
    )


def union(**more: object) -> Portal:
    patterns = (
        Pattern(
            r"^https?://www\.union\.example/gzdt/(?P<ym>\d{6})/t(?P<ymd>\d{8})_(?P<id>\d+)\.html", key=("id",)
        ),
    )
    return Portal("union", "市总工会", HOME, "city", articles=patterns, **more)  # type: ignore[arg-type]


# --- pages that nobody described -----------------------------------------------------------------------------------


def normal(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def gold(shared: Path) -> list[dict[str, object]]:
    lines = (shared / "pages" / "lists_gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.shared
@pytest.mark.parametrize("number", range(11))
def test_real_lists_give_their_articles(shared: Path, number: int) -> None:
    """`exact` lists name every article: others are faults. `pattern` lists name those of one address family only."""
    case = gold(shared)[number]
    body = (shared / "pages" / str(case["html_path"])).read_bytes()
    got = {link.url: link for link in links(body, str(case["base_url"] or "")).links}
    wanted = {article["url"]: article["title"] for article in case["articles"]}  # type: ignore[attr-defined]
    right = set(got) & set(wanted)
    assert len(right) / len(wanted) == 1.0
    assert len(right) / len(got) >= (0.9 if case["exactness"] == "exact" else 0.8)
    # Where the gold's title was cut, ours is the whole one.
    stems = {url: normal(title.rstrip(".…")) for url, title in wanted.items()}
    assert all(normal(got[url].title).startswith(stems[url][:8]) for url in right)
    assert not any(
        link.title.endswith(("...", "…")) and normal(link.title) != normal(wanted.get(url, ""))
        for url, link in got.items()
        if url in right
    )


def test_a_list_of_notices_is_told_from_what_stands_around_it() -> None:
    around = (
        "<div class=nav><a href='/'>首页</a><a href='/gzdt/'>工作动态</a><a href='/tzgg/'>通知公告公示专栏</a></div>"
        "<div class=footer><a href='/2019/0101/c1-100.html'>联系我们</a><a href='http://www.acftu.example/'>中华全国总工会</a></div>"
        "<div class=page><a href='index_1.html'>下一页</a><a href='index_9.html'>尾页</a></div>"
    )
    result = found(f"{around}<ul>{rows()}</ul>")
    assert [link.url for link in result.links] == [
        f"{HOME}202611/t202611{n:02d}_{4000 + n}.html" for n in range(1, 7)
    ]
    assert result.next == (f"{HOME}index_1.html",)


@pytest.mark.parametrize(
    "path",
    [
        "/2026/1121/c{n}-4080915{n}.html",
        "/c/2026-11-21/87408{n}.shtml",
        "/art/2026/11/21/art_1012_30332{n}.html",
        "/info/1012/33{n}9.htm",
        "/202611/21/8891{n}.html",
        "/20261121/0f1e2d3c4b5a69788796a5b4c3d2e1f{n}/c.html",
        "/content/2026-11/21/content_12{n}.htm",
        "/system/2026/11/21/03007093{n}.shtml",
        "/post_4012{n}.html",
        "/show-12-345{n}-1.html",
        "/plus/view.php?aid=45{n}",
        "/index.php?c=show&id=210{n}",
        "/a/zixun/20261121/4{n}.html",
    ],
)
def test_articles_of_every_common_system_are_found(path: str) -> None:
    items = "".join(
        f"<li><a href='{path.format(n=n)}'>全市职工技能竞赛第{n}场在我区开赛</a></li>" for n in range(5)
    )
    menu = "".join(f"<a href='/col{n}/index.html'>工会第{n}号栏目专题</a>" for n in range(5))
    assert len(found(f"{menu}<ul>{items}</ul>").links) == 5


@pytest.mark.parametrize(
    "body",
    [
        "<a href='/gzdt/'>工作动态栏目首页</a><a href='/tzgg/index.html'>通知公告栏目首页</a>",
        "<a href='index_2.html'>下一页</a><a href='list_3_4.html'>第四页的全部内容</a>",
        "<a href='javascript:void(0)'>打开全部新闻列表窗口</a><a href='mailto:a@b.example'>写信给我们的工会主席</a>",
        "<a href='/video/20261121/12345.html'>视频</a><a href='/uploads/20261121/12345.jpg'>现场图片一张张看过来</a>",
        "<a href='http://www.elsewhere.example/2026/1121/12345.html'>别的网站的一条很长的新闻标题</a>" * 6,
        "",
    ],
)
def test_what_is_no_article_is_left_alone(body: str) -> None:
    assert found(body).links == ()


def test_sites_of_one_house_belong_together() -> None:
    item = "<li><a href='http://gba.union.cn/n1/2026/1121/c1-{n}0.html'>大湾区工会联席会议第{n}次会议召开</a></li>"
    assert len(found("".join(item.format(n=n) for n in range(3)), "http://www.union.com.cn/").links) == 3
    assert brand("http://a.fgw.zj.gov.cn/") == brand("http://zj.gov.cn/") == "zj"


def test_the_whole_title_is_taken_from_the_attribute_where_the_text_was_cut() -> None:
    body = "<a href='/2026/1121/c1-1.html' title='关于印发《市总工会职工之家建设管理办法》的通知'>关于印发《市总工会职工…</a>"
    assert found(body).links[0].title == "关于印发《市总工会职工之家建设管理办法》的通知"


def test_a_title_attribute_that_says_less_does_not_win() -> None:
    body = "<a href='/2026/1121/c1-1.html' title='查看详情'>市总工会召开第十次代表大会</a>"
    assert found(body).links[0].title == "市总工会召开第十次代表大会"


def test_picture_title_and_details_of_one_article_are_one_link() -> None:
    target = "/2026/1121/c1-1.html"
    body = f"<a href='{target}'><img></a><a href='{target}'>市总工会召开第十次代表大会</a><a href='{target}'>[详细]</a>"
    assert [link.title for link in found(body).links] == ["市总工会召开第十次代表大会"]


def test_a_card_is_named_by_its_heading_not_by_its_summary() -> None:
    body = (
        "<a href='/2026/1121/c1-1.html'><img><h3>货车司机有了自己的工会</h3><p>近日，市总工会与交通部门联合召开货车司机建会推进会。</p>"
        "<span>2026-11-20</span></a>"
    )
    assert found(body).links == (
        Link("https://www.union.example/2026/1121/c1-1.html", "货车司机有了自己的工会", "2026-11-20"),
    )


@pytest.mark.parametrize(
    ("row", "date"),
    [
        ("<li><a href='{to}'>{title}</a><span>2026-11-20</span></li>", "2026-11-20"),
        ("<li><i>[11-20]</i><a href='{to}'>{title}</a></li>", "11-20"),
        ("<li><a href='{to}'>{title}</a>（2026年11月20日）</li>", "2026-11-20"),
        ("<tr><td><a href='{to}'>{title}</a></td><td>工会报</td><td>2026/11/20</td></tr>", "2026-11-20"),
        ("<div><b>20</b><em>2026-11</em><a href='{to}'>{title}</a></div>", "2026-11-20"),
        (
            "<dl><dt><a href='{to}'>{title}</a></dt><dd>时间：2026.11.20 09:30</dd></dl>",
            "2026-11-20T09:30+08:00",
        ),
        ("<p><a href='{to}'>{title}</a> 2026-11-20<br></p>", "2026-11-20"),
        ("<li><a href='{to}'>{title}</a><span>3小时前</span></li>", "3小时前"),
        ("<li><a href='{to}'>{title}</a><span>阅读 1120 次</span></li>", ""),
        ("<li><a href='{to}'>2024年1月1日起施行的条例有哪些新规定</a></li>", ""),
    ],
)
def test_the_date_beside_a_link_is_its_date(row: str, date: str) -> None:
    """Every row but the one in question carries another date, or none."""
    other = (
        row.replace("11-20", "11-19")
        .replace("11月20", "11月19")
        .replace("<b>20", "<b>19")
        .replace("1.20", "1.19")
        .replace("1/20", "1/19")
    )
    filled = [
        row.format(to="/info/1/2001.htm", title="职工书屋建设经验交流会召开"),
        other.format(to="/info/1/2002.htm", title="工会干部培训班今天开班上课了"),
    ]
    body = "".join(filled)
    body = f"<table>{body}</table>" if "<tr>" in body else f"<div>{body}</div>"
    assert {link.url[-8:]: link.date for link in found(body).links}["2001.htm"] == date


def test_a_flat_run_of_links_keeps_every_date_with_its_own_link() -> None:
    body = "".join(
        f"<a href='/info/1/200{n}.htm'>职工书屋建设经验交流会第{n}次召开</a> <span>2026-11-1{n}</span><br>"
        for n in range(4)
    )
    assert [link.date for link in found(f"<div>{body}</div>").links] == [f"2026-11-1{n}" for n in range(4)]


def test_a_day_without_a_year_takes_the_year_of_the_address() -> None:
    assert found(f"<ul>{rows(5)}</ul>").links[0].date == "2026-11-01"


def test_tracking_is_dropped_and_identity_kept() -> None:
    body = "<a href='/plus/view.php?aid=45&spm=1.2&utm_source=x'>全市职工技能竞赛总决赛开赛</a>"
    assert found(body).links[0].url == "https://www.union.example/plus/view.php?aid=45"
    assert plain("https://a.example/a/40_11.html?code=1") == "https://a.example/a/40_11.html?code=1"


def test_addresses_broken_over_lines_are_mended() -> None:
    body = "<a href='/n1/2026/1004/\n c461001-40809198.html '>五十六个民族是相亲相爱的一家人</a>".replace(
        "\n ", "\n"
    )
    assert found(body).links[0].url.endswith("/n1/2026/1004/c461001-40809198.html")


def test_bytes_are_decoded_as_a_page_is() -> None:
    body = f"<html><head><meta charset=gb2312></head><body><ul>{rows()}</ul></body></html>".replace(
        "市总", "镕堃"
    )
    assert links(body.encode("gb18030"), HOME).links[0].title.startswith("镕堃工会")


def test_thousands_of_links_in_one_row_take_no_time_that_grows_with_their_square() -> None:
    body = "".join(f"<a href='/2026/1121/c1-{n}.html'>{n}</a> 2026-11-20 " for n in range(8000))
    assert len(found(f"<div>{body}</div>").links) <= 6000


def test_deep_nesting_and_empty_pages_are_survived() -> None:
    deep = found("<div>" * 5000 + "<a href='/2026/1121/c1-1.html'>深处的一条新闻标题在这里</a>")
    assert len(deep.links) <= 1
    assert links(b"", HOME) == Found()
    assert links(b"\x00\xff\xfe", HOME).links == ()


# --- pages that a portal file describes ----------------------------------------------------------------------------


def test_the_patterns_of_a_portal_choose_whatever_the_title() -> None:
    body = "<a href='202611/t20261101_4001.html'>短</a><a href='/2026/1121/c1-1.html'>形状像文章而这家没有声明过的链接</a>"
    assert [link.title for link in found(body, listing=Listing(HOME), portal=union()).links] == ["短"]


def test_a_selector_confines_the_choice_and_names_what_no_pattern_knows() -> None:
    body = f"<ul class=hot>{rows(2)}</ul><ul class=news><li><a href='202611/t20261109_4009.html'>要的</a><a href='http://mp.weixin.example/s/abc'>公众号文章</a></li></ul>"
    result = found(body, listing=Listing(HOME, links="ul.news a"), portal=union())
    assert [link.title for link in result.links] == ["要的"]
    assert result.strange == ("http://mp.weixin.example/s/abc",)


def test_a_selector_that_finds_nothing_is_a_doubt_and_the_patterns_step_in() -> None:
    result = found(f"<ul>{rows(3)}</ul>", listing=Listing(HOME, links="ul.gone a"), portal=union())
    assert len(result.links) == 3
    assert result.doubts == ("the selector 'ul.gone a' finds no link",)


def test_rows_are_read_by_their_own_selectors() -> None:
    body = "<li class=row><h4>第一排的标题</h4><a href='202611/t20261101_4001.html'>更多</a><p class=d>11月01日</p><p>2020-01-01</p></li>"
    plan = Listing(HOME, items="li.row", link="a", title="h4", date="p.d")
    assert found(body, listing=plan, portal=union()).links[0] == Link(
        f"{HOME}202611/t20261101_4001.html", "第一排的标题", "2026-11-01"
    )


def test_xpath_selectors_count_from_their_row() -> None:
    body = "".join(
        f"<li class=row><b>标题{n}</b><a href='202611/t2026110{n}_400{n}.html'>看</a></li>" for n in (1, 2)
    )
    plan = Listing(HOME, items="xpath://li[@class='row']", link="xpath://a/@href", title="xpath://b")
    assert [link.title for link in found(body, listing=plan, portal=union()).links] == ["标题1", "标题2"]


def test_a_query_that_is_identity_is_kept_for_its_portal() -> None:
    patterns = (Pattern(r"^https://www\.union\.example/view\?from=(?P<id>\w+)", key=("id",)),)
    home = Portal("x", "x", HOME, "city", address=Address(keep_query=("from",)), articles=patterns)
    assert (
        found("<a href='/view?from=abc'>标题</a>", listing=Listing(HOME), portal=home)
        .links[0]
        .url.endswith("?from=abc")
    )


def test_rows_that_hanweb_leaves_in_a_script_are_read() -> None:
    row = "<li><a href='/gzdt/202611/t20261101_4001.html'>脚本里的一条新闻</a><span>2026-11-01</span></li>"
    body = f"<script type='text/xml'><datastore><recordset><record><![CDATA[{row}]]></record></recordset></datastore></script>"
    assert [link.title for link in found(body, listing=Listing(HOME), portal=union()).links] == [
        "脚本里的一条新闻"
    ]


def test_the_pages_of_an_issue_are_parts_and_the_issue_itself_is_not() -> None:
    url = "http://epaper.example/2026-11/20/node_1.htm"
    body = (
        "<a href='node_1.htm'>第1版</a><a href='node_2.htm'>第2版</a><a href='../19/node_1.htm'>上一期</a><map>"
        + "".join(f"<area href='content_{n}.htm'>" for n in range(5))
        + "</map>"
    )
    result = found(body, url, Listing(url, "epaper"))
    assert result.parts == ("http://epaper.example/2026-11/20/node_2.htm",)
    assert [link.url for link in result.links] == [
        f"http://epaper.example/2026-11/20/content_{n}.htm" for n in range(5)
    ]


@pytest.mark.parametrize(
    "stub",
    [
        "<script>window.location.href='2026-11/20/node_1.htm'</script>",
        '<script>location.replace("2026-11/20/node_1.htm")</script>',
        "<meta http-equiv=refresh content='0;url=2026-11/20/node_1.htm'>",
    ],
)
def test_a_bare_page_leads_to_the_newest_issue(stub: str) -> None:
    url = "http://epaper.example/"
    assert found(stub, url, Listing(url, "redirect")).parts == (
        "http://epaper.example/2026-11/20/node_1.htm",
    )


def test_a_list_that_says_nothing_of_further_pages_has_none() -> None:
    assert (
        found(
            f"<ul>{rows()}</ul><a href='index_1.html'>下一页</a>", listing=Listing(HOME), portal=union()
        ).next
        == ()
    )


def test_a_declared_pager_counts_from_the_list() -> None:
    plan = Listing(HOME, next=Next("suffix", "{url}index_{n}.html", first=1, limit=3))
    assert found(rows(), listing=plan, portal=union()).next == (f"{HOME}index_1.html",)
    assert found(rows(), f"{HOME}index_1.html", plan, union()).next == (f"{HOME}index_2.html",)


@pytest.mark.parametrize(
    "query", ["?spm=1.2&id=7", "?id=7&_f=index", "?share_token=a&id=7&from=timeline", "?utm_source=x&id=7"]
)
def test_what_is_no_identity_to_the_archive_is_none_to_discovery(query: str) -> None:
    assert clean_address(HOME, f"/view{query}") == canonical(f"https://www.union.example/view{query}")
    assert clean_address(HOME, f"/view{query}") == "https://www.union.example/view?id=7"


def test_a_date_under_the_name_of_a_share_stays_in_the_address() -> None:
    dated = "https://www.union.example/list?from=2020-01-01&id=7"
    assert clean_address(HOME, dated) == dated == canonical(dated)


def test_a_portal_that_keeps_one_parameter_keeps_that_one_alone() -> None:
    plan = Address(keep_query=("id",), drop_query=("*",))
    assert clean_address(HOME, "/view?id=7&a=1&b=2", plan) == "https://www.union.example/view?id=7"
