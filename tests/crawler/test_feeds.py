"""Feeds, sitemaps, newspaper indexes and JSON lists, honest and hostile."""

import gzip
import json
import tracemalloc

import pytest

from crawler.discovery import Link, links
from crawler.feeds import iso
from seeds.portal import Listing, Pattern, Portal

URL = "https://union.example/feed.xml"
ONE = "https://union.example/c/1.html"


def portal(match: str = r"^https://union\.example/c/(?P<id>\d+)\.html") -> Portal:
    return Portal("u", "u", "https://union.example/", "city", articles=(Pattern(match, key=("id",)),))


@pytest.mark.parametrize(
    "body",
    [
        (
            f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><link>https://union.example/</link><item><title>一条 &amp; 新闻</title>"
            f"<link>{ONE}</link><pubDate>Fri, 20 Nov 2026 09:30:00 +0800</pubDate></item></channel></rss>"
        ),
        (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>一条 &lt;b&gt;&amp;amp;&lt;/b&gt; 新闻</title>"
            f"<link rel='alternate' href='{ONE}'/><link rel='edit' href='/x'/><published>2026-11-20T09:30:00+08:00</published>"
            "<updated>2026-11-21T00:00:00+08:00</updated></entry></feed>"
        ),
        (
            f"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
            f"<item rdf:about='{ONE}'><title>一条 &amp; 新闻</title><link>{ONE}</link><dc:date>2026-11-20T09:30:00+08:00</dc:date></item></rdf:RDF>"
        ),
        f"<rss><channel><item><title><![CDATA[一条 & 新闻]]></title><guid>{ONE}</guid><pubDate>2026-11-20T09:30:00+08:00</pubDate></item></channel></rss>",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [
                    {"url": ONE, "title": "一条 & 新闻", "date_published": "2026-11-20T09:30:00+08:00"}
                ],
            }
        ),
    ],
    ids=["rss", "atom", "rdf", "guid", "jsonfeed"],
)
def test_every_kind_of_feed_gives_address_title_and_date(body: str) -> None:
    found = links(body.encode(), URL).links
    assert [link.url for link in found] == [ONE]
    assert found[0].title.replace("&amp;", "&") == "一条 & 新闻"
    assert found[0].date == "2026-11-20T09:30:00+08:00"


def test_a_feed_with_bare_ampersands_and_a_broken_end_is_read() -> None:
    body = "<rss><channel><item><title>工会 & 企业</title><link>https://union.example/v?a=1&id=2</link></item><item><title>断"
    assert links(body.encode(), URL).links[0] == Link("https://union.example/v?a=1&id=2", "工会 & 企业")


def test_a_feed_in_gb18030_says_so_in_its_first_line() -> None:
    body = f"<?xml version='1.0' encoding='gb2312'?><rss><channel><item><title>劳模吴镕堃</title><link>{ONE}</link></item></channel></rss>"
    assert links(body.encode("gb18030"), URL).links[0].title == "劳模吴镕堃"


def test_relative_links_count_from_the_feed() -> None:
    assert links(b"<rss><item><title>x</title><link>/c/1.html</link></item></rss>", URL).links[0].url == ONE


def test_a_feed_entry_that_is_no_article_of_the_portal_is_strange() -> None:
    body = f"<rss><item><link>{ONE}</link></item><item><link>https://union.example/ads/9</link></item></rss>"
    result = links(body.encode(), URL, Listing(URL, "feed"), portal())
    assert [link.url for link in result.links] == [ONE]
    assert result.strange == ("https://union.example/ads/9",)


def test_a_news_sitemap_gives_titles_and_dates() -> None:
    body = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>{ONE}</loc><lastmod>2026-11-21</lastmod><news:news><news:publication><news:name>工会网</news:name></news:publication>"
        "<news:publication_date>2026-11-20</news:publication_date><news:title>一条新闻</news:title></news:news></url></urlset>"
    )
    assert links(body.encode(), URL).links == (Link(ONE, "一条新闻", "2026-11-20"),)


