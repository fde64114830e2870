"""From a fetched list, feed, sitemap or newspaper index to the links worth visiting; pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler import feeds, paging
from crawler.anchors import CUT, Anchor, anchors, best_titles, clean_address, date_in
from crawler.selecting import linked, select, spoken
from crawler.shapes import likely, strength
from pipelines.address import match
from pipelines.decode import decode
from pipelines.document import parse
from seeds.portal import Address, Listing, Portal

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
        return of_entries(feeds.from_xml(root, url, listing), listing, portal)
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
    return [link for link in chosen if strength(link.url) >= 1]


def of_html(text: str, url: str, listing: Listing | None, portal: Portal | None) -> Found:
    root = parse(with_rows(text))
    if root is None:
        return Found()
    page = Sheet(text, url, root, tuple(anchors(root, url, portal.address if portal else None)))
    chosen, doubts = chosen_anchors(page, listing, portal)
    selected = chosen is not None
    region = list(page.anchors) if chosen is None else chosen
    if portal and portal.articles:
        known = [anchor for anchor in region if is_article(anchor.url, portal)]
    else:
        known = region if selected else likely(region, url)
    here = url.partition("#")[0]
    met = {anchor.url for anchor in known}
    best = best_titles(known if selected else [*page.anchors, *known])
    named = [best[target] for target in dict.fromkeys(anchor.url for anchor in known) if target != here]
    return Found(
        tuple(Link(anchor.url, anchor.title, with_year(anchor)) for anchor in named),
        further(page, listing),
        parts_of(page, listing),
        tuple(dict.fromkeys(anchor.url for anchor in region if selected and anchor.url not in met)),
        doubts,
    )


def with_rows(text: str) -> str:
    """A page with the rows that stand inside a script put where a reader would see them."""
    rows = "".join(ROWS_IN_SCRIPT.findall(text)) if "<record>" in text else ""
    end = text.rfind("</body")
    return f"{text[:end]}<ul>{rows}</ul>{text[end:]}" if rows and end >= 0 else f"{text}{rows}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list page taken apart once: its text, address, tree and links."""

    text: str
    url: str
    root: etree._Element
    anchors: tuple[Anchor, ...]


def chosen_anchors(
    page: Sheet, listing: Listing | None, portal: Portal | None
) -> tuple[list[Anchor] | None, tuple[str, ...]]:
    """The anchors that the listing's selectors choose; None, with a doubt, where they choose nothing."""
    if listing is None or not (
        listing.links or (listing.items and listing.kind not in ("json", "xml-index"))
    ):
        return None, ()
    address = portal.address if portal else None
    if listing.links:
        targets = {
            clean_address(page.url, linked(found), address) for found in select(page.root, listing.links)
        }
        region = [anchor for anchor in page.anchors if anchor.url in targets]
    else:
        found = (from_item(item, page, listing, address) for item in select(page.root, listing.items))
        region = [anchor for anchor in found if anchor is not None]
    if region:
        return region, ()
    return None, (f"the selector {listing.links or listing.items!r} finds no link",)


def from_item(
    item: etree._Element | str, page: Sheet, listing: Listing, address: Address | None
) -> Anchor | None:
    """The link of one row, its title and date by the row's own selectors where the portal names them."""
    if isinstance(item, str):
        return None
    named = next(iter(select(item, listing.link)), None) if listing.link else item
    target = clean_address(page.url, linked(named), address) if named is not None else ""
    if not target:
        return None
    near = next((anchor for anchor in page.anchors if anchor.url == target), Anchor(target))
    title = next(filter(None, map(spoken, select(item, listing.title))), "") if listing.title else ""
    printed = [spoken(found) for found in select(item, listing.date)] if listing.date else []
    fuller = near.title if not title or CUT.search(title) or near.title.startswith(title) else title
    return replace(near, title=fuller, date=date_in(printed) or near.date)


def is_article(url: str, portal: Portal) -> bool:
    return match(url, portal) is not None


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


def further(page: Sheet, listing: Listing | None) -> tuple[str, ...]:
    """The next page: declared by the portal, or guessed where nothing is declared because nobody knows the list."""
    if listing is not None:
        return paging.declared(page.url, listing, page.root)
    return paging.guessed(page.url, page.root, page.anchors, page.text)


def parts_of(page: Sheet, listing: Listing | None) -> tuple[str, ...]:
    """The other pages of a newspaper issue, or the newest issue that a bare page sends its reader to."""
    if listing and listing.pages:
        found = [clean_address(page.url, linked(item)) for item in select(page.root, listing.pages)]
        return others(found, page.url) or sent_to(page)
    if listing and listing.kind in ("epaper", "date", "redirect", "xml-index"):
        folder = urljoin(page.url, ".")
        return others((a.url for a in page.anchors if is_paper_page(a.url, folder)), page.url) or sent_to(
            page
        )
    return sent_to(page)


def is_paper_page(url: str, folder: str) -> bool:
    return url.startswith(folder) and PAPER_PAGE.search(urlsplit(url).path) is not None


def others(found: Iterable[str], url: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target for target in found if target and target != url))


def sent_to(page: Sheet) -> tuple[str, ...]:
    """Where a page without links of its own sends its reader, by script or by meta refresh."""
    if len(page.anchors) > 3 or len(page.text) > 20000:
        return ()
    found = SCRIPT_REDIRECT.search(page.text) or META_REFRESH.search(page.text)
    return others([clean_address(page.url, found[1])] if found else [], page.url)
