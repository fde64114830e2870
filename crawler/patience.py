"""Fetching waits for understanding: no page is asked for while enough of them wait for a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class Patience:
    """A downloader middleware. Scrapy itself counts the bytes of waiting pages a portal; this counts pages a run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:  # noqa: ARG002 — Scrapy's signature
        workshop = getattr(self.crawler.spider, "shared", None)
        if workshop is not None:
            await workshop.room.wait()
