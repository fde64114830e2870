"""robots.txt, whatever a server calls by that name."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Response

from crawler.robots import Robots, parsed

URL = "https://union.example/robots.txt"


def allowed(body: bytes, status: int = 200, path: str = "/hidden/1.html") -> bool:
    return bool(parsed(Response(URL, status, body=body)).can_fetch(f"https://union.example{path}", "Gongwen"))


RULES = b"User-agent: *\nDisallow: /hidden/\n"


def test_a_rule_for_everyone_is_a_rule_for_us() -> None:
    assert not allowed(RULES)
    assert allowed(RULES, path="/news/1.html")


def test_a_rule_that_names_us_goes_first() -> None:
    assert allowed(RULES + b"\nUser-agent: gongwen\nDisallow: /private/\n")


def test_a_rule_for_others_is_none_for_us() -> None:
    assert allowed(b"User-agent: Baiduspider\nDisallow: /\n")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"User-agent: *\nDisallow: /", 404),
        (b"User-agent: *\nDisallow: /", 403),
        (b"<!DOCTYPE html><html>User-agent: *\nDisallow: /</html>", 200),
        (b"", 200),
        (b"\xff\xfe\x00garbage", 200),
    ],
)
def test_error_pages_and_pages_of_html_forbid_nothing(body: bytes, status: int) -> None:
    assert allowed(body, status)


def test_a_file_in_gbk_is_read_as_far_as_it_matters() -> None:
    assert not allowed("# 工会网站\nUser-agent: *\nDisallow: /hidden/\n".encode("gbk"))


def test_only_the_first_500_kib_are_read() -> None:
    assert allowed(b"#" * (500 * 1024) + b"\n" + RULES)


def fake(mindelay: float) -> Any:
    throttle, slot = SimpleNamespace(mindelay=mindelay), SimpleNamespace(delay=mindelay)
    engine = SimpleNamespace(downloader=SimpleNamespace(slots={"union.example": slot}))
    settings = {"ROBOTSTXT_USER_AGENT": "Gongwen"}
    return SimpleNamespace(
        settings=settings, engine=engine, get_extension=lambda _: throttle, throttle=throttle, slot=slot
    )


@pytest.mark.parametrize(("asked", "delay"), [(5, 5.0), (0.2, 1.0), (3600, 60.0), (None, 1.0)])
def test_a_crawl_delay_can_only_slow_us_down_and_not_for_ever(asked: float | None, delay: float) -> None:
    crawler = fake(1.0)
    Robots(crawler).heed(asked)
    assert (crawler.throttle.mindelay, crawler.slot.delay) == (delay, delay)
