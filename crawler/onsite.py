"""Requests stay with the portal: a link or redirect to a stranger's host is refused and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawler.robots import ROBOTS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class LeavesPortal(IgnoreRequest):
    """A request would leave the hosts that the portal's file names."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(f"leaves the portal for {host}")


class OnSite:
    """A downloader middleware; start requests and redirects pass through it like everything else."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OnSite:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        at_home = getattr(self.crawler.spider, "at_home", None)
        host = urlparse_cached(request).hostname or ""
        if at_home is not None and not at_home(host) and not request.meta.get(ROBOTS):
            raise LeavesPortal(host)
