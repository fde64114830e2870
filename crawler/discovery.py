"""From a fetched list, feed, sitemap or newspaper index to the links worth visiting; pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler import feeds, paging
from crawler.anchors import Anchor, anchors, best_titles, clean_address
from crawler.shapes import likely
from pipelines.decode import decode
from pipelines.document import parse
from seeds.portal import Listing, Pattern, Portal

SNIFF = 600
XML_ROOT = re.compile(
    r"<(?:\w{1,20}:)?(?:rss|rdf|feed|urlset|sitemapindex|period_list|periods?|paper|papers?|navi|root)\b",
    re.IGNORECASE,
)
HTML_ROOT = re.compile(
    r"<(?:!doctype\s{1,5}html|html|head|body|div|ul|table|p|a|script|meta|title)\b", re.IGNORECASE
)
# Hanweb leaves the rows of the first page as XML inside a script element, for its pager to draw.
ROWS_IN_SCRIPT = re.compile(r"<record>\s{0,20}<!\[CDATA\[(.{1,20000}?)\]\]>", re.DOTALL)
SCRIPT_REDIRECT = re.compile(
    r"(?:location(?:\.href)?\s{0,3}=|location\.(?:replace|assign)\s{0,3}\()\s{0,3}[\"']([^\"']{1,500})[\"']",
    re.IGNORECASE,
)
META_REFRESH = re.compile(
    r"<meta[^>]{0,200}?refresh[^>]{0,200}?url\s{0,3}=\s{0,3}[\"']?([^\"'>\s]{1,500})", re.IGNORECASE
)
# Another page of the same newspaper issue.
PAPER_PAGE = re.compile(r"(?:^|/)(?:node|page|layout|edition)_?\d[\w-]{0,20}\.s?html?$", re.IGNORECASE)
SHORT_DAY = re.compile(r"\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Link:
    """An article's address with what the list says of it.

    `date` is ISO 8601 where the list names the year, else as printed ("11-20", "3小时前"), "" where it says nothing.
    """

    url: str
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a list holds.

    `next` are its further pages, `parts` other documents of the same list (the sitemaps of an index, the pages of a
    newspaper issue, the newest issue), `strange` addresses that the portal's selector chose and no article pattern
    knows, `doubts` what a keeper of the portal file should look at.
    """

    links: tuple[Link, ...] = ()
    next: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def links(
    body: bytes, url: str, listing: Listing | None = None, portal: Portal | None = None, *, header: str = ""
) -> Found:
    """The links that a crawl would visit. `header` is the charset of the HTTP header.

    Without a portal, or where its file names no pattern and no selector, families of addresses decide.
    """
    charset = portal.fetch.charset if portal else None
    text = decode(feeds.unpacked(body), header=header, charset=charset).text.lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return of_entries(feeds.from_json(text, url, listing), listing, portal)
    if looks_like_xml(text) and (root := feeds.parse_xml(text)) is not None:
        return of_entries(feeds.from_xml(root, url), listing, portal)
    return of_html(text, url, listing, portal)


def looks_like_xml(text: str) -> bool:
    """Whether a document is a feed or an index rather than a page.

    >>> looks_like_xml('<?xml version="1.0"?><rss>'), looks_like_xml('<?xml version="1.0"?><!DOCTYPE html><html>')
    (True, False)
    """
    head = text[:SNIFF]
    if XML_ROOT.search(head):
        return True
    return head.startswith("<?xml") and not HTML_ROOT.search(head)


def of_entries(found: feeds.Entries, listing: Listing | None, portal: Portal | None) -> Found:
    """A feed's entries are articles by promise; a sitemap's are only where a pattern of the portal knows them."""
    entries = {entry.url: entry for entry in reversed(found.links)}
    chosen = [Link(entry.url, entry.title, entry.date) for entry in reversed(entries.values())]
    strange: list[str] = []
    if portal and portal.articles:
        strange = [link.url for link in chosen if not is_article(link.url, portal)]
        chosen = [link for link in chosen if is_article(link.url, portal)]
    elif listing is None or listing.kind == "sitemap":
        chosen = plausible(chosen, found)
    parts = tuple(dict.fromkeys(entry.url for entry in found.parts))
    return Found(tuple(chosen), found.next, parts, tuple(strange))


def plausible(chosen: list[Link], found: feeds.Entries) -> list[Link]:
    """Entries with a title are articles; a bare sitemap is judged by its addresses."""
    if any(entry.title for entry in found.links):
        return chosen
    good = {anchor.url for anchor in likely([Anchor(link.url, date=link.date) for link in chosen], "")}
    return [link for link in chosen if link.url in good]


