"""The links of a page with what stands around them: title, date, whether they belong to the furniture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree

from pipelines.address import identifying
from pipelines.dates import dates
from pipelines.document import tidy
from seeds.portal import Address

MOST_ANCHORS = 6000  # no list page seen has a fifth of that; hostile pages have fifty thousand
LONGEST_URL = 2000
LONGEST_TITLE = 300

# What a browser strips from an address before reading it (WHATWG URL §4.4); people.com.cn breaks lines inside href.
IN_HREF = re.compile(r"[\t\r\n]+")
# Class and id words of the parts of a page that are the same on every page.
FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navi|navbar|menu|submenu|header|head|top|topbar|foot|footer|bottom|crumb|breadcrumb|bread|position|"
    r"weizhi|location|copyright|friend|friendlink|friendlinks|flink|links|yqlj|sitemap|login|search|share|lang|toolbar|"
    r"page|pages|pager|paging|pagination|fenye)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
FURNITURE_TAGS = frozenset({"nav", "header", "footer", "select", "form"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_CLASS = re.compile(r"(?:^|[-_\s])(?:title|tit|headline|bt|biaoti|subject)(?:$|[-_\s\d])", re.IGNORECASE)
BLOCKS = frozenset({"div", "p", "ul", "li", "dl", "dt", "dd", "section", "article", "table", "tr", "td"})
# Link texts that name no article.
GENERIC = re.compile(
    r"^[\[【(（<《]?\s{0,3}(?:更多|详细|详情|查看|查看详情|查看全文|阅读全文|阅读更多|全文|点击进入|点击查看|more|read more|"
    r"查看更多|\d{1,3}|图片?|\[图\])\s{0,3}[\]】)）>》]?[>»…\s]{0,4}$",
    re.IGNORECASE,
)
COUNTER = re.compile(r"\d{1,4}[.、]?")
BULLET = re.compile(r"^[>»›·•■□◆▪●○★☆]{1,3}\s{0,3}")
CUT = re.compile(r"(?:\.{2,6}|…{1,3})$")

SHORT_DAY = re.compile(
    r"[\[【(（]?\s{0,2}(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?:\s{1,3}\d{1,2}:\d\d)?\s{0,2}[\]】)）]?"
)
DAY_ONLY = re.compile(r"(\d{1,2})日?")
YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})月?")
YEAR_ONLY = re.compile(r"((?:19|20)\d\d)年?")
AGO = re.compile(r"(?:\d{1,4}\s?(?:秒|分钟|小时|天|周)前|(?:今天|昨天|前天|刚刚)(?:\s{0,2}\d{1,2}:\d\d)?)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link: its address, the best title said of it, the date near it as ISO 8601 or as printed ("11-20")."""

    url: str
    title: str = ""
    date: str = ""
    text: str = ""
    furniture: bool = False


def clean_address(base: str, href: str, address: Address | None = None) -> str:
    """The absolute address without tracking and fragment, "" where it is none we could visit.

    >>> clean_address("https://union.example/a/", " ./1.html?spm=1.2&id=7#top")
    'https://union.example/a/1.html?id=7'
    >>> clean_address("https://union.example/", "javascript:void(0)")
    ''
    """
    plan = address or Address()
    href = IN_HREF.sub("", href).strip()
    if not href or len(href) > LONGEST_URL:
        return ""
    try:
        parts = urlsplit(urljoin(base, href))
        host = parts.hostname
    except ValueError:  # an address with half an IPv6 bracket
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    fragment = parts.fragment if plan.keep_fragment or parts.fragment.startswith(("/", "!/")) else ""
    path = parts.path or "/"
    return urlunsplit((parts.scheme, parts.netloc, path, identifying(parts.query, plan), fragment))


def base_of(root: etree._Element, url: str) -> str:
    """The address that relative links count from."""
    for element in root.iter("base"):
        if href := element.get("href"):
            return clean_address(url, href) or url
    return url


