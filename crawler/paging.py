"""How a list goes on: the address of its next page, as the portal declares it or as the page itself says."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from lxml import etree

from crawler.anchors import Anchor, clean_address
from crawler.selecting import linked, number_of, select, spoken
from seeds.portal import Listing, Next

FORWARD = re.compile(
    r"^[\[【(（<]?\s{0,3}(?:下一?[页頁]|后一?[页頁]|下页|next(?:\s?page)?|older|[>›»]{1,2}|下一页\s{0,2}[>›»]{1,2})\s{0,3}[\]】)）>]?$",
    re.IGNORECASE,
)
# TRS prints its pager by script: createPageHTML(total, current from 0, "index", "html").
CREATE_PAGE = re.compile(
    r"createPageHTML\s{0,3}\(\s{0,5}(\d{1,5})\s{0,5},\s{0,5}(\d{1,5})\s{0,5},\s{0,5}[\"']([\w-]{1,60})[\"']\s{0,5},\s{0,5}[\"'](\w{3,5})[\"']"
)
COUNT = re.compile(
    r"\b(?:countPage|totalPage|pageCount|totalpages?|countpages?)\s{0,3}=\s{0,3}[\"']?(\d{1,5})",
    re.IGNORECASE,
)
CURRENT = re.compile(
    r"\b(?:currentPage|curPage|pageNow|pageIndex|currpage)\s{0,3}=\s{0,3}[\"']?(\d{1,5})", re.IGNORECASE
)
PAGED_SCRIPT = re.compile(r"[\"'](index|list|default)[\"']?\s{0,3}\+\s{0,3}[\"']_", re.IGNORECASE)
# The part of an address that counts pages.
IN_PATH = re.compile(
    r"(?P<head>.{0,80}?(?:index|list|node|page|p|default|channel|column|[a-z]{1,12})(?:_\d{1,6}){0,2}?[_-]?)(?P<n>\d{1,4})(?P<tail>\.\w{3,5}|/)?$",
    re.IGNORECASE,
)
PAGE_QUERY = frozenset(
    {"page", "pageno", "pagenum", "pageindex", "currpage", "pn", "p", "paged", "start_page"}
)
BACKWARD = re.compile(r"^\W{0,3}(?:上一?[页頁]|前一?[页頁]|首[页頁]|prev)", re.IGNORECASE)
NUMBER = re.compile(r"^[\[【(（]?\s{0,2}(\d{1,4})\s{0,2}[\]】)）]?$")


def declared(url: str, listing: Listing, root: etree._Element | None) -> tuple[str, ...]:
    """The next page by the portal's own plan; () where there is none or the end is reached."""
    plan = listing.next
    if plan.kind in ("link", "countdown"):
        return () if root is None else by_selector(url, plan, root)
    if plan.kind in ("suffix", "query"):
        return counted(url, listing, root)
    return ()  # none; a cursor is read where the data is


def counted(url: str, listing: Listing, root: etree._Element | None) -> tuple[str, ...]:
    """The page after this one, where pages are numbered in the address."""
    plan = listing.next
    here = next((page for page in range(1, plan.limit + 2) if page_address(listing, page) == url), 0)
    total = max(map(number_of, select(root, plan.total)), default=0) if plan.total and root is not None else 0
    if total and here + 1 >= total:
        return ()
    following = page_address(listing, here + 1)
    return (following,) if following != url else ()


def page_address(listing: Listing, page: int) -> str:
    """The address of a further page of a list: 1 is the first after the list itself.

    >>> page_address(Listing("http://a.example/30/30.shtml", next=Next("suffix", "{stem}_{n}.shtml")), 1)
    'http://a.example/30/30_2.shtml'
    """
    plan = listing.next
    template = plan.template or ("{url}?page={n}" if plan.kind == "query" else "{stem}_{n}.html")
    n = plan.first + (page - 1) * plan.step
    address = filled(template, listing.url, n, plan.step)
    return address.replace("?", "&").replace("&", "?", 1) if address.count("?") > 1 else address


