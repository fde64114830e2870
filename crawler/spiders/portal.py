"""The one spider: reads a portal's lists, follows them as far as the portal says, visits each article once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request, Spider, signals
from scrapy.exceptions import CloseSpider
from scrapy.spidermiddlewares.httperror import HttpError
from w3lib.encoding import http_content_type_encoding

from archive.article import Failure, Page
from crawler.calendar import LONGEST_PAUSE, entrances, is_dated, issue
from crawler.continuing import addresses, is_full, may_go_on, repeats
from crawler.discovery import Link
from crawler.lock import AlreadyRunning
from crawler.paging import filled
from crawler.reasons import reason
from crawler.watch import Tally, judge
from crawler.workshop import Bounds, Workshop, outlets_of
from pipelines.address import canonical, identity, match
from pipelines.dates import read_date
from seeds.portal import Host, covers
from seeds.unserved import SERVED_FORM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure as TwistedFailure

    from crawler.discovery import Found
    from crawler.watch import PortalReport, Progress
    from seeds.portal import Listing, Portal

MOST_PAGES_OF_ISSUE = 60  # documents that make up one list: pages of newspaper issues
MOST_SITEMAPS = 10  # of an index, the newest
MOST_PAGES = 50  # further pages of one list in an ordinary crawl, whatever a portal file says
DEEPEST = 4  # an index of indexes of issues of pages
TURNED_AWAY_OFTEN = 5  # refusals after which a portal is left in peace for this run
MOST_HEADERS = 100
# What articles can be: everything else that a link may lead to (PDF, Word, images) is not read yet.
READABLE = ("text/", "application/xhtml", "application/xml", "application/json", "application/octet-stream")


class PortalSpider(Spider):
    """Crawls one portal. Scrapy gets a subclass a portal from crawler.spiders.loader, with name and portal on it."""

    portal: ClassVar[Portal]
    portals: ClassVar[Mapping[str, Portal]]

    def __init__(
        self, *args: Any, workshop: Workshop | None = None, progress: Progress | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shared, self.owned, self.progress = workshop, workshop is None, progress
        self.tally = Tally()
        self.begun = monotonic()
        self.visited: set[str] = set()
        self.asked_parts: dict[str, int] = {}
        self.days_back: dict[str, int] = {}
        self.limit = 0
        self.report: PortalReport | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.limit = crawler.settings.getint("GONGWEN_LIMIT")
        crawler.signals.connect(spider.dropped, signal=signals.request_dropped)
        crawler.signals.connect(spider.closing, signal=signals.spider_closed)
        return spider

    @property
    def workshop(self) -> Workshop:
        """Where pages are understood: the run's, or under `scrapy crawl` one of this spider's own."""
        if self.shared is None:
            self.shared = from_settings(self.crawler.settings, self.portals.values())
        return self.shared

    async def start(self) -> AsyncIterator[Any]:
        """The entrances of every list that can be served; the others are named in the report."""
        try:
            self.workshop.open()
        except AlreadyRunning as error:
            raise CloseSpider(str(error)) from error
        if self.portal.fetch.render:
            self.tally.breaks("needs a browser, which is not served yet", self.portal.home)
            return
        for listing in self.portal.lists:
            for url in entrances(listing, datetime.now(UTC)):
                yield self.list_request(url, listing)

    def list_request(self, url: str, listing: Listing, page: int = 0, depth: int = 0) -> Request:
        """A request for a list, its `page`-th further page, or a part of it `depth` levels down."""
        form: dict[str, Any] = {}
        if listing.kind == "hanweb" and not depth:
            form = {"method": "POST", "body": urlencode(listing.post)}
            form["headers"] = {"Content-Type": "application/x-www-form-urlencoded"}
            url = filled(listing.data, listing.url, 1 + page * listing.next.step, listing.next.step)
        return Request(
            url,
            callback=self.parse_list,
            errback=self.list_failed,
            cb_kwargs={"listing": listing, "page": page, "depth": depth},
            priority=10,  # lists first: they say what there is
            **form,
        )

    def at_home(self, host: str) -> bool:
        """Whether a host is one of the portal's."""
        return any(covers(Host(known.name.partition(":")[0]), host) for known in self.portal.hosts)

    async def parse_list(
        self, response: Response, listing: Listing, page: int, depth: int
    ) -> AsyncIterator[Request]:
        """The articles of a list that the archive does not know, then its parts and its next page."""
        if self.is_refusal(response):
            return
        found = await self.workshop.discover(
            response.body, response.url, listing, self.portal, declared(response)
        )
        if isinstance(found, Failure):
            self.tally.breaks(f"list not read ({found.reason})", response.url)
            return
        self.tally.count("lists")
        self.note(found, listing, first=not (page or depth))
        fresh = await self.fresh(found.links)
        for link in fresh:
            yield self.article_request(link)
        for request in self.parts(found, listing, page, depth):
            yield request
        # Where a further page brings nothing new, the pages behind it are older still.
        if not depth and (fresh or page == 0):
            for request in self.further(found, listing, page):
                yield request
        self.show()

    def note(self, found: Found, listing: Listing, *, first: bool) -> None:
        """Count a list's links, and remember what a keeper of the portal file should know."""
        self.tally.read[listing.url] += len(found.links)
        if first and not found.parts:  # the first page of a newspaper may hold nothing but a picture
            for doubt in found.doubts:
                self.tally.breaks(doubt, listing.url)
        for url in found.strange:
            self.tally.note("link on a list that no article pattern knows", url)

    async def fresh(self, links: tuple[Link, ...]) -> list[Link]:
        """The links to articles that neither this run nor the archive has met."""
        named = {
            identity(link.url, self.portal): link for link in reversed(links) if self.is_wanted(link.url)
        }
        new = {name: link for name, link in reversed(named.items()) if name not in self.visited}
        self.visited.update(new)
        self.tally.count("found", len(new))
        addresses = {link.url: canonical(link.url, self.portal) for link in new.values()}
        known = await self.workshop.known([*addresses, *addresses.values()])
        unknown = [
            link for link in new.values() if link.url not in known and addresses[link.url] not in known
        ]
        self.tally.count("known", len(new) - len(unknown))
        return self.within_limit(unknown)

    def is_wanted(self, url: str) -> bool:
        """Whether an address is the first page of an article that can be read; further ones are not of their own."""
        matched = match(url, self.portal)
        if matched and matched.pattern.form != SERVED_FORM:
            self.tally.note(f"declared, not served yet ({matched.pattern.form})", url)
            return False
        return matched is None or matched.page <= 1

    def within_limit(self, links: list[Link]) -> list[Link]:
        """As many links as the run may still take of this portal."""
        if not self.limit:
            return links
        room = max(0, self.limit - self.tally.counts["asked"])
        self.tally.counts["asked"] += min(room, len(links))
        self.tally.count("left", max(0, len(links) - room))
        return links[:room]

    def parts(self, found: Found, listing: Listing, page: int, depth: int) -> Iterator[Request]:
        """Requests for the parts of a list: of an index the newest few, of a newspaper issue all its pages."""
        most = 0 if depth >= DEEPEST else MOST_PAGES_OF_ISSUE
        if not depth and not found.links and (listing.kind == "xml-index" or listing.index):
            most = 1 + min(listing.next.limit, MOST_PAGES)
        elif listing.kind == "sitemap":
            most = MOST_SITEMAPS
        room = MOST_PAGES_OF_ISSUE - self.asked_parts.get(listing.url, 0)
        taken = found.parts[: max(0, min(most, room))]
        self.asked_parts[listing.url] = self.asked_parts.get(listing.url, 0) + len(taken)
        if listing.kind == "sitemap" and len(found.parts) > len(taken):
            self.tally.note(f"{len(found.parts) - len(taken)} older sitemaps left unread", listing.url)
        for url in taken:
            yield self.list_request(url, listing, page, depth + 1)

    def further(self, found: Found, listing: Listing, page: int) -> Iterator[Request]:
        """The request for a list's next page, within the portal's limit and ours."""
        if page >= min(listing.next.limit, MOST_PAGES):
            return
        if listing.kind == "hanweb" and found.links:
            yield self.list_request(listing.data, listing, page + 1)
        for url in found.next[:1]:
            yield self.list_request(url, listing, page + 1)

    def article_request(self, link: Link) -> Request:
        return Request(
            link.url, callback=self.parse_article, errback=self.article_failed, cb_kwargs={"link": link}
        )

    async def parse_article(self, response: Response, link: Link) -> AsyncIterator[Page | Request]:
        """The page as it came over the wire, or the request for its next one."""
        if self.is_refusal(response):
            return
        if not response.body.strip():
            self.tally.blame("failed", f"HTTP {response.status} with an empty body", response.url)
            return
        self.tally.count("fetched")
        if kind := unreadable(response):
            self.tally.count("not-served")
            self.tally.note(f"{kind} is not read yet", response.url)
            return
        yield await self.onward(self.page_of(response, link))

    def page_of(self, response: Response, link: Link) -> Page:
        now = datetime.now(UTC)
        listed = read_date(link.date, fetched=now)
        return Page(
            url=link.url,
            body=response.body,
            fetched=now,
            portal=self.portal.name,
            final_url=response.url if response.url != link.url else "",
            status=response.status,
            headers=headers(response),
            charset=declared(response),
            listed_title=link.title,
            listed_date=listed.iso if listed else "",
        )

    async def onward(self, whole: Page) -> Page | Request:
        """The request for an article's next page, or the article as it is where no further one is to be had."""
        if not may_go_on(whole, self.portal):
            return whole
        target = await self.workshop.further(whole, self.portal)
        if not target or target in addresses(whole):
            return whole
        if is_full(whole):
            self.tally.note("goes on over more pages than are read of one article", whole.address)
            return whole
        return Request(
            target,
            callback=self.parse_part,
            errback=self.part_failed,
            cb_kwargs={"whole": whole, "target": target},
            priority=5,  # an article that is begun comes before the next one
            dont_filter=True,  # what is held must come back; `addresses` keeps loops away
        )

    async def parse_part(self, response: Response, whole: Page, target: str) -> AsyncIterator[Page | Request]:
        """The article with a further page, or without it where this is none."""
        part = self.page_of(response, Link(target))
        if sign := self.refusal(response):
            yield whole
            self.turned_away(f"turned away (the page says {sign!r})", response.url)
        elif (kind := unreadable(response)) or repeats(part, whole):
            why = f"{kind} is not read yet" if kind else "it is one that was read before"
            self.tally.note(f"a further page of an article is none ({why})", target)
            yield whole
        else:
            yield await self.onward(replace(whole, parts=(*whole.parts, part)))

    def part_failed(self, failed: TwistedFailure) -> Iterator[Page]:
        """The article as far as it was read."""
        request: Request = failed.request  # type: ignore[attr-defined]  # Scrapy puts it there
        yield request.cb_kwargs["whole"]
        count, why = reason(failed.value, self.portal)
        self.tally.note(f"a further page of an article was not read ({why})", request.cb_kwargs["target"])
        if count == "blocked":
            self.turned_away(why, request.url)

    def is_refusal(self, response: Response) -> bool:
        """Whether a page with status 200 is the site's refusal, which is counted."""
        sign = self.refusal(response)
        if sign:
            self.turned_away(f"turned away (the page says {sign!r})", response.url)
        return bool(sign)

    def refusal(self, response: Response) -> str:
        """The words by which a page is known as the site's refusal, "" where it is none."""
        signs = self.portal.fetch.blocked_body
        found = (
            sign
            for sign in signs
            if sign.encode() in response.body or sign.encode("gb18030", "ignore") in response.body
        )
        return next(found, "")

    def turned_away(self, why: str, url: str) -> None:
        """Count a refusal; a site that refuses again and again is left in peace."""
        self.tally.blame("blocked", why, url)
        self.show()
        if self.tally.counts["blocked"] >= TURNED_AWAY_OFTEN:
            raise CloseSpider("turned away too often; left in peace for this run")

    def list_failed(self, failed: TwistedFailure) -> Iterator[Request]:
        """A list that did not answer breaks a promise; the end of its pages does not, nor a day without a paper."""
        request: Request = failed.request  # type: ignore[attr-defined]  # Scrapy puts it there
        listing, page = request.cb_kwargs["listing"], request.cb_kwargs["page"]
        count, why = reason(failed.value, self.portal)
        missing = isinstance(failed.value, HttpError) and failed.value.response.status in (404, 410)
        if missing and (page or is_dated(listing)):
            if not page:
                yield from self.day_before(listing, request.url)
            return
        self.tally.breaks(f"list not read ({why})", request.url)
        if count == "blocked":
            self.turned_away(why, request.url)

    def day_before(self, listing: Listing, missing: str) -> Iterator[Request]:
        """Instead of a day without an issue, the latest day not asked for yet."""
        back = self.days_back.get(listing.url, 0 if listing.index else 1 + listing.next.limit)
        self.tally.missing[listing.url] = missing
        self.days_back[listing.url] = back + 1
        if back <= LONGEST_PAUSE:
            yield self.list_request(
                issue(listing, datetime.now(UTC), back), listing, depth=int(bool(listing.index))
            )

    def article_failed(self, failed: TwistedFailure) -> None:
        request: Request = failed.request  # type: ignore[attr-defined]  # Scrapy puts it there
        count, why = reason(failed.value, self.portal)
        if count == "blocked":
            self.turned_away(why, request.url)
        else:
            self.tally.blame(count, why, request.url)
        self.show()

    def dropped(self, request: Request) -> None:
        """A redirect that led where this run has been already."""
        if request.callback == self.parse_article:
            self.tally.count("twice")

    def show(self, *, finished: bool = False) -> None:
        if self.progress is not None:
            self.progress(self.name, dict(self.tally.counts), finished=finished)

    def closing(self, reason: str) -> None:
        """Write the report once everything is stored; under `scrapy crawl` also into Scrapy's statistics and log."""
        self.report = judge(self.name, self.tally, reason, monotonic() - self.begun)
        self.show(finished=True)
        if self.owned:
            self.workshop.close()
            for name, number in self.tally.counts.items():
                self.crawler.stats.set_value(f"gongwen/{name}", number)
            for line in self.report.reasons:
                self.logger.warning("%s: %s", self.name, line)


def from_settings(settings: BaseSettings, portals: Iterable[Portal]) -> Workshop:
    """The workshop that Scrapy's settings describe."""
    bounds = Bounds(
        settings.getint("GONGWEN_WORKERS"),
        settings.getfloat("GONGWEN_DEADLINE"),
        settings.getint("GONGWEN_WORKER_MEMORY"),
        settings.getint("GONGWEN_WORKER_PAGES"),
    )
    return Workshop(Path(settings["GONGWEN_DB"]), bounds, outlets_of(portals))


def unreadable(response: Response) -> str:
    """The kind of document, where it is none that an article can be."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    return "" if not kind or kind.startswith(READABLE) else kind.partition(";")[0]


def declared(response: Response) -> str:
    """The charset that the server's header declares, "" where it declares none."""
    return http_content_type_encoding((response.headers.get("Content-Type") or b"").decode("latin-1")) or ""


def headers(response: Response) -> tuple[tuple[str, str], ...]:
    """The reply's headers as text, a hundred at most."""
    named = response.headers.to_unicode_dict().items()
    return tuple((str(name), str(value)) for name, value in list(named)[:MOST_HEADERS])