def anchors(root: etree._Element, url: str, address: Address | None = None) -> list[Anchor]:
    """Every visitable link of a page in reading order; the same address may stand in several."""
    base = base_of(root, url)
    found = []
    for element in root.iter("a", "area"):
        target = clean_address(base, element.get("href") or "", address)
        if target:
            found.append((element, target))
        if len(found) >= MOST_ANCHORS:
            break
    crowd = crowding(found)
    return [described(element, target, crowd) for element, target in found]


def crowding(found: list[tuple[etree._Element, str]]) -> dict[etree._Element, set[str]]:
    """For the ancestors of links: which addresses stand inside them (up to four are told apart)."""
    crowd: dict[etree._Element, set[str]] = {}
    for element, target in found:
        for ancestor in lineage(element):
            inside = crowd.setdefault(ancestor, set())
            if len(inside) < 4:
                inside.add(target)
    return crowd


def lineage(element: etree._Element) -> Iterator[etree._Element]:
    """The element and its ancestors, eight at most, short of the body."""
    current: etree._Element | None = element
    for _ in range(8):
        if current is None or current.tag in ("body", "html"):
            return
        yield current
        current = current.getparent()


def described(element: etree._Element, target: str, crowd: dict[etree._Element, set[str]]) -> Anchor:
    pieces = texts(element)
    title = title_of(element, pieces)
    return Anchor(
        target,
        title,
        date_near(element, title, crowd),
        tidy(" ".join(pieces))[:LONGEST_TITLE],
        in_furniture(element),
    )


def texts(element: etree._Element, limit: int = 40) -> list[str]:
    """The pieces of visible text inside an element, in order."""
    pieces: list[str] = []
    for piece in element.itertext(tag=etree.Element):
        text = tidy(str(piece))
        if text:
            pieces.append(text[:LONGEST_TITLE])
        if len(pieces) >= limit:
            break
    return pieces


def title_of(element: etree._Element, pieces: list[str]) -> str:
    """What the link says it leads to: its heading, its title attribute where the text was cut, else its text.

    Dates that stand inside the link are not part of its title.
    """
    spoken = without_ranks([piece for piece in pieces if not is_date(piece)])
    text = tidy(" ".join(spoken)) if not has_blocks(element) else heading_in(element) or (spoken or [""])[0]
    text = BULLET.sub("", text)
    said = tidy(element.get("title") or "")
    if not said or GENERIC.match(said):
        return text[:LONGEST_TITLE]
    stem = CUT.sub("", text)
    cut = not stem or GENERIC.match(text) or (len(said) > len(stem) and said.startswith(stem[:8]))
    return (said if cut else text)[:LONGEST_TITLE]


def without_ranks(pieces: list[str]) -> list[str]:
    """The pieces of a title without a place in a ranking before it or a number of readers after it.

    >>> without_ranks(["10", "售价来了", "12"]), without_ranks(["第", "5", "届职代会"])
    (['售价来了'], ['第', '5', '届职代会'])
    """
    ends = [place for place, piece in enumerate(pieces) if not COUNTER.fullmatch(piece)]
    return pieces[ends[0] : ends[-1] + 1] if ends else pieces


def has_blocks(element: etree._Element) -> bool:
    return any(
        child.tag in BLOCKS or child.tag in HEADINGS for child in element.iterdescendants(etree.Element)
    )


def heading_in(element: etree._Element) -> str:
    """The title inside a link that holds a whole card (picture, title, summary, date)."""
    for child in element.iterdescendants(etree.Element):
        if child.tag in HEADINGS or TITLE_CLASS.search((child.get("class") or "")[:120]):
            text = tidy(" ".join(piece for piece in texts(child) if not is_date(piece)))
            if text:
                return text
    return ""


def is_date(text: str) -> bool:
    """Whether a piece of text is a date and nothing else.

    >>> is_date("[2024-05-10]"), is_date("05-10"), is_date("2024年工作要点")
    (True, True, False)
    """
    bare = text.strip("[]【】()（）\xa0 ")
    if len(bare) > 30:
        return False
    if SHORT_DAY.fullmatch(bare) or AGO.fullmatch(bare):
        return True
    found = dates(bare)
    return bool(found) and found[0].end - found[0].start >= len(bare) - 3


