"""The manners, as the crawler will really have them."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from crawler.private import allowance
from crawler.run import configured
from crawler.spiders.loader import settings_of
from seeds.portal import Fetch, Listing, Portal

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def effective() -> Settings:
    return configured({}, {})


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("REMOTE_CONTROL_ENABLED", lambda value: value is False),
        ("TELNETCONSOLE_ENABLED", lambda value: value is False),
        ("DOWNLOAD_MAXSIZE", lambda value: value == 8 * MIB),
        ("DOWNLOAD_WARNSIZE", lambda value: value == 4 * MIB),
        ("DOWNLOAD_TIMEOUT", lambda value: value == 30),
        ("DOWNLOAD_FAIL_ON_DATALOSS", lambda value: value is True),
        ("DNS_TIMEOUT", lambda value: value == 10),
        ("TWISTED_DNS_RESOLVER", lambda value: value == "crawler.network.PublicResolver"),
        ("DOWNLOAD_VERIFY_CERTIFICATES", lambda value: value is True),
        ("HTTPPROXY_ENABLED", lambda value: value is False),
        ("REDIRECT_MAX_TIMES", lambda value: value == 8),
        ("METAREFRESH_MAXDELAY", lambda value: value == 5),
        ("DOWNLOAD_DELAY", lambda value: value >= 1.0),
        ("DOWNLOAD_DELAY_JITTER", lambda value: value == 0),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", lambda value: value == 1),
        ("AUTOTHROTTLE_ENABLED", lambda value: value is True),
        ("AUTOTHROTTLE_TARGET_CONCURRENCY", lambda value: value <= 1.0),
        ("COOKIES_ENABLED", lambda value: value is False),
        ("REFERRER_POLICY", lambda value: value == "no-referrer"),
        ("RETRY_TIMES", lambda value: value <= 2),
        ("RETRY_HTTP_CODES", lambda value: not {429, 503} & set(value)),
        ("DEPTH_LIMIT", lambda value: 0 < value <= 80),
        ("CLOSESPIDER_PAGECOUNT", lambda value: 0 < value <= 5000),
        ("MEMUSAGE_LIMIT_MB", lambda value: value > 0),
        ("SCRAPER_SLOT_MAX_ACTIVE_SIZE", lambda value: value <= 4 * MIB),
        ("JOBDIR", lambda value: value is None),
        ("FEED_EXPORT_ENCODING", lambda value: value == "utf-8"),
        ("ROBOTSTXT_USER_AGENT", lambda value: value == "Gongwen"),
        ("USER_AGENT", lambda value: value == f"Gongwen/{version('gongwen')} (no contact configured)"),
        ("GONGWEN_ALLOW_PRIVATE", lambda value: allowance(value) == ()),
    ],
)
def test_the_manners_hold(effective: Settings, name: str, holds: Callable[[Any], bool]) -> None:
    assert holds(effective.get(name)), f"{name} = {effective.get(name)!r}"


def test_only_http_and_https_are_spoken_and_only_by_the_guarded_handler(effective: Settings) -> None:
    spoken = effective.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme: handler for scheme, handler in spoken.items() if handler} == {
        "http": "crawler.network.PublicHandler",
        "https": "crawler.network.PublicHandler",
    }


def test_our_robots_and_offsite_rules_stand_in_for_scrapys(effective: Settings) -> None:
    order = build_component_list(effective.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES"))
    assert order[:3] == ["crawler.patience.Patience", "crawler.onsite.OnSite", "crawler.robots.Robots"]
    assert not [name for name in order if "OffsiteMiddleware" in name or "RobotsTxtMiddleware" in name]


def portal(url: str, **fetch: Any) -> Portal:
    return Portal("x", "x", url, "city", lists=(Listing(url),), fetch=Fetch(**fetch))


@pytest.mark.parametrize(
    ("url", "asked", "delay"),
    [
        ("https://union.example/", 0.0, 1.0),
        ("https://union.example/", 0.2, 1.0),
        ("https://union.example/", 5.0, 5.0),
        ("http://127.0.0.1:8000/", 0.0, 0.0),
        ("http://127.0.0.1:8000/", 3.0, 3.0),
        ("http://127.0.0.2:8000/", 0.0, 1.0),
    ],
)
def test_a_portal_may_only_ask_for_more_patience(url: str, asked: float, delay: float) -> None:
    changed = settings_of(portal(url, delay=asked), allowance(["127.0.0.1/32"]), 1.0)
    assert changed["DOWNLOAD_DELAY"] == delay


def test_a_portal_with_one_list_on_a_strangers_host_is_not_ones_own() -> None:
    mixed = Portal(
        "x", "x", "", "city", lists=(Listing("http://127.0.0.1/"), Listing("http://union.example/"))
    )
    assert settings_of(mixed, allowance(["127.0.0.1/32"]), 1.0)["DOWNLOAD_DELAY"] == 1.0


def test_a_portal_with_a_broken_certificate_says_so_for_itself_alone() -> None:
    assert (
        settings_of(portal("https://a.example/", tls_verify=False), (), 1.0)["DOWNLOAD_VERIFY_CERTIFICATES"]
        is False
    )
    assert settings_of(portal("https://a.example/"), (), 1.0)["DOWNLOAD_VERIFY_CERTIFICATES"] is True


def test_the_options_of_a_run_win_over_the_settings(tmp_path: Path) -> None:
    config = configured({"GONGWEN_DB": str(tmp_path / "a.db")}, {"DOWNLOAD_TIMEOUT": 3})
    assert config.get("GONGWEN_DB") == str(tmp_path / "a.db")
    assert config.getint("DOWNLOAD_TIMEOUT") == 3
