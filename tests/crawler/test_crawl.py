"""Whole crawls over loopback: what is fetched, kept, refused and reported."""

from importlib.metadata import version
from pathlib import Path

import pytest

from archive.article import Article
from archive.database import Archive
from archive.filter import Filter
from tests.crawler.conftest import Outcome
from tests.crawler.site import Site

Sites = dict[str, Site]


def titles(outcome: Outcome, portal: str) -> set[str]:
    with Archive.open(outcome.db, read_only=True) as archive:
        return {article.title for article in archive.articles(Filter(portals=(portal,)))}


def test_a_run_with_broken_promises_exits_1(crawled: Outcome) -> None:
    assert crawled.status == crawled.report["exit_status"] == 1


def test_every_portal_is_in_the_report_and_told_to_whoever_shows_progress(
    crawled: Outcome, sites: Sites
) -> None:
    names = sorted(name for name in sites if name != "secret")
    assert sorted(portal["name"] for portal in crawled.report["portals"]) == names
    assert crawled.report["finished"] == names


@pytest.mark.parametrize(
    "name",
    [
        *("ordinary", "feed", "serial", "unnumbered", "sitemap"),
        *("paper", "weekly", "data", "endless", "leading-inside"),
    ],
)
def test_a_portal_that_keeps_its_promises_is_ok(crawled: Outcome, name: str) -> None:
    assert crawled.portal(name)["state"] == "ok", crawled.portal(name)


def test_bytes_declared_gb2312_are_read_with_the_characters_that_gb2312_lacks(crawled: Outcome) -> None:
    assert "劳模吴镕堃当选省工会兼职副主席" in titles(crawled, "ordinary")


def test_pages_behind_redirects_gzip_and_further_list_pages_are_kept(crawled: Outcome) -> None:
    wanted = {"旧地址的文章也能读到", "压缩传输的文章也能读到", "第二页上的文章也要读到"}
    assert wanted <= titles(crawled, "ordinary")


def test_a_kept_page_holds_the_bytes_headers_and_words_of_its_list(crawled: Outcome, sites: Sites) -> None:
    with Archive.open(crawled.db, read_only=True) as archive:
        article = archive.get(f"{sites['ordinary'].origin}/c/1/102.html")
        assert article is not None
        page = archive.page(article.page_digest)
    assert page is not None
    assert page.body == sites["ordinary"].replies["/c/1/102.html"].body
    assert page.charset == "utf-8"
    assert ("Content-Type", "text/html; charset=utf-8") in page.headers
    # The list cut the title and printed no year.
    assert page.listed_title == "关于开展全省职工职业技能大赛的通知"
    assert page.listed_date.endswith("-11-19")


def test_the_page_remembers_where_a_redirect_led(crawled: Outcome, sites: Sites) -> None:
    with Archive.open(crawled.db, read_only=True) as archive:
        found = {page.url: page.final_url for page in archive.pages(["ordinary"])}
    origin = sites["ordinary"].origin
    assert found[f"{origin}/old/103.html"] == f"{origin}/c/1/103.html"


def test_a_link_that_stands_twice_is_visited_once(crawled: Outcome, sites: Sites) -> None:
    asked = [path for path in sites["ordinary"].paths() if path.startswith("/c/1/101.html")]
    assert len(asked) == 1


def test_what_robots_txt_forbids_is_never_asked_for(crawled: Outcome, sites: Sites) -> None:
    assert "/robots.txt" in sites["ordinary"].paths()
    assert "/hidden/c/1/106.html" not in sites["ordinary"].paths()
    assert crawled.portal("ordinary")["refused"] == 1


def test_a_link_of_no_known_shape_is_named_and_not_visited(crawled: Outcome, sites: Sites) -> None:
    assert "/about/contact.html" not in sites["ordinary"].paths()
    assert any("/about/contact.html" in remark for remark in crawled.portal("ordinary")["remarks"])