def date_near(element: etree._Element, title: str, crowd: dict[etree._Element, set[str]]) -> str:
    """The date printed for a link: inside its own item, else right after it, else right before, else alone in its row."""
    item = element
    for ancestor in lineage(element):
        if len(crowd.get(ancestor, ())) > 1:
            break
        item = ancestor
    for pieces in (texts(item), beside(item, crowd, forward=True), beside(item, crowd, forward=False)):
        if date := date_in([piece for piece in pieces if piece not in title]):
            return date
    row = item.getparent()
    if row is not None and 1 < len(crowd.get(row, ())) <= 3:
        alone = {date for piece in texts(row) if piece not in title and (date := date_in([piece]))}
        return alone.pop() if len(alone) == 1 else ""
    return ""


def beside(item: etree._Element, crowd: dict[etree._Element, set[str]], *, forward: bool) -> list[str]:
    """The text between an item and the next link."""
    pieces = [tidy(item.tail or "")] if forward else []
    current = item
    for _ in range(3):
        following = current.getnext() if forward else current.getprevious()
        if following is None or crowd.get(following) or not isinstance(following.tag, str):
            break
        current = following
        pieces += texts(current, limit=6)
        pieces += [tidy(current.tail or "")] if forward else []
    return [piece[:200] for piece in pieces if piece]


def date_in(pieces: list[str]) -> str:
    """The date that some pieces of text say, ISO 8601 where they name the year.

    >>> date_in(["来源：工会网", "2024年5月1日"]), date_in(["21", "2026-11"]), date_in(["[05-10]"]), date_in(["3-1班"])
    ('2024-05-01', '2026-11-21', '05-10', '')
    """
    for piece in pieces:
        if found := dates(piece[:200]):
            return found[0].iso
    return split_date(pieces) or undated_day(pieces)


def split_date(pieces: list[str]) -> str:
    """A date in two boxes: the day large, year and month small; or month and day above the year."""
    bare = [piece.strip("[]【】()（）/ ") for piece in pieces]
    months = [match for piece in bare if (match := YEAR_MONTH.fullmatch(piece))]
    days = [match for piece in bare if (match := DAY_ONLY.fullmatch(piece))]
    if months and days:
        return valid(months[0][1], months[0][2], days[0][1])
    years = [match for piece in bare if (match := YEAR_ONLY.fullmatch(piece))]
    short = [match for piece in bare if (match := SHORT_DAY.fullmatch(piece))]
    return valid(years[0][1], short[0][1], short[0][2]) if years and short else ""


def undated_day(pieces: list[str]) -> str:
    """A day without a year, or "3小时前": as printed, for the one who knows when it was printed."""
    for piece in pieces:
        if (match := SHORT_DAY.fullmatch(piece)) and valid("2024", match[1], match[2]):
            return f"{int(match[1]):02d}-{int(match[2]):02d}"
        if AGO.fullmatch(piece):
            return piece
    return ""


def valid(year: str, month: str, day: str) -> str:
    found = dates(f"{year}-{int(month):02d}-{int(day):02d}")
    return found[0].iso if found else ""


def in_furniture(element: etree._Element) -> bool:
    """Whether a link stands in the navigation, the header, the footer or the pager."""
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth > 12 or ancestor.tag in ("body", "html"):
            return False
        marks = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"[:200]
        if ancestor.tag in FURNITURE_TAGS or FURNITURE.search(marks):
            return True
    return False


def best_titles(found: list[Anchor]) -> dict[str, Anchor]:
    """One anchor an address, in reading order, with the best title and date among all that lead there."""
    best: dict[str, Anchor] = {}
    for anchor in found:
        known = best.get(anchor.url)
        best[anchor.url] = anchor if known is None else merged(known, anchor)
    return best


def merged(one: Anchor, other: Anchor) -> Anchor:
    title = max(one.title, other.title, key=merit)
    furniture = one.furniture and other.furniture
    return Anchor(one.url, title, one.date or other.date, max(one.text, other.text, key=len), furniture)


def merit(title: str) -> tuple[bool, bool, int]:
    """Titles are compared by: says something, is no summary, length."""
    return bool(title) and not GENERIC.match(title), len(title) <= 90, len(title)
