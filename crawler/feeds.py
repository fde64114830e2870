"""Feeds, sitemaps, newspaper indexes and JSON lists: links from everything that is not HTML."""

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from crawler.anchors import clean_address
from crawler.paging import counted, filled
from pipelines.dates import read_date
from pipelines.document import tidy
from seeds.portal import Address, Listing

LARGEST = 8 * 1024 * 1024  # of an unpacked sitemap, as of any reply
MOST_LINKS = 5000
KEEP_FRAGMENT = Address(keep_fragment=True)  # a feed's fragment is part of what it links to
MARKUP = re.compile(r"<[^<>]{0,300}>")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
DECLARATION = re.compile(r"^\s{0,200}<\?xml[^>]{0,200}\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,500}(?:\[[^\]]{0,20000}\][^>]{0,100})?>", re.IGNORECASE)
# Feeds written by hand carry bare ampersands; they are no entities.
BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One link as a feed or index gives it."""

    url: str
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What such a document holds: entries, further documents of the same list (`parts`), the next page."""

    links: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()
    next: tuple[str, ...] = ()


def unpacked(body: bytes) -> bytes:
    """A gzipped sitemap's bytes, at most 8 MiB of them; anything else as it is."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            return stream.read(LARGEST)
    except (OSError, EOFError, zlib.error):
        return b""


def parse_xml(text: str) -> etree._Element | None:
    """The tree of a feed: entities not expanded, document types dropped, broken markup mended, None for no XML."""
    copy = NOT_XML.sub("", DOCTYPE.sub("", DECLARATION.sub("", text)))
    copy = BARE_AMPERSAND.sub("&amp;", copy).strip()
    if not copy.startswith("<"):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(copy.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def local(element: etree._Element) -> str:
    """A tag's name without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for child in element:
        if name := local(child):
            yield name, child


def text_of(element: etree._Element) -> str:
    return tidy(MARKUP.sub("", "".join(map(str, element.itertext(tag=etree.Element)))))


def xml_kind(root: etree._Element) -> str:
    """What an XML document is: "feed", "sitemap", "sitemap-index" or "xml-index"."""
    match local(root):
        case "rss" | "rdf" | "feed" | "channel":
            return "feed"
        case "urlset":
            return "sitemap"
        case "sitemapindex":
            return "sitemap-index"
        case _:
            return "xml-index"


def from_xml(root: etree._Element, url: str, listing: Listing | None = None) -> Entries:
    """The links of a feed or sitemap; what is neither is read as a newspaper's index, by the portal's paths or ours."""
    match xml_kind(root):
        case "feed":
            return Entries(tuple(feed_entries(root, url)), next=next_in_feed(root, url))
        case "sitemap":
            return Entries(tuple(site_entries(root, url, "url")))
        case "sitemap-index":
            return Entries(parts=newest_first(site_entries(root, url, "sitemap")))
        case _:
            declared = listing is not None and bool(listing.items)
            found = declared_entries(root, url, listing) if listing and declared else index_entries(root, url)
            return Entries(parts=newest_first(found))


def newest_first(found: Iterator[Entry]) -> tuple[Entry, ...]:
    """Sorted by date where dates are known; entries without one keep their order at the end."""
    return tuple(sorted(found, key=lambda entry: entry.date, reverse=True))


def feed_entries(root: etree._Element, url: str) -> Iterator[Entry]:
    """The items of RSS 0.9 to 2.0, RDF and Atom."""
    count = 0
    for item in root.iter(etree.Element):
        if local(item) not in ("item", "entry"):
            continue
        entry = feed_entry(item, url)
        if entry.url:
            count += 1
            yield entry
        if count >= MOST_LINKS:
            return


def feed_entry(item: etree._Element, url: str) -> Entry:
    link = identity = title = date = ""
    for name, child in children(item):
        match name:
            case "link" if child.get("rel", "alternate") == "alternate":
                link = link or (child.get("href") or text_of(child))
            case "guid" | "id" if child.get("isPermaLink", "true") != "false":
                identity = identity or text_of(child)
            case "title":
                title = title or text_of(child)
            case "pubdate" | "date" | "published" | "issued" | "created":
                date = date or text_of(child)
            case "updated" | "modified" if not date:
                date = text_of(child)
            case _:
                continue
    identity = identity if identity.startswith(("http://", "https://")) else ""
    return Entry(clean_address(url, link or identity, KEEP_FRAGMENT), title, iso(date))


def next_in_feed(root: etree._Element, url: str) -> tuple[str, ...]:
    """The older page of an Atom feed that says it has one (RFC 5005)."""
    for element in root.iter(etree.Element):
        if local(element) == "link" and element.get("rel") == "next":
            target = clean_address(url, element.get("href") or "")
            return (target,) if target else ()
    return ()


def site_entries(root: etree._Element, url: str, kind: str) -> Iterator[Entry]:
    """The addresses of a sitemap; a news sitemap also gives titles and dates."""
    for count, (name, child) in enumerate(children(root)):
        if count >= MOST_LINKS * 10:
            return
        if name != kind:
            continue
        fields = {
            local(element): text_of(element) for element in child.iter(etree.Element) if len(element) == 0
        }
        target = clean_address(url, fields.get("loc", ""), KEEP_FRAGMENT)
        if target:
            date = fields.get("publication_date") or fields.get("lastmod") or ""
            yield Entry(target, fields.get("title", ""), iso(date))