def test_one_dead_link_is_told_but_breaks_no_promise(crawled: Outcome) -> None:
    report = crawled.portal("ordinary")
    assert report["failed"] == 1
    assert any("HTTP 404" in remark for remark in report["remarks"])


def test_every_link_found_is_accounted_for(crawled: Outcome) -> None:
    for portal in crawled.report["portals"]:
        if portal["name"] == "hostile":  # left in peace before everything was asked
            continue
        parts = ("known", "fetched", "failed", "blocked", "refused", "twice", "left")
        lists_refused = portal["blocked"] if not portal["found"] else 0
        assert portal["found"] == sum(portal[part] for part in parts) - lists_refused, portal


def test_a_feed_and_a_sitemap_lead_to_their_articles(crawled: Outcome) -> None:
    assert titles(crawled, "feed") == {"订阅里的文章一", "订阅里的文章二"}
    assert titles(crawled, "sitemap") == {"站点地图里的文章"}


def story(outcome: Outcome, portal: str, title: str) -> Article:
    with Archive.open(outcome.db, read_only=True) as archive:
        return next(found for found in archive.articles(Filter(portals=(portal,))) if found.title == title)


def pages_told(article: Article) -> list[str]:
    """Which pages of a story its paragraphs come from, in their order."""
    return [line[:3] for line in article.body.split("\n") if line.startswith("第")]


def test_an_article_over_three_pages_is_stored_whole(crawled: Outcome, sites: Sites) -> None:
    article = story(crawled, "serial", "三页的长篇通讯")
    assert pages_told(article) == ["第1页"] * 3 + ["第2页"] * 3 + ["第3页"] * 3
    assert article.editors == ("李小红",)
    assert article.doubts == ()
    with Archive.open(crawled.db, read_only=True) as archive:
        kept = archive.page(article.page_digest)
        assert kept is not None
        assert [part.body for part in kept.parts] == [
            sites["serial"].replies[f"/c/10/1001_{n}.html"].body for n in (2, 3)
        ]
        assert kept.parts[0].url not in [page.url for page in archive.pages()]


def test_an_article_whose_second_page_is_missing_is_kept_as_far_as_it_goes(crawled: Outcome) -> None:
    article = story(crawled, "serial", "第二页不见了的通讯")
    assert pages_told(article) == ["第1页"] * 3
    assert article.doubts == ("the article goes on over 2 pages, 1 is held",)
    for portal in ("serial", "feed"):
        remarks = crawled.portal(portal)["remarks"]
        assert any(
            remark.startswith("a further page of an article was not read (HTTP 404)") for remark in remarks
        )


def test_a_pager_that_leads_back_ends(crawled: Outcome, sites: Sites) -> None:
    assert pages_told(story(crawled, "serial", "第二页又是第一页的通讯")) == ["第1页"] * 3
    assert pages_told(story(crawled, "unnumbered", "翻来翻去都一样的报道")) == ["第1页"] * 3
    assert sites["unnumbered"].paths().count("/c/11/1102.html?page=2") == 1


def test_what_every_page_prints_is_said_once(crawled: Outcome) -> None:
    article = story(crawled, "serial", "每页都印标题和提示的通讯")
    assert article.body.count("核心提示") == 1
    assert "每页都印标题和提示的通讯" not in article.body.split("\n")
    assert pages_told(article) == ["第1页"] * 3 + ["第2页"] * 3


def test_the_next_page_is_found_where_the_portal_says_nothing_of_it(crawled: Outcome) -> None:
    assert pages_told(story(crawled, "unnumbered", "翻页才能读完的报道")) == ["第1页"] * 3 + ["第2页"] * 3


def test_an_article_without_end_is_read_for_twenty_pages_more(crawled: Outcome, sites: Sites) -> None:
    article = story(crawled, "unnumbered", "没完没了的报道")
    assert len(pages_told(article)) == 3 * 21
    assert article.doubts == ("the article goes on over 22 pages, 21 are held",)
    assert "/c/11/1103_22.html" not in sites["unnumbered"].paths()


