"""The item pipeline: a fetched page becomes a stored article, or a failure with its reason."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem

from archive.article import Article, Failure, Page
from archive.opening import ArchiveError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.portal import PortalSpider


class Keep:
    """Waits for a worker and for the writer: while pages wait here, Scrapy fetches no further ones."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keep:
        return cls(crawler)

    async def process_item(self, item: Any) -> Article:
        """The stored article; DropItem for a page that holds none."""
        spider: Any = self.crawler.spider
        if not isinstance(item, Page):
            raise DropItem(f"a {type(item).__name__} is no page")
        with spider.workshop.at_work():
            try:
                return await kept(item, spider)
            except ArchiveError as error:
                self.give_up(spider, error, item)
                raise DropItem(str(error)) from error

    def give_up(self, spider: Any, error: ArchiveError, page: Page) -> None:
        """The archive cannot be written (disk full, locked, damaged): the run cannot go on truthfully."""
        spider.workshop.trouble = spider.workshop.trouble or str(error)
        spider.tally.count("not-stored")
        spider.tally.breaks(f"not stored ({error})", page.address)
        if self.closing is None and self.crawler.engine is not None:
            closing = self.crawler.engine.close_spider_async(reason="the archive cannot be written")
            self.closing = asyncio.get_running_loop().create_task(closing)  # it waits for this very page


async def kept(page: Page, spider: PortalSpider) -> Article:
    understood = await spider.workshop.understand(page, spider.portal)
    if isinstance(understood, Failure):
        await spider.workshop.keep_failure(understood, page)
        spider.tally.blame("not-understood", understood.reason, page.address)
        spider.show()
        raise DropItem(understood.reason)
    outcome = await spider.workshop.keep(understood, page)
    if understood.verdict == "not-an-article":
        spider.tally.count("not-an-article")
        spider.tally.note("kept, but no article is on it", page.address)
    else:
        spider.tally.count(outcome.what)
    spider.show()
    return understood
