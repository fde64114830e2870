"""The sample sites answer as real servers do."""

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest

from seeds.portal import load
from seeds.sample.reports import all_reports
from seeds.sample.serve import Sample, start

LEGACY = "/41/201907/30/190730071301534.shtml"
TWO_PARTS = "/28/201408/12/140812134937128"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with start(tmp_path_factory.mktemp("portals")) as served:
        yield served


def ask(
    sample: Sample, site: str, path: str, *, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(sample.origins[f"sample-{site}"]).netloc, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def text(sample: Sample, site: str, path: str, charset: str = "utf-8") -> str:
    return ask(sample, site, path)[1].decode(charset)


def test_a_page_asked_for_with_its_tag_is_not_sent_again(sample):
    tag = ask(sample, "union", "/col/col101/index.html")[0].headers["ETag"]
    response, body = ask(sample, "union", "/col/col101/index.html", If_None_Match=tag)
    assert (response.status, body) == (304, b"")


def test_a_tag_of_another_page_gets_the_page(sample):
    tag = ask(sample, "union", "/rss/col101.xml")[0].headers["ETag"]
    assert ask(sample, "union", "/col/col101/index.html", If_None_Match=tag)[0].status == 200


def test_an_e_paper_that_knows_only_dates_honours_them(sample):
    path = "/content/2026-11/13/content_40121.htm"
    stamp = ask(sample, "epaper", path)[0].headers
    assert "ETag" not in stamp
    assert ask(sample, "epaper", path, If_Modified_Since=stamp["Last-Modified"])[0].status == 304
    assert ask(sample, "epaper", path, If_Modified_Since="Sun, 01 Nov 2026 00:00:00 GMT")[0].status == 200


@pytest.mark.parametrize("since", ["yesterday", "", "Sun, 99 Nov 2026 00:00:00 GMT"])
def test_a_date_that_is_none_gets_the_page(sample, since):
    assert ask(sample, "epaper", "/content/2026-11/13/node_1.htm", If_Modified_Since=since)[0].status == 200


def test_mirrors_send_no_validators(sample):
    headers = ask(sample, "mirror", LEGACY)[0].headers
    assert "ETag" not in headers
    assert "Last-Modified" not in headers


def test_gzip_is_sent_to_those_who_accept_it(sample):
    response, body = ask(sample, "workercn", "/acftu", Accept_Encoding="gzip, br")
    plain, whole = ask(sample, "workercn", "/acftu")
    assert response.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert gzip.decompress(body) == whole


def test_head_says_the_length_and_sends_nothing(sample):
    response, body = ask(sample, "workercn", "/acftu", method="HEAD")
    assert body == b""
    assert int(response.headers["Content-Length"]) > 1000


@pytest.mark.parametrize(
    ("site", "old", "new"),
    [
        ("zjknews", "/news", "/news/"),
        ("86hh", "/e/381595.html", "/finance/cygs/2017-01-10/381595.html"),
        ("party", "/n1/2026/1105/c67502-40790011.html", "/n1/2026/1105/c117092-40790011.html"),
        ("union", "/index3.jsp?fid=219981", "/art/2026/10/28/art_101_5501.html"),
        ("workercn-legacy", "/28/140812134937128.shtml", TWO_PARTS + ".shtml"),
    ],
)
def test_an_old_address_sends_on_to_a_page_that_exists(sample, site, old, new):
    response, _ = ask(sample, site, old)
    assert (response.status, response.headers["Location"]) == (301, new)
    assert ask(sample, site, new)[0].status == 200


def test_the_e_paper_sends_on_to_its_newest_issue(sample):
    assert 'http-equiv="refresh" content="0; URL=content/2026-11/13/node_1.htm"' in text(
        sample, "epaper", "/"
    )


def test_an_unknown_page_is_missing(sample):
    assert ask(sample, "workercn", "/nowhere")[0].status == 404


def test_a_deleted_notice_says_200_and_that_it_is_gone(sample):
    response, body = ask(sample, "notices", "/info/1012/3399.htm")
    assert response.status == 200
    assert "您访问的页面不存在" in body.decode()


def test_bytes_declared_gb2312_need_gb18030(sample):
    response, body = ask(sample, "workercn-legacy", "/28/201807/20/180720101112345.shtml")
    assert response.headers["Content-Type"] == "text/html; charset=gb2312"
    assert "虞试䶮" in body.decode("gb18030")
    for narrower in ("gb2312", "gbk"):
        with pytest.raises(UnicodeDecodeError):
            body.decode(narrower)


def test_the_city_portal_declares_its_charset_in_the_page_only(sample):
    response, body = ask(sample, "86hh", "/finance/cygs/")
    assert response.headers["Content-Type"] == "text/html"
    assert b"charset=gb2312" in body
    assert "产业公司" in body.decode("gb18030")


def test_a_long_story_goes_on_on_its_second_page(sample):
    first = text(sample, "workercn-legacy", TWO_PARTS + ".shtml", "gb18030")
    second = text(sample, "workercn-legacy", TWO_PARTS + "_2.shtml", "gb18030")
    assert 'name="__totalpage" value="2"' in first
    assert "芜湖市" in first
    assert "芜湖市" not in second
    assert "9月中旬" in second


@pytest.mark.parametrize(
    ("site", "first", "further"),
    [
        ("workercn", "/acftu", "/acftu/index_2.shtml"),
        ("workercn-legacy", "/28/28.shtml", "/28/28_2.shtml"),
        ("party", "/GB/394443/index.html", "/GB/394443/index2.html"),
        ("hbgrb", "/hbxw/", "/hbxw/index_1.html"),
        ("union", "/col/col101/index.html", "/col/col101/index.html?uid=18462&pageNum=2"),
        ("farm", "/baike/", "/baike/?page=2"),
        ("notices", "/tzgg.htm", "/tzgg/1.htm"),
        ("86hh", "/finance/cygs/", "/finance/cygs/index_2.html"),
        ("zjknews", "/news/", "/news/index_2.html"),
    ],
)
def test_a_list_goes_on_with_other_articles(sample, site, first, further):
    here = {link for report in all_reports() for copy in report.copies for link in (copy.path, copy.linked)}
    pages = [ask(sample, site, path)[1].decode("latin-1") for path in (first, further)]
    listed = [
        {link for link in here if link and any(f"{quote}{link}{quote}" in page for quote in "\"'")}
        for page in pages
    ]
    if site == "hbgrb":  # links to its own folder, as TRS does
        listed = [set(re.findall(r'href="\./(\d{6}/t\d+_\d+\.html)"', page)) for page in pages]
    assert listed[0]
    assert listed[1]
    assert not listed[0] & listed[1]


def test_feed_and_sitemap_announce_absolute_addresses(sample):
    origin = sample.origins["sample-union"]
    assert f"<link>{origin}/art/2026/11/14/art_101_5541.html</link>" in text(
        sample, "union", "/rss/col101.xml"
    )
    assert f'href="{sample.origins["sample-hbgrb"]}/hbxw/202611/' in text(sample, "hbgrb", "/atom.xml")
    assert f"{sample.origins['sample-notices']}/sitemap-2026.xml" in text(sample, "notices", "/sitemap.xml")
    assert "/info/1012/3400.htm" in text(sample, "notices", "/sitemap-2026.xml")


def test_robots_close_a_page_that_list_and_sitemap_announce(sample):
    closed = "/nbwj/1012/9001.htm"
    rules = RobotFileParser()
    rules.parse(text(sample, "notices", "/robots.txt").splitlines())
    assert not rules.can_fetch("Gongwen", closed)
    assert rules.can_fetch("Gongwen", "/info/1012/3411.htm")
    assert closed in text(sample, "notices", "/sitemap-2026.xml")


def test_every_site_has_a_portal_file_with_its_own_address(sample):
    files = sorted(sample.portals.glob("*.toml"))
    assert len(files) >= 8
    for path in files:
        portal = load(path)
        assert portal.name in sample.origins
        assert portal.home.startswith(sample.origins[portal.name] + "/")
        assert ask(sample, portal.name.removeprefix("sample-"), urlsplit(portal.home).path)[0].status == 200


def test_every_list_that_a_portal_declares_is_there(sample):
    for path in sample.portals.glob("*.toml"):
        portal = load(path)
        for listing in portal.lists:
            parts = urlsplit(listing.url)
            assert ask(sample, portal.name.removeprefix("sample-"), parts.path)[0].status == 200, listing.url


def test_the_mirror_is_a_known_clone_of_the_legacy_site(sample):
    clones = load(sample.portals / "sample-workercn-legacy.toml").clones
    assert clones.hosts == (urlsplit(sample.origins["sample-mirror"]).netloc,)


def test_visits_are_counted_by_site(sample):
    before = len(sample.visits("sample-farm"))
    ask(sample, "farm", "/baike/", User_Agent="Reader/1")
    last = sample.visits("sample-farm")[-1]
    assert len(sample.visits("sample-farm")) == before + 1
    assert (last.path, last.status, last.agent) == ("/baike/", 200, "Reader/1")


def test_a_taken_port_is_no_obstacle(tmp_path: Path):
    with start(tmp_path / "one", first_port=18660) as one, start(tmp_path / "two", first_port=18660) as two:
        assert not set(one.origins.values()) & set(two.origins.values())


def test_the_portal_files_may_stand_in_a_folder_of_their_own():
    with start() as served:
        kept = served.portals
        assert (kept / "sample-farm.toml").exists()
    assert not kept.exists()