def test_the_next_article_is_no_further_page(crawled: Outcome, sites: Sites) -> None:
    assert "/c/11/1105.html" not in sites["unnumbered"].paths()
    assert "/c/10/1099.html" not in sites["serial"].paths()
    assert story(crawled, "unnumbered", "后面跟着下一篇的报道").doubts == ()


def test_of_a_newspaper_the_newest_issues_are_read_with_all_their_pages(crawled: Outcome) -> None:
    assert titles(crawled, "paper") == {f"报纸{day}日第{node}版的文章" for day in (20, 19) for node in (1, 2)}


def test_a_newspaper_that_rests_is_asked_for_its_latest_issue_with_all_pages(crawled: Outcome) -> None:
    assert titles(crawled, "weekly") == {f"三天前的报纸第{node}版的文章" for node in (2, 3)}


def test_a_newspaper_that_vanished_is_not_searched_for_ever(crawled: Outcome, sites: Sites) -> None:
    assert len([path for path in sites["vanished"].paths() if path != "/robots.txt"]) == 8


def test_json_with_a_cursor_and_rows_by_post_are_read(crawled: Outcome, sites: Sites) -> None:
    assert titles(crawled, "data") == {"接口里的文章一", "接口里的文章二", "数据代理里的文章"}
    posts = [(hit.path, hit.body) for hit in sites["data"].hits if hit.method == "POST"]
    assert posts == [("/proxy?start=1&end=20", b"col=1&unitid=9")]


def test_an_endless_list_is_followed_as_far_as_its_portal_says(crawled: Outcome, sites: Sites) -> None:
    assert sum(path.startswith("/list") for path in sites["endless"].paths()) == 4


def test_pages_that_crash_stall_or_exhaust_a_worker_are_kept_named_and_counted(crawled: Outcome) -> None:
    with Archive.open(crawled.db, read_only=True) as archive:
        failures = {
            failed.url[-8:]: (failed.kind, failed.reason) for failed, _ in archive.failures(["hazards"])
        }
        kept = {page.url[-8:] for page in archive.pages(["hazards"])}
    assert failures == {
        "601.html": ("crash", "its worker died (exit code 9)"),
        "602.html": ("timeout", "took longer than 2 s to understand"),
        "603.html": ("crash", "took more memory than a worker may have"),
        "604.html": ("error", "LookupError: a bug of ours?[31m"),
        "605.html": ("too-large", failures["605.html"][1]),
    }
    assert failures["605.html"][1].startswith("not parsed: it has a tag of ")
    assert set(failures) <= kept
    assert crawled.portal("hazards")["not_understood"] == 5


def test_news_beside_dangerous_pages_is_kept(crawled: Outcome) -> None:
    assert titles(crawled, "hazards") == {"险情之中的第600号页面"}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("606.html", "answer larger than allowed"),  # 64 MiB of zeros in 64 KiB of gzip
        ("607.html", "answer broke off"),
        ("608.html", "no complete answer in time"),
    ],
)
def test_answers_beyond_their_bounds_are_cut_and_named(crawled: Outcome, path: str, why: str) -> None:
    assert any(line.startswith(why) and line.endswith(path) for line in crawled.portal("hazards")["reasons"])


def test_a_redirect_to_itself_and_a_pdf_are_counted(crawled: Outcome) -> None:
    report = crawled.portal("hazards")
    assert (report["twice"], report["not_served"]) == (1, 1)
    assert any("application/pdf is not read yet" in remark for remark in report["remarks"])


def test_a_page_without_an_article_is_kept_and_found_by_nobody(crawled: Outcome, sites: Sites) -> None:
    with Archive.open(crawled.db, read_only=True) as archive:
        article = archive.get(f"{sites['hazards'].origin}/c/6/611.html")
    assert article is not None
    assert article.verdict == "not-an-article"
    assert crawled.portal("hazards")["not_articles"] == 1


