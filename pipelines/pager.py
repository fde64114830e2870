"""Where an article that stands on several pages goes on, and over how many it says it does."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from lxml import etree

from pipelines.address import Matched, match
from pipelines.chain import nodes, text_of
from seeds.portal import Portal

MOST_LINKS = 2000
LONGEST = 2000  # characters of an address
FORWARD = re.compile(
    r"[\[【(（<]?(?:阅读)?(?:下一?[页頁]|后一?[页頁]|next\s?page)[\]】)）>»›]{0,2}", re.IGNORECASE
)
NUMBER = re.compile(r"[\[【(（]?(?:第\s?)?(\d{1,2})(?:\s?[页頁])?[\]】)）]?")
# TRS prints its pager by script: createPageHTML(total, current from 0, "t20080512_1234", "html").
BY_SCRIPT = re.compile(
    r"createPageHTML\s{0,3}\(\s{0,5}(\d{1,3})\s{0,5},\s{0,5}(\d{1,3})\s{0,5},\s{0,5}[\"']([\w-]{1,80})[\"']\s{0,5},\s{0,5}[\"'](\w{3,5})[\"']"
)
TOTAL = "__totalpage"
COUNTING = frozenset({"page", "pageno", "pagenum", "pageindex", "currpage", "pn", "p"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of an article: its tree and address, the address of the first page, and which it is, from 1."""

    root: etree._Element
    url: str
    first: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A link to another page of the same article; `number` is the one that its address counts."""

    url: str
    number: int
    text: str


def following(leaf: Leaf, portal: Portal | None = None) -> str:
    """The address of the article's next page, "" where it ends.

    The portal's numbering decides where its file declares one, then its own selector, then what any reader would
    take for the next page: 下一页 or the next number, at the same address with the next number behind it.
    """
    here = match(leaf.url, portal) if portal else None
    if here and here.pattern.page and here.key and portal:
        return by_numbering(leaf, portal, here) or by_selector(leaf, portal, here)
    chosen = by_selector(leaf, portal, here) if portal and here else ""
    return chosen or by_shape(leaf, [*shaped(leaf)]) or by_script(leaf)


def announced(leaf: Leaf, portal: Portal | None = None) -> int:
    """Over how many pages the article goes, as far as this one tells: 1 where it speaks of no other."""
    here = match(leaf.url, portal) if portal else None
    totals = [total(leaf), scripted(leaf)[0], leaf.number]
    if here and here.pattern.page and here.key and portal:
        return max(*totals, here.page, *(step.number for step in numbered(leaf, portal, here)))
    steps = [*shaped(leaf)]
    numbers = [int(said[1]) for step in steps if (said := NUMBER.fullmatch(step.text))]
    goes_on = by_shape(leaf, steps) or (portal and here and by_selector(leaf, portal, here))
    return max(*totals, leaf.number + bool(goes_on), *numbers)


def by_numbering(leaf: Leaf, portal: Portal, here: Matched) -> str:
    """The page with the next number: linked, or built where the page counts its pages and links by script."""
    wanted = here.page + 1
    linked = next((step.url for step in numbered(leaf, portal, here) if step.number == wanted), "")
    if linked or wanted > total(leaf):
        return linked
    stem, dot, suffix = leaf.first.rpartition(".")
    built = (f"{stem}{mark}{wanted}{dot}{suffix}" for mark in "_-")
    return next((url for url in built if is_page(match(url, portal), here, wanted)), "")


def is_page(other: Matched | None, here: Matched, number: int) -> bool:
    return other is not None and (other.key, other.page) == (here.key, number)


def numbered(leaf: Leaf, portal: Portal, here: Matched) -> Iterator[Step]:
    """The links to pages of the same article, as the portal's pattern counts them."""
    names = [here.groups[name] for name in here.pattern.key if name in here.groups]
    for url, text in links(leaf):
        if all(name in url for name in names) and (other := match(url, portal)) and other.key == here.key:
            yield Step(url, other.page, text)


def by_selector(leaf: Leaf, portal: Portal, here: Matched | None) -> str:
    """What the portal's chain for the next part selects, unless it is this page or another article's."""
    for entry in here.pattern.extract.next_page if here else ():
        for node in nodes(leaf.root, entry):
            url = absolute(base(leaf), hrefs(node))
            other = match(url, portal) if url else None
            if url and not same(url, leaf) and here and (other is None or other.key == here.key):
                return url
    return ""


def hrefs(node: object) -> str:
    """The address in what was selected: its own, or that of the first link inside it."""
    if not isinstance(node, etree._Element):
        return str(node)
    return next((link.get("href") or "" for link in node.iter("a")), "")


def by_shape(leaf: Leaf, steps: Iterable[Step]) -> str:
    """The link that says 下一页, or the next number, and has the next number behind the article's own address."""
    wanted = {leaf.number, leaf.number + 1}  # some count the second page as 1
    for step in steps:
        said = NUMBER.fullmatch(step.text)
        forward = int(said[1]) == leaf.number + 1 if said else FORWARD.fullmatch(step.text)
        if forward and step.number in wanted and not same(step.url, leaf):
            return step.url
    return ""


