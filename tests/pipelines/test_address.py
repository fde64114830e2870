"""URLs: one canonical form, one identity, the portal they belong to, the date they carry."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.address import canonical, date_in_url, failures, find, identity, match
from pipelines.url_date import decoded
from seeds.portal import Address, Host, Pattern, Portal, UrlTest, all_portals

PORTALS = all_portals()


def portal(*hosts: Host, **given) -> Portal:
    return Portal("example", "例", "https://www.u.example/", "city", hosts=hosts, **given)


CLEANED = {
    "a protection's token": (
        "https://ghpf.acftu.org/flfg/202009/t20200929_547180.html?7OkeOa4k=qAc4qqk45dB45dB45aHe.UbzeAoDBlpbg0vbAEnoGQ0",
        "https://ghpf.acftu.org/flfg/202009/t20200929_547180.html",
    ),
    "spm": (
        "http://news.cjn.cn/sywh/201907/t3429617.htm?spm=zm1066-001.0.0.1.dlMspP",
        "http://news.cjn.cn/sywh/201907/t3429617.htm",
    ),
    "utm and an identity": (
        "https://u.example/a?utm_source=wx&id=7&utm_medium=x",
        "https://u.example/a?id=7",
    ),
    "Founder's div=-1": (
        "http://epaper.zjgrrb.com/html/2022-07/14/content_2798454.htm?div=-1",
        "http://epaper.zjgrrb.com/html/2022-07/14/content_2798454.htm",
    ),
    "an empty parentkey": (
        "http://www.jsgrb.com/article/content?key=5d3505e24da8d555338b456c&parentkey=",
        "http://www.jsgrb.com/article/content?key=5d3505e24da8d555338b456c",
    ),
    "a share": (
        "https://m.thepaper.cn/newsDetail_forward_3695599?from=singlemessage",
        "https://m.thepaper.cn/newsDetail_forward_3695599",
    ),
    "capitals, a default port, an anchor": ("HTTP://News.CN:80/A?b=C#top", "http://news.cn/A?b=C"),
    "no path": ("https://news.cn", "https://news.cn/"),
    "escapes": ("https://u.example/%e5%b7%a5", "https://u.example/%E5%B7%A5"),
    "中工网's gateway": (
        "http://big5.workercn.cn/big5/build.workercn.cn/26892/201801/30/180130080504276.shtml",
        "http://build.workercn.cn/26892/201801/30/180130080504276.shtml",
    ),
    "the other kind of gateway": (
        "http://big5.taiwan.cn/gate/big5/www.chinataiwan.cn/local/201206/t20120626_2761180.htm",
        "http://www.chinataiwan.cn/local/201206/t20120626_2761180.htm",
    ),
    "a gateway within a gateway": (
        "http://big5.a.cn/gate/big5/big5.b.cn/gate/big5/www.c.cn/x.html?spm=1",
        "http://www.c.cn/x.html",
    ),
    "人民网's traditional edition": (
        "http://gd.people.com.cn/BIG5/n2/2024/0117/c123932-40716392.html",
        "http://gd.people.com.cn/n2/2024/0117/c123932-40716392.html",
    ),
}


@pytest.mark.parametrize("label", CLEANED)
def test_what_is_not_identity_goes(label):
    before, after = CLEANED[label]

    assert canonical(before) == after


LEFT_ALONE = [
    "https://qhszgh.com/index.php?c=show&id=2102",
    "http://sdgh.org.cn/index3.jsp?entityid=551&fid=219981",
    "http://www.zjkqxqgh.cn/News/Print.asp?ArticleID=3086",
    "http://47.110.139.194/api/getArticle?sid=1&aid=80083&cid=4",
    "http://116.255.252.11:8055/contents/8/2649.html",
    "https://www.gsgh.org.cn/#/moreNews_?position=%E7%9C%81&categoryId=502",  # a page of a single-page site
    "http://u.example/search?from=2020-01-01&to=2020-12-31",  # a date is no share
    "http://u.example/list?div=2&parentkey=a1",
    "http://news.cnhubei.com/xw/gj//201901/t4209648.shtml",  # a doubled slash may be a real directory
    "http://u.example/BIG5/n1/2019/0130/c1-2.html",  # only 人民网's servers make that edition
    "http://big5.u.example/news/big5/1.html",  # a host's name alone is no gateway
    "http://big5.u.example/gate/big5/no-host/1.html",
    "http://u.example/a?x=1&x=2&b=&a",
    "http://u.example/A/b/../c.HTML",
]


@pytest.mark.parametrize("url", LEFT_ALONE)
def test_what_may_be_identity_stays(url):
    assert canonical(url) == url


HOSTILE = {
    "ten kilobytes": "http://www.workercn.cn/c/2024-01-01/" + "1" * 10_000 + ".shtml",
    "a new line": "http://www.workercn.cn/c/2024-01-01/1.shtml\nX-Header: 1",
    "a nul": "http://www.workercn.cn/\x00",
    "a blank": "http://www.workercn.cn/c/2024-01-01/ 1.shtml",
    "text that turns round": "http://www.workercn.cn/\u202e1.shtml",
    "half a surrogate": "http://www.workercn.cn/\ud800",
    "a broken address": "http://[::1/c/2024-01-01/1.shtml",
    "a broken port": "http://www.workercn.cn:99999/c/2024-01-01/1.shtml",
    "a user": "http://www.workercn.cn@evil.example/c/2024-01-01/1.shtml",
    "a password": "http://a:b@www.workercn.cn/c/2024-01-01/1.shtml",
    "a backslash": "http://www.workercn.cn\\@evil.example/c/2024-01-01/1.shtml",
    "a script": "javascript:alert(1)",
    "a file": "file:///etc/passwd",
    "nothing": "",
    "no host": "http:///c/2024-01-01/1.shtml",
    "a bottomless gateway": "http://" + "big5.a.cn/gate/big5/" * 20 + "www.a.cn/1.html",
}


@pytest.mark.parametrize("label", HOSTILE)
def test_a_url_that_cannot_be_trusted_is_nobody_s_and_comes_back_unchanged(label):
    url = HOSTILE[label]

    assert canonical(url) == url
    assert canonical(url, PORTALS["workercn"]) == url
    assert (
        identity(url) == url.removeprefix("http://")
        if label == "a bottomless gateway"
        else identity(url) == url
    )
    assert match(url, PORTALS["workercn"]) is None
    assert find(url, PORTALS) is None
    if label != "a bottomless gateway":
        assert date_in_url(url) is None


def test_an_honest_ipv6_address_with_a_port_is_no_fault():
    assert canonical("http://[::1]:8001/news/1.html") == "http://[::1]:8001/news/1.html"


def test_an_alias_becomes_the_canonical_host():
    assert (
        canonical("http://ww2.hbgrb.net/hbxw/202505/t20250515_293794.html", PORTALS["hbgrb"])
        == "http://www.hbgrb.net/hbxw/202505/t20250515_293794.html"
    )


def test_a_cluster_s_article_moves_to_the_canonical_host_and_its_front_page_stays():
    workercn = PORTALS["workercn"]

    assert canonical("http://sports.workercn.cn/c/2024-02-01/8137112.shtml", workercn).startswith(
        "http://www.workercn.cn/c/"
    )
    assert canonical("http://sports.workercn.cn/", workercn) == "http://sports.workercn.cn/"


def test_a_channel_keeps_its_host_because_its_paths_are_its_own():
    url = "http://right.workercn.cn/158/201904/17/190417085739319.shtml"

    assert canonical(url, PORTALS["workercn-legacy"]) == url


def test_a_portal_can_keep_what_others_drop_and_drop_what_others_keep():
    site = portal(
        Host("u.example", "canonical"),
        address=Address(("from",), ("sid",), keep_fragment=True, scheme="https"),
    )

    assert canonical("http://u.example/a?from=abc&sid=4#p2", site) == "https://u.example/a?from=abc#p2"
    assert (
        canonical("http://u.example/a?x=1&id=2", portal(address=Address(("id",), ("*",))))
        == "http://u.example/a?id=2"
    )


def test_one_article_has_one_identity_on_every_host_scheme_and_edition():
    legacy, people = PORTALS["workercn-legacy"], PORTALS["people-acftu"]

    assert (
        identity("https://workercn.cn/28/201410/17/141017154040915.shtml", legacy)
        == identity("http://acftu.workercn.cn/28/201410/17/141017154040915.shtml", legacy)
        == identity(
            "http://big5.workercn.cn/big5/acftu.workercn.cn/28/201410/17/141017154040915.shtml", legacy
        )
        == "workercn-legacy:ts=141017154040915"
    )
    assert identity("http://acftu.people.com.cn/BIG5/n1/2025/0317/c67502-40440283.html", people) == identity(
        "https://acftu.people.com.cn/n1/2025/0317/c67502-40440283.html?from=timeline", people
    )


def test_two_articles_have_two_identities():
    sdgh = PORTALS["sdgh"]

    assert identity("http://sdgh.org.cn/index3.jsp?entityid=551&fid=219981", sdgh) != identity(
        "https://www.sdgh.org.cn/art/2025/12/29/art_101583_219981.html", sdgh
    )
    assert identity("https://qhszgh.com/index.php?c=show&id=2102") != identity(
        "https://qhszgh.com/index.php?c=show&id=2103"
    )


def test_without_a_portal_identity_is_the_address_without_its_scheme():
    assert identity("https://news.cn/a?utm_source=x") == identity("http://NEWS.cn:80/a") == "news.cn/a"


def test_a_match_tells_groups_key_date_and_page():
    found = match(
        "http://world.workercn.cn/32836/201903/14/190314070852665_2.shtml", PORTALS["workercn-legacy"]
    )

    assert found is not None
    assert (found.groups["chan"], found.key, found.page) == ("32836", "ts=190314070852665", 2)
    assert (found.date, found.precision) == ("2019-03-14T07:08:52+08:00", "second")


def test_a_pattern_that_declares_no_date_still_has_the_directory_s():
    site = portal(
        Host("u.example", "canonical"),
        articles=(Pattern(r"^https?://u\.example/\d{4}/\d{2}/\d{2}/(?P<id>\d+)\.html"),),
    )

    found = match("https://u.example/2026/11/03/77.html", site)

    assert found is not None
    assert (found.date, found.precision, found.key, found.page) == ("2026-11-03", "day", "", 1)


def test_a_list_page_is_no_article():
    assert match("http://acftu.people.com.cn/GB/67502/index.html", PORTALS["people-acftu"]) is None


WHOSE = {
    "https://www.workercn.cn/c/2026-02-25/8740893.shtml": "workercn",
    "https://www.workercn.cn/papers/grrb/2024/02/23/5/news-1.html": "grrb-epaper",
    "https://www.workercn.cn/papers/grrb/2024/02/23/1/page.html": "grrb-epaper",
    "https://www.workercn.cn/": "workercn",
    "https://www.workercn.cn/28/201410/17/141017154040915.shtml": "workercn-legacy",
    "http://tour.workercn.cn/c/2024-02-01/8137112.shtml": "workercn",
    "http://acftu.workercn.cn/28/28.shtml": "workercn-legacy",
    "http://big5.workercn.cn/big5/build.workercn.cn/26892/201801/30/180130080504276.shtml": "workercn-legacy",
    "http://acftu.people.com.cn/BIG5/n1/2019/0130/c81975-30598760.html": "people-acftu",
    "https://cpc.people.com.cn/n1/2019/0416/c385474-31032594.html": "people-dangjian",
}


@pytest.mark.parametrize("url", WHOSE)
def test_a_url_finds_its_portal_even_where_portals_share_a_host(url):
    found = find(url, PORTALS)

    assert found is not None
    assert found.name == WHOSE[url]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.people.com.cn/",
        "https://notworkercn.cn/c/2024-02-01/8137112.shtml",
        "https://www.workercn.cn.evil.example/c/2024-02-01/8137112.shtml",
        "http://www.hhhtszgh.gov.cn/c/2021-01-27/502543.shtml",  # 中工网's shape of path on another site
        "http://m.agustinmoreno.com/c/2025-03-17/8480063.shtml",  # a hijacked copy is not the portal
    ],
)
def test_a_stranger_has_no_portal(url):
    assert find(url, PORTALS) is None


# Each was checked against the date that a page prints; 北京时间 throughout.
IDS = [
    ("yymmddHHMMSSmmm", "141017154040915", "2014-10-17T15:40:40+08:00"),
    ("ms-hex12", "018b6b0a6468c0010000ada09aaa8097", "2023-10-26T16:12:05+08:00"),
    ("objectid8", "5d3505e24da8d555338b456c", "2019-07-22T08:40:02+08:00"),
    ("j_14", "j_2018082010315000017363232416500332", "2018-08-20T10:31:50+08:00"),
    ("ms13", "1611015895966", "2021-01-19T08:24:55+08:00"),
    ("us16", "1715572974045997", "2024-05-13T12:02:54+08:00"),
]


@pytest.mark.parametrize(("decoder", "text", "moment"), IDS)
def test_an_id_tells_when_it_was_made(decoder, text, moment):
    assert decoded(text, decoder) == (moment, "second")


@pytest.mark.parametrize(
    ("decoder", "text"),
    [
        ("yymmddHHMMSSmmm", "141317154040915"),  # a thirteenth month
        ("yymmddHHMMSSmmm", "14101715404091"),  # a digit short
        ("ms-hex12", "f" * 32),
        ("objectid8", "00000001"),
        ("j_14", "j_20180820256150"),
        ("ms13", "9" * 13),
        ("us16", "12"),
    ],
)
def test_an_id_that_is_no_time_is_left_alone(decoder, text):
    assert decoded(text, decoder) is None


FAMILIES = {
    "http://right.workercn.cn/158/201904/17/190417085739319.shtml": ("2019-04-17T08:57:39+08:00", "second"),
    "https://www.bjzgh.org/ghzz/bjgt/xwdt/201808/20180820/j_2018082010315000017363232416500332.html": (
        "2018-08-20T10:31:50+08:00",
        "second",
    ),
    "http://www.ourjiangsu.com/a/20210119/1611015895966.shtml": ("2021-01-19T08:24:55+08:00", "second"),
    "https://j.021east.com/p/1715572974045997": ("2024-05-13T12:02:54+08:00", "second"),
    "https://www.sdgh.org.cn/art/2025/2/9/art_101583_10363084.html": ("2025-02-09", "day"),
    "http://www.news.cn/politics/20250912/cad2381e656348c18c616cb8179dcffc/c.html": ("2025-09-12", "day"),
    "https://news.fznews.com.cn/fzxw/20231030/z5DvhN28mf.shtml": ("2023-10-30", "day"),
    "http://news.longhoo.net/2021/renshi_0119/462754.html": ("2021-01-19", "day"),
    "http://www.zjknews.com/news/dujia/202206/07/373245.html": ("2022-06-07", "day"),
    "https://hunantoday.cn/news/xhn/202410/20899287.html": ("2024-10", "month"),
    "http://news.cjn.cn/gnxw/201906/t3418047.htm": ("2019-06", "month"),
    "http://szb.sxworker.com/content/1988-12/15/053601.html": ("1988-12-15", "day"),
}


@pytest.mark.parametrize("url", FAMILIES)
def test_a_directory_tells_the_date(url):
    assert date_in_url(url) == FAMILIES[url]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.cqgh.org/web/article/1471901915477975040/web/content_1471901915477975040.html",  # no time: a rejected decoder
        "https://www.yueduwen.com/a/lizhiwenzhang/2019022117047.html",
        "https://36kr.com/p/5209064",
        "http://news.workercn.cn/32846/32846.shtml",
        "http://xyszgh.gov.cn/show-13-10942-1.html",
        "http://u.example/2019/1332/c1-2.html",  # the thirteenth month
        "http://u.example/20190231/1.html",  # the thirty-first of February
        "http://u.example/a/30250101/1.html",
        "http://u.example/news?date=2019-01-02/1.html",  # a question is no directory
        "http://u.example/GB/394443/index.html",
    ],
)
def test_a_number_that_is_no_date_is_left_alone(url):
    assert date_in_url(url) is None


def test_a_day_yet_to_come_is_the_caller_s_to_refuse():
    assert date_in_url("http://u.example/2031/05/06/1.html") == ("2031-05-06", "day")


def test_an_id_that_contradicts_its_directory_gives_way_to_it():
    assert date_in_url("http://right.workercn.cn/158/201904/17/180417085739319.shtml") == (
        "2019-04-17",
        "day",
    )


def test_the_families_of_529_hosts_are_read(shared: Path):
    families = json.loads((shared / "portals" / "url_families.json").read_text(encoding="utf-8"))["examples"]
    months = {"ym6", "y-m", "trs_t_nodate"}
    for family in families.keys() - {"ts13"}:  # of those four, two are no family and two are months
        for url in families[family]:
            found = date_in_url(url)
            assert found is not None, url
            assert (found.precision == "month") == (family in months), url


def test_a_file_s_own_tests_say_what_is_wrong():
    pattern = Pattern(
        r"^https?://u\.example/(?P<id>\d+)\.html",
        tests=(UrlTest("https://u.example/7.html", (("id", "8"),)), UrlTest("https://u.example/a.html")),
    )

    wrong = failures(portal(Host("u.example", "canonical"), articles=(pattern,)))

    assert wrong == (
        "example: https://u.example/7.html: id is '7', not '8'",
        "example: https://u.example/a.html: matches no pattern",
    )


HOSTS = [
    "www.workercn.cn",
    "workercn.cn",
    "big5.workercn.cn",
    "ww2.hbgrb.net",
    "acftu.people.com.cn",
    "u.example:80",
    "big5.cri.cn",
]
PATHS = [
    "/c/2024-02-01/8137112.shtml",
    "/28/201410/17/141017154040915_2.shtml",
    "/BIG5/n1/2025/0317/c67502-40440283.html",
    "/big5/acftu.workercn.cn/28/201410/17/141017154040915.shtml",
    "/gate/big5/user@www.workercn.cn:80/c/2024-02-01/1.shtml",
    "/gate/big5/WWW.workercn.cn:443/BIG5/c/2024-02-01/1.shtml",
    "/hbxw/202505/t20250515_293794.html",
]
REST = [
    "",
    "?spm=1",
    "?id=1&utm_a=2",
    "?&&",
    "?div=-1#a",
    "#/route",
    "?a=%e5#!/b",
    "?from=x&key=5d3505e24da8d555338b456c",
]
urls = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.one_of(st.sampled_from(HOSTS), st.text(max_size=12)),
        st.one_of(st.sampled_from(PATHS), st.text(max_size=30).map("/{}".format)),
        st.one_of(st.sampled_from(REST), st.text(max_size=20)),
    ),
)
sites = st.sampled_from([None, *PORTALS.values()])


@given(urls, sites)
def test_a_canonical_url_is_its_own_canonical_form(url, site):
    once = canonical(url, site)

    assert canonical(once, site) == once


@given(urls, sites)
def test_identity_does_not_depend_on_the_form_in_which_a_url_came(url, site):
    assert identity(canonical(url, site), site) == identity(url, site)


@given(urls)
def test_no_url_makes_us_stumble(url):
    found = find(url, PORTALS)

    assert found is None or urlsplit(url).hostname
    assert date_in_url(url) is None or date_in_url(url).iso[:4].isdigit()