def test_a_bare_sitemap_is_judged_by_its_addresses() -> None:
    urls = ("/", "/about/", "/info/1012/3399.htm", "/2026/1121/c1-7.html", "/list/index_2.html")
    body = (
        "<urlset>"
        + "".join(f"<url><loc>https://union.example{url}</loc></url>" for url in urls)
        + "</urlset>"
    )
    assert [link.url[21:] for link in links(body.encode(), URL).links] == [
        "/info/1012/3399.htm",
        "/2026/1121/c1-7.html",
    ]


def test_a_sitemap_index_leads_to_its_newest_sitemaps_first() -> None:
    maps = "".join(
        f"<sitemap><loc>/map-{n}.xml</loc><lastmod>2026-{n:02d}-01</lastmod></sitemap>" for n in (3, 11, 7)
    )
    result = links(f"<sitemapindex>{maps}</sitemapindex>".encode(), URL)
    assert result.parts == tuple(f"https://union.example/map-{n}.xml" for n in (11, 7, 3))
    assert result.links == ()


def test_a_gzipped_sitemap_is_unpacked_and_a_damaged_one_is_empty() -> None:
    packed = gzip.compress(f"<urlset><url><loc>{ONE}</loc></url></urlset>".encode())
    plan = Listing(URL, "sitemap")
    assert [link.url for link in links(packed, URL, plan, portal()).links] == [ONE]
    assert links(packed[:40], URL, plan, portal()).links == ()


def test_a_newspaper_index_leads_to_its_issues_newest_first() -> None:
    url = "http://epaper.example/html/2026-11/period.xml"
    periods = "".join(
        f"<period><period_date>2026-11-{day}</period_date><front_page>node_1.htm</front_page></period>"
        for day in ("18", "20", "19")
    )
    result = links(f"<period_list>{periods}</period_list>".encode(), url, Listing(url, "xml-index"))
    assert result.parts == tuple(
        f"http://epaper.example/html/2026-11/{day}/node_1.htm" for day in (20, 19, 18)
    )


def test_an_index_of_other_names_is_read_by_the_portals_paths() -> None:
    url = "http://epaper.example/navi.xml"
    body = "<navi><issue><day>20261120</day><no>77</no></issue></navi>"
    plan = Listing(url, "xml-index", items="issue", link="/paper/{no}/1.htm", date="day")
    assert links(body.encode(), url, plan).parts == ("http://epaper.example/paper/77/1.htm",)


def test_json_is_read_by_dotted_paths_with_its_cursor() -> None:
    url = "https://union.example/api?after=0"
    rows = [{"meta": {"id": n}, "t": f"标题{n}", "d": 1795138200000 + n} for n in (1, 2)]
    plan = Listing(
        url, "json", items="data.rows", link="/c/{meta.id}.html", title="t", date="d", cursor="meta.id"
    )
    body = json.dumps({"data": {"rows": rows}}).encode()
    assert [link.url for link in links(body, url, plan, portal()).links] == [
        ONE,
        "https://union.example/c/2.html",
    ]


def test_json_that_is_none_is_an_empty_list() -> None:
    assert links(b"[[[[" * 5000, URL).links == ()
    assert links(b'{"a": ', URL).links == ()


LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(8))
    + "]>"
)


@pytest.mark.parametrize(
    "prologue",
    [
        LAUGHS,
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/evil.dtd'>",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>",
    ],
)
def test_entities_are_neither_expanded_nor_read_from_files(prologue: str) -> None:
    tracemalloc.start()
    body = f"<?xml version='1.0'?>{prologue}<rss><item><title>&a;&i;</title><link>{ONE}</link></item></rss>"
    found = links(body.encode(), URL).links
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert all("root:" not in link.title and "haha" not in link.title for link in found)


def test_a_page_is_not_taken_for_a_feed() -> None:
    body = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html><body><a href='/2026/1121/c1-1.html'>市总工会召开代表大会</a></body></html>"
    assert len(links(body.encode(), URL).links) == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 27 Dec 2005 13:08:54+0900", "2005-12-27T13:08:54+09:00"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T01:30:00Z", "2026-11-20T01:30:00+00:00"),
        ("2026年11月20日 09:30", "2026-11-20T09:30+08:00"),
        ("yesterday", ""),
        ("", ""),
        ("99999999999999999999", ""),
    ],
)
def test_dates_of_feeds_become_iso_or_nothing(text: str, moment: str) -> None:
    assert iso(text) == moment