def of_html(text: str, url: str, listing: Listing | None, portal: Portal | None) -> Found:
    rows = "".join(ROWS_IN_SCRIPT.findall(text)) if "<record>" in text else ""
    root = parse(f"{text}\n{rows}")
    if root is None:
        return Found()
    address = portal.address if portal else None
    everything = anchors(root, url, address)
    region, doubts = chosen_region(root, url, everything, listing, portal)
    known = [anchor for anchor in region if portal and is_article(anchor.url, portal)]
    strange: tuple[str, ...] = ()
    if portal and portal.articles:
        selected = bool(listing and listing.links) and not doubts
        strange = tuple(dict.fromkeys(a.url for a in region if selected and a not in known))
    else:
        known = region if listing and listing.links and not doubts else likely(region, url)
    here = url.partition("#")[0]
    best = best_titles([*everything, *known])
    named = [best[target] for target in dict.fromkeys(anchor.url for anchor in known) if target != here]
    return Found(
        tuple(Link(anchor.url, anchor.title, with_year(anchor)) for anchor in named),
        further(text, url, root, everything, listing),
        parts_of(text, url, root, everything, listing),
        strange,
        doubts,
    )


def chosen_region(
    root: etree._Element, url: str, everything: list[Anchor], listing: Listing | None, portal: Portal | None
) -> tuple[list[Anchor], tuple[str, ...]]:
    """The anchors that the listing's selector chooses; all of them, with a doubt, where it chooses none."""
    if listing is None or not listing.links:
        return everything, ()
    chosen = {
        clean_address(
            url, found if isinstance(found, str) else href_in(found), portal.address if portal else None
        )
        for found in paging.select(root, listing.links)
    }
    region = [anchor for anchor in everything if anchor.url in chosen]
    if region:
        return region, ()
    return everything, (f"the selector {listing.links!r} finds no link on {url}",)


def href_in(element: etree._Element) -> str:
    """The address of a chosen element, or of the first link inside it (a selector may name the row)."""
    if href := element.get("href"):
        return href
    return next((href for link in element.iter("a") if (href := link.get("href"))), "")


def is_article(url: str, portal: Portal) -> bool:
    return any(pattern_knows(pattern, url) for pattern in portal.articles)


def pattern_knows(pattern: Pattern, url: str) -> bool:
    return re.search(pattern.match, url) is not None


def with_year(anchor: Anchor) -> str:
    """The date of a link; where the list prints only month and day, the year that the address agrees with.

    >>> with_year(Anchor("http://a.example/202405/t20240510_1.html", date="05-10"))
    '2024-05-10'
    >>> with_year(Anchor("http://a.example/7.html", date="05-10"))
    '05-10'
    """
    if not SHORT_DAY.fullmatch(anchor.date):
        return anchor.date
    month, day = anchor.date.split("-")
    found = re.search(
        rf"(?<!\d)((?:19|20)\d\d)[-/]?0?{int(month)}[-/]?0?{int(day)}(?!\d)", urlsplit(anchor.url).path
    )
    return f"{found[1]}-{anchor.date}" if found else anchor.date


def further(
    text: str, url: str, root: etree._Element, everything: list[Anchor], listing: Listing | None
) -> tuple[str, ...]:
    """The next page: declared by the portal, or guessed where nothing is declared because nobody knows the list."""
    if listing is not None:
        return paging.declared(url, listing, root)
    return paging.guessed(url, root, everything, text)


def parts_of(
    text: str, url: str, root: etree._Element, everything: list[Anchor], listing: Listing | None
) -> tuple[str, ...]:
    """The other pages of a newspaper issue, or the newest issue that a bare page sends its reader to."""
    if listing and listing.pages:
        found = (
            item if isinstance(item, str) else href_in(item) for item in paging.select(root, listing.pages)
        )
        return others((clean_address(url, href) for href in found), url)
    if listing and listing.kind in ("epaper", "date", "redirect", "xml-index"):
        folder = urljoin(url, ".")
        pages = [
            a.url for a in everything if PAPER_PAGE.search(urlsplit(a.url).path) and a.url.startswith(folder)
        ]
        return others(pages, url) or sent_to(text, url, everything)
    return sent_to(text, url, everything)


def others(found: Iterable[str], url: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target for target in found if target and target != url))


def sent_to(text: str, url: str, everything: list[Anchor]) -> tuple[str, ...]:
    """Where a page without links of its own sends its reader, by script or by meta refresh."""
    if len(everything) > 3 or len(text) > 20000:
        return ()
    found = SCRIPT_REDIRECT.search(text) or META_REFRESH.search(text)
    target = clean_address(url, found[1]) if found else ""
    return (target,) if target and target != url else ()