def test_no_redirect_leads_to_a_private_address_in_whatever_spelling(crawled: Outcome, sites: Sites) -> None:
    assert sites["secret"].hits == []
    remarks = " ".join(crawled.portal("leading-inside")["remarks"])
    assert "127.0.0.2 leads to a loopback address" in remarks
    assert "2130706434 leads to a loopback address" in remarks
    assert "--allow-private" in remarks


def test_a_redirect_off_the_portal_is_refused_and_counted(crawled: Outcome) -> None:
    report = crawled.portal("leading-inside")
    assert report["refused"] == 4
    assert any("leaves the portal for localhost" in remark for remark in report["remarks"])
    assert titles(crawled, "leading-inside") == {"通向别处的第1条链接"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gone", "list not read (HTTP 404)"),
        ("vanished", "list not read (no issue on any of the latest days)"),
        ("lost", "list not read (host name not found (DNS))"),
        ("closed", "list not read (connection refused)"),
        ("silent", "silent: no article found"),
        ("silent", "the selector 'ul.news a' finds no link"),
        ("hostile", "turned away (HTTP 412)"),
        ("walled", "turned away (the page says 'stampPrefix')"),
        ("mute", "list not read (robots.txt answers HTTP 500"),
        ("browser", "needs a browser, which is not served yet"),
    ],
)
def test_a_portal_that_gives_nothing_is_broken_for_a_named_reason(
    crawled: Outcome, name: str, why: str
) -> None:
    report = crawled.portal(name)
    assert report["state"] == "broken"
    assert any(line.startswith(why) for line in report["reasons"]), report["reasons"]


def test_a_site_that_turns_readers_away_is_soon_left_in_peace(crawled: Outcome, sites: Sites) -> None:
    assert sum(path.startswith("/c/8/") for path in sites["hostile"].paths()) < 12


def test_a_site_that_cannot_say_what_is_allowed_is_not_asked(crawled: Outcome, sites: Sites) -> None:
    assert set(sites["mute"].paths()) == {"/robots.txt"}


def test_a_refusal_page_is_never_stored(crawled: Outcome) -> None:
    with Archive.open(crawled.db, read_only=True) as archive:
        assert list(archive.pages(["walled", "mute", "hostile"])) == []


def test_a_portal_that_needs_a_browser_is_not_pretended(crawled: Outcome, sites: Sites) -> None:
    assert sites["browser"].hits == []


def test_the_crawler_says_honestly_who_it_is(crawled: Outcome, sites: Sites) -> None:
    assert {hit.agent for hit in sites["ordinary"].hits} == {
        f"Gongwen/{version('gongwen')} (no contact configured)"
    }


def test_no_traceback_reaches_the_terminal(crawled: Outcome) -> None:
    assert "Traceback" not in crawled.errors
    assert "\x1b" not in crawled.errors


def test_the_archive_lists_the_run_with_its_counts(crawled: Outcome) -> None:
    with Archive.open(crawled.db, read_only=True) as archive:
        run = archive.runs()[-1]
    assert run.outcome == "broken promises"
    assert run.finished
    assert run.counts["feed"]["new"] == 2


def test_a_second_run_asks_for_lists_only(again: Outcome, sites: Sites) -> None:
    assert again.status == 0
    for name in ("ordinary", "feed", "paper"):
        report = again.portal(name)
        assert (report["new"], report["changed"]) == (0, 0)
        assert report["known"] > 0
    assert [path for path in sites["feed"].paths() if path != "/robots.txt"] == ["/rss.xml"]
    # The dead link of `ordinary` is tried again; nothing that was stored is.
    assert [path for path in sites["ordinary"].paths() if "/c/" in path or "/old/" in path] == [
        "/c/1/105.html"
    ]


def test_nothing_is_left_beside_the_database(again: Outcome) -> None:
    beside = {path.name for path in Path(again.db).parent.iterdir() if path.name.startswith(again.db.name)}
    assert beside <= {again.db.name, f"{again.db.name}.lock", f"{again.db.name}-wal", f"{again.db.name}-shm"}
