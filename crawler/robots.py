"""robots.txt by RFC 9309: what it forbids is not asked for; a site that cannot say so now is left alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LARGEST = 500 * 1024  # bytes that a crawler must read (RFC 9309 §2.5)
LONGEST_DELAY = 60.0  # seconds; a Crawl-delay beyond it would mean never
ROBOTS = "gongwen_robots"  # marks the requests for robots.txt itself


class RobotsForbid(IgnoreRequest):
    """robots.txt, or its absence by a fault of the server, forbids a request."""


class Robots:
    """A downloader middleware; asks a host for its rules once a run, before anything else.

    Scrapy's own lets everything pass where robots.txt answers 500 or not at all, and ignores Crawl-delay.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.rules: dict[str, asyncio.Future[Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(ROBOTS):
            return
        rules = await self.rules_for(request)
        if not rules.can_fetch(request.url, self.agent):
            raise RobotsForbid("forbidden by robots.txt")

    async def rules_for(self, request: Request) -> Protego:
        """The rules of a request's host; raises what kept them from being read."""
        parts = urlparse_cached(request)
        if parts.netloc not in self.rules:
            self.rules[parts.netloc] = asyncio.get_running_loop().create_future()
            try:
                self.rules[parts.netloc].set_result(
                    await self.asked(f"{parts.scheme}://{parts.netloc}/robots.txt")
                )
            # Nothing is swallowed: the same error is raised for every request that waits for these rules.
            except Exception as error:  # noqa: BLE001 — left unset, the future would keep them waiting for ever
                self.rules[parts.netloc].set_exception(error)
        return await self.rules[parts.netloc]

    async def asked(self, url: str) -> Protego:
        request = Request(url, meta={ROBOTS: True}, callback=NO_CALLBACK, priority=1000)
        response = await self.crawler.engine.download_async(request)
        if response.status >= 500 or response.status == 429:
            raise RobotsForbid(
                f"robots.txt answers HTTP {response.status}, so the site is left alone this time"
            )
        rules = parsed(response)
        self.heed(rules.crawl_delay(self.agent))
        return rules

    def heed(self, delay: float | None) -> None:
        """Let AutoThrottle go no faster than the site asks."""
        throttle = self.crawler.get_extension(AutoThrottle)
        if delay and throttle is not None:
            throttle.mindelay = max(throttle.mindelay, min(float(delay), LONGEST_DELAY))
            for slot in self.crawler.engine.downloader.slots.values():
                slot.delay = max(slot.delay, throttle.mindelay)


def parsed(response: Response) -> Protego:
    """The rules in a reply; none in an error page or in a page of HTML."""
    text = response.body[:LARGEST].decode("utf-8", "replace")
    if response.status >= 400 or text.lstrip("\ufeff \t\r\n").startswith("<"):
        text = ""
    return Protego.parse(text)