def filled(template: str, url: str, n: int, step: int = 1, cursor: str = "") -> str:
    """A template with its holes filled: {url} {stem} {n} {end} {cursor}."""
    holes = {"url": url, "stem": stem_of(url), "n": str(n), "end": str(n + step - 1), "cursor": cursor}
    return re.sub(r"\{(\w+)\}", lambda hole: holes.get(hole[1], hole[0]), template)


def stem_of(url: str) -> str:
    """An address without its suffix; a folder's stem is its index.

    >>> stem_of("http://a.example/b/"), stem_of("http://a.example/30/30.shtml")
    ('http://a.example/b/index', 'http://a.example/30/30')
    """
    parts = urlsplit(url)
    path = parts.path or "/"
    path = f"{path}index" if path.endswith("/") else re.sub(r"\.\w{2,5}$", "", path)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def by_selector(url: str, plan: Next, root: etree._Element) -> tuple[str, ...]:
    """The link that the portal's selector names, of several the one that says "next"; without one, 下一页."""
    if not plan.selector:
        return forward_links(root, url)[:1]
    chosen = [(spoken(found), clean_address(url, linked(found))) for found in select(root, plan.selector)]
    targets = [(text, target) for text, target in chosen if target and target != url]
    forward = [target for text, target in targets if FORWARD.match(text[:40])]
    alone = [target for text, target in targets if not BACKWARD.match(text[:40])] if len(targets) == 1 else []
    return tuple((forward or alone)[:1])


def forward_links(root: etree._Element, url: str) -> tuple[str, ...]:
    """The targets of rel=next and of links that say "next page"."""
    targets = []
    for element in root.iter("link", "a"):
        forward = "next" in (element.get("rel") or "").lower().split()
        if not forward and element.tag == "a":
            forward = bool(FORWARD.match(spoken(element)[:40]) or FORWARD.match(element.get("title") or ""))
        target = clean_address(url, element.get("href") or "") if forward else ""
        if target and target != url:
            targets.append(target)
    return tuple(dict.fromkeys(targets))


def guessed(url: str, root: etree._Element, found: Iterable[Anchor], text: str) -> tuple[str, ...]:
    """The next page of a list that no portal file describes."""
    return forward_links(root, url)[:1] or by_script(url, text) or by_number(url, found)


def by_script(url: str, text: str) -> tuple[str, ...]:
    """TRS pagers: index.html, index_1.html … counted from nought by script.

    >>> by_script("http://a.example/gzdt/", 'createPageHTML(12, 0, "index", "html");')
    ('http://a.example/gzdt/index_1.html',)
    """
    if match := CREATE_PAGE.search(text):
        total, here, stem, suffix = int(match[1]), int(match[2]), match[3], match[4]
    elif (
        (count := COUNT.search(text))
        and (current := CURRENT.search(text))
        and (paged := PAGED_SCRIPT.search(text))
    ):
        total, here, stem, suffix = int(count[1]), int(current[1]), paged[1], "html"
    else:
        return ()
    return (urljoin(url, f"{stem}_{here + 1}.{suffix}"),) if here + 1 < total else ()


def by_number(url: str, found: Iterable[Anchor]) -> tuple[str, ...]:
    """Numbered pagers: the link whose text is the number after this page's and whose address counts pages."""
    here = number_in(url) or 1
    for anchor in found:
        match = NUMBER.match(anchor.text)
        if (
            match
            and int(match[1]) == here + 1
            and anchor.url != url
            and number_in(anchor.url) in (here, here + 1)
        ):
            return (anchor.url,)
    return ()


def number_in(url: str) -> int | None:
    """Which page of a list an address names, None where it does not count.

    >>> number_in("http://a.example/list_3.html"), number_in("http://a.example/?page=4"), number_in("http://a.example/a/")
    (3, 4, None)
    """
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in PAGE_QUERY and value.isascii() and value.isdigit() and len(value) <= 5:
            return int(value)
    last = parts.path.rstrip("/").rpartition("/")[2][-80:]
    match = IN_PATH.match(last)
    return int(match["n"]) if match else None