def shaped(leaf: Leaf) -> Iterator[Step]:
    """The links to the article's own address with a number behind it: …_2.html, …-2.html, …?page=2."""
    for url, text in links(leaf):
        number = counted(url, leaf.first)
        if number and len(text) <= 12:
            yield Step(url, number, text)


def counted(url: str, first: str) -> int:
    """Which page of the article at `first` an address names, 0 where it names none.

    >>> counted("http://a.example/c/7_2.html", "http://a.example/c/7.html"), counted("http://a.example/c/8.html", "http://a.example/c/7.html")
    (2, 0)
    >>> counted("http://a.example/show?id=7&page=3", "http://a.example/show?id=7")
    3
    """
    there, here = urlsplit(url), urlsplit(first)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc):
        return 0
    if there.path == here.path:
        return by_query(there.query, here.query)
    stem, suffix = parted(here.path)
    if stem.endswith("/") or there.query != here.query:
        return 0
    found = re.fullmatch(rf"{re.escape(stem)}[_-](\d{{1,2}}){re.escape(suffix)}", there.path)
    return int(found[1]) if found else 0


def parted(path: str) -> tuple[str, str]:
    """A path before its suffix, and the suffix.

    >>> parted("/c/7.html"), parted("/v1.2/show")
    (('/c/7', '.html'), ('/v1.2/show', ''))
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, dot + suffix) if dot and "/" not in suffix else (path, "")


def name_of(leaf: Leaf) -> str:
    """The last piece of the article's own address, without suffix: its further pages repeat it."""
    return parted(urlsplit(leaf.first).path)[0].rpartition("/")[2]


def by_query(query: str, first: str) -> int:
    """The page that a query counts, where it says nothing else that the first page's does not say.

    >>> by_query("id=7&page=2", "id=7"), by_query("id=8&page=2", "id=7"), by_query("id=7&sort=2", "id=7")
    (2, 0, 0)
    """
    said = parse_qsl(first, keep_blank_values=True)
    more = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair not in said]
    if len(more) != 1 or len(said) + 1 != len(parse_qsl(query, keep_blank_values=True)):
        return 0
    name, value = more[0]
    return int(value) if name.lower() in COUNTING and re.fullmatch(r"[0-9]{1,2}", value) else 0


def by_script(leaf: Leaf) -> str:
    """The next page of a pager that a script draws."""
    pages, current, suffix = scripted(leaf)
    if current + 1 >= pages:
        return ""
    stem = leaf.first.rpartition(".")[0]
    return f"{stem}_{current + 1}.{suffix}"


def scripted(leaf: Leaf) -> tuple[int, int, str]:
    """Pages, the current one from 0 and the suffix, where a script draws this article's pager; else (0, 0, "")."""
    name = name_of(leaf)
    for script in islice(leaf.root.iter("script"), 100):
        text = script.text or ""
        found = BY_SCRIPT.search(text) if "createPageHTML" in text else None
        if found and name and found[3] == name:
            return int(found[1]), int(found[2]), found[4]
    return 0, 0, ""


def total(leaf: Leaf) -> int:
    """How many pages a hidden field of the old 中工网 says there are, 0 where none does."""
    values = [node.get("value") or "" for node in leaf.root.iter("input") if node.get("name") == TOTAL]
    return max((int(value) for value in values if re.fullmatch(r"[0-9]{1,2}", value)), default=0)


def links(leaf: Leaf) -> Iterator[tuple[str, str]]:
    """Address and words of the links that could lead to another page of this article: they repeat its name."""
    name = name_of(leaf)
    start = base(leaf)
    for node in islice(leaf.root.iter("a"), MOST_LINKS):
        href = (node.get("href") or "").strip()
        if (href.startswith("?") or (name and name in href)) and (url := absolute(start, href)):
            yield url, text_of(node) or (node.get("title") or "")


def base(leaf: Leaf) -> str:
    """The address that relative links count from."""
    declared = next((href for node in leaf.root.iter("base") if (href := node.get("href"))), "")
    return absolute(leaf.url, declared) or leaf.url


def absolute(start: str, href: str) -> str:
    """An absolute address without its fragment, "" for what leads to no page.

    >>> absolute("http://a.example/c/7.html", "7_2.html#top"), absolute("http://a.example/", "javascript:next()")
    ('http://a.example/c/7_2.html', '')
    """
    if not href:
        return ""
    try:
        url = urldefrag(urljoin(start, href))[0]
        host = urlsplit(url).hostname
    except ValueError:  # half an IPv6 bracket
        return ""
    return url if host and url.startswith(("http://", "https://")) and len(url) <= LONGEST else ""


def same(url: str, leaf: Leaf) -> bool:
    return url in (leaf.url, leaf.first)
