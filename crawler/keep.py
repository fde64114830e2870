"""The item pipeline: a fetched page becomes a stored article, or a failure with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem

from archive.article import Article, Failure, Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.portal import PortalSpider


class Keep:
    """Waits for a worker and for the writer: while pages wait here, Scrapy fetches no further ones."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keep:
        return cls(crawler)

    async def process_item(self, item: Any) -> Article:
        """The stored article; DropItem for a page that holds none."""
        spider: Any = self.crawler.spider
        if not isinstance(item, Page):
            raise DropItem(f"a {type(item).__name__} is no page")
        with spider.workshop.at_work():
            return await kept(item, spider)


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