def index_entries(root: etree._Element, url: str) -> Iterator[Entry]:
    """The issues of a newspaper by a month's index: Founder's period.xml and navi.xml.

    Any element that holds a date and an address is an issue; the address counts from the index itself.
    """
    for element in root.iter(etree.Element):
        fields = {name: text_of(child) for name, child in children(element) if len(child) == 0}
        date = next((value for name, value in fields.items() if "date" in name), "")
        page = next(
            (value for name, value in fields.items() if re.search(r"front_page|url|href|link|loc", name)), ""
        )
        if date and page:
            day = iso(date)[:10]
            target = clean_address(url, issue_address(page, day))
            if target:
                yield Entry(target, "", day)


def declared_entries(root: etree._Element, url: str, listing: Listing) -> Iterator[Entry]:
    """The issues of an index by the portal's own element names; `link` may be an address with {element} in it."""
    name = listing.items.rpartition(".")[2].lower()
    for element in root.iter(etree.Element):
        if local(element) != name:
            continue
        fields = {field: text_of(child) for field, child in children(element)}
        day = iso(fields.get(listing.date.rpartition(".")[2].lower(), ""))[:10]
        page = fill(listing.link, fields) if "{" in listing.link else fields.get(listing.link.lower(), "")
        target = clean_address(url, page)
        if target:
            yield Entry(target, "", day)


def fill(template: str, fields: Mapping[str, str]) -> str:
    return re.sub(r"\{([\w.]+)\}", lambda hole: fields.get(hole[1].rpartition(".")[2].lower(), ""), template)


def issue_address(page: str, day: str) -> str:
    """Where an issue stands: Founder's front_page is "node_1.htm" and lies in the folder of its day."""
    return page if "/" in page or not day else f"{day[8:10]}/{page}"


def iso(text: str) -> str:
    """A feed's date as ISO 8601, "" where it is none.

    >>> iso("Tue, 27 Dec 2005 13:08:54+0900"), iso("2024-05-10T06:58:00Z"), iso("2024-05-10"), iso("soon")
    ('2005-12-27T13:08:54+09:00', '2024-05-10T06:58:00+00:00', '2024-05-10', '')
    """
    text = text.strip()[:80]
    if not text:
        return ""
    try:
        if re.match(r"\d{4}-\d\d-\d\d$", text):
            return datetime.fromisoformat(text).date().isoformat()
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(re.sub(r"(\d)([+-]\d{4})$", r"\1 \2", text)).isoformat()
    except (ValueError, IndexError, TypeError):
        found = read_date(text)
        return found.iso if found else ""


def from_json(text: str, url: str, listing: Listing | None) -> Entries:
    """The links of a JSON list: by the portal's dotted paths, or JSON Feed where it is one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Entries()
    plan = listing or Listing(url)
    if (
        not plan.items
        and isinstance(data, dict)
        and str(data.get("version", "")).startswith("https://jsonfeed.org/")
    ):
        plan = Listing(
            url, "json", items="items", link="url", title="title", date="date_published", cursor="next_url"
        )
    found = tuple(json_entries(data, plan, url))
    return Entries(found[:MOST_LINKS], next=json_next(data, plan, url))


def json_entries(data: Any, plan: Listing, url: str) -> Iterator[Entry]:
    for item in many(data, plan.items):
        target = clean_address(url, pathed(item, plan.link or "url"), KEEP_FRAGMENT)
        if target:
            date = one(item, plan.date or "date")
            yield Entry(
                target, tidy(MARKUP.sub("", one(item, plan.title or "title"))), iso(date) or json_date(date)
            )


def pathed(item: Any, link: str) -> str:
    """The address in an item: at a dotted path, or an address with {dotted.path} in it.

    >>> pathed({"id": 7}, "https://a.example/{id}.html")
    'https://a.example/7.html'
    """
    return re.sub(r"\{([\w.]+)\}", lambda hole: one(item, hole[1]), link) if "{" in link else one(item, link)


def json_date(text: str) -> str:
    """A date that some CMS prints in JSON: seconds or milliseconds since 1970, or a Chinese form."""
    found = read_date(text)
    return found.iso if found else ""


def json_next(data: Any, plan: Listing, url: str) -> tuple[str, ...]:
    """The next page: counted in the address, or the cursor put into the template, or the cursor where it is an address.

    A cursor may stand beside the items or in the last of them.
    """
    if not plan.cursor and plan.next.kind in ("suffix", "query"):
        return counted(url, plan, None) if many(data, plan.items) else ()
    items = many(data, plan.items)
    cursor = (one(data, plan.cursor) or one(items[-1] if items else None, plan.cursor)) if plan.cursor else ""
    if not cursor or cursor in ("0", "False", "None"):
        return ()
    if plan.next.template:
        cursor = filled(plan.next.template, plan.url, 0, cursor=cursor)
    target = clean_address(url, cursor)
    return (target,) if target and target != url else ()


def many(data: Any, path: str) -> list[Any]:
    """What stands at a dotted path, as a list; "" is the document itself."""
    for name in filter(None, path.split(".")):
        data = step(data, name)
    if isinstance(data, dict):
        return list(data.values())
    return data if isinstance(data, list) else []


def one(data: Any, path: str) -> str:
    """The text at a dotted path, "" where there is none."""
    for name in filter(None, path.split(".")):
        data = step(data, name)
    return str(data) if isinstance(data, str | int | float) and not isinstance(data, bool) else ""


def step(data: Any, name: str) -> Any:
    if isinstance(data, dict):
        return data.get(name)
    if isinstance(data, list) and name.isdigit() and int(name) < len(data):
        return data[int(name)]
    return None
