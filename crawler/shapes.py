"""Which links of an unknown page lead to articles: decided for whole families of addresses, not link by link."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from ipaddress import ip_address
from statistics import mean, median
from urllib.parse import urlsplit, urlunsplit

from crawler.anchors import GENERIC, Anchor

# Years stand in addresses with four digits or two; the field's families are listed in docs/add-a-portal.md.
DATED = re.compile(
    r"""
      /(?:19|20)\d\d[-/_]?(?:0?[1-9]|1[0-2])[-/_]?(?:0?[1-9]|[12]\d|3[01])(?=[/_\-.]|$)   # 2024/05/10 2024-5-1 20240510
    | /(?:19|20)\d\d(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])/                            # 202405/10/
    | /\d\d/(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/\d\d/                                # 20/0703/13/
    | /(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])/[^/]{0,40}\d{4,}                               # 202405/2903027.html
    | /t(?:19|20)\d{6}_\d+                                                                # t20240510_123.html
    | [/_](?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4,11}(?=[_.]|$)         # 20240510123456
    """,
    re.VERBOSE,
)
NUMBERED = re.compile(
    r"\d{4,}(?:[_\-]\d{1,6}){0,3}(?:\.\w{3,5})?$|[0-9a-f]{24,40}(?:\.\w{3,5})?$|/info/\d+/\d+\.htm$"
)
OPAQUE = re.compile(r"/(?=[A-Za-z]{0,20}\d)[0-9A-Za-z]{10,40}(?:\.s?html?)?$")
COUNTED = re.compile(r"\d{1,3}\.(?:s?html?|jhtml|aspx?|php|jsp)$|/\d+$")
ID_QUERY = re.compile(r"(?i)(?:^|&)(?:[a-z_]{0,12}id|key|n|p|no)=[\w-]{2,40}(?:&|$)")
# Addresses of lists, sections and pagers.
LISTING = re.compile(
    r"""(?ix)
      /$
    | /(?:index|list|default|home|main|node|more)(?:[_-]?\d{1,4}){0,2}\.\w{3,5}$
    | /(?:list|category|channel|col|column|tags?|keywords?|search|topics?|special|subject|zt|author|user|login|about)(?:[-_/.]|$)
    | [?&](?:page|pageno|pagenum|pageindex|currpage|pn)=\d+
    """
)
# Pages without a text of their own.
MEDIA = re.compile(r"(?i)/(?:photo\w{0,8}|pictures?|videos?|v|live|tv|audio|podcast|gallery|slide)/")
# Hosts that serve talk, trade or broadcasts.
TALK = re.compile(
    r"(?i)^(?:comment|tie|bbs|forum|passport|mail|my|user|login|app|vip|shop|search|so|v|tv|video|live|open|slide|photo)\d?\."
)
# Titles that stand on every page of a site.
SERVICE = re.compile(r"^(?:免责声明|版权声明|法律声明|联系我们|关于我们|网站地图|广告服务|.{0,8}下载$)")
DYNAMIC = re.compile(r"(?i)\.(?:php|aspx?|jsp|do|action|cgi|pl)$|/$")
FILES = re.compile(
    r"(?i)\.(?:jpe?g|png|gif|webp|svg|bmp|ico|css|js|json|xml|rss|mp3|mp4|m3u8|avi|flv|wmv|zip|rar|7z|gz|exe|apk|ipa|dmg|swf)$"
)
SECOND_LEVEL = frozenset({"com", "gov", "org", "net", "edu", "ac", "co", "mil", "info"})
PROVINCES = frozenset(
    "bj sh tj cq he sx nm ln jl hl js zj ah fj jx sd ha hb hn gd gx hi sc gz yn xz sn gs qh nx xj tw hk mo".split()
)
HAN_OR_WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2,}")

ENOUGH = 3.0  # see `worth`


def brand(url: str) -> str:
    """The name under which a site is registered, without its suffix; an IP address and port stand for themselves.

    >>> brand("http://gba.people.cn/n1/"), brand("http://www.people.com.cn/"), brand("http://127.0.0.1:8001/a")
    ('people', 'people', '127.0.0.1:8001')
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
    else:
        return parts.netloc
    labels = labels[:-1] or labels
    if len(labels) > 1 and (labels[-1] in SECOND_LEVEL or labels[-1] in PROVINCES):
        labels.pop()
    return labels[-1]


def shape(url: str) -> str:
    """The family of an address: names of folders and numbers forgotten, their order and number kept.

    >>> shape("http://a.example/news/scgg/2016/0425/136.html") == shape("http://a.example/rules/2016/0322/27.html")
    True
    """
    parts = urlsplit(url)
    folders, _, last = parts.path.rpartition("/")
    kinds = [
        re.sub(r"\d+", digits, name) if re.search(r"\d", name) else "w" for name in folders.split("/")[1:]
    ]
    merged = [
        kind for place, kind in enumerate(kinds) if kind != "w" or place == 0 or kinds[place - 1] != "w"
    ]
    stem, dot, suffix = last.rpartition(".")
    name = re.sub(r"[0-9A-Za-z]{10,}", "x", stem or suffix)
    name = re.sub(r"\d+", "9", name)
    query = re.sub(r"=[^&]{0,200}", "=", parts.query)
    return f"{brand(url)}|{'/'.join(merged)}/{name}{dot}{suffix if dot else ''}?{query}"


def digits(match: re.Match[str]) -> str:
    return "9" * len(match[0]) if len(match[0]) in (2, 4, 6, 8) else "9+"


def strength(url: str) -> float:
    """How much an address looks like that of one article: 3 dated, 2 numbered, 1 counted, below zero like a list.

    >>> [strength("http://a.example" + path) for path in ("/2024/05/10/7.html", "/a/40653_114.html", "/x/", "/x/7.html")]
    [3.0, 2.0, -4.0, 1.0]
    """
    parts = urlsplit(url)
    path = parts.path
    if FILES.search(path) or path in ("", "/"):
        return -9.0
    whole = f"{path}?{parts.query}" if parts.query else path
    value = 0.0
    if DATED.search(path):
        value = 3.0
    elif NUMBERED.search(path) or OPAQUE.search(path) or ID_QUERY.search(parts.query):
        value = 2.0
    elif COUNTED.search(path):
        value = 1.0
    if MEDIA.search(path) or TALK.search(parts.netloc):
        value -= 3.0
    if LISTING.search(whole) and value < 3.0:
        value -= 4.0
    return value


def length(title: str) -> int:
    """Words of a title: Han characters and Latin words."""
    return len(HAN_OR_WORD.findall(title))


def worth(members: list[Anchor]) -> float:
    """How sure we are that a family of addresses is one of articles; `ENOUGH` is enough.

    What the address says counts most; then long titles, dates beside the links, company; standing in the furniture
    counts against it.
    """
    titles = [length(member.title) for member in members if member.title and not GENERIC.match(member.title)]
    typical = mean(titles) if titles else 0
    value = median(strength(member.url) for member in members[:50])
    if not typical:
        value -= 1.0 if value >= 3.0 else 2.0  # the hot spots of a newspaper's picture have no titles
    else:
        value += 2.0 if typical >= 10 else 1.0 if typical >= 7 else 0.0 if typical >= 5 else -2.0
    value += 1.5 if mean(bool(member.date) for member in members) >= 0.5 else 0.0
    value += 1.0 if len(members) >= 5 else 0.5 if len(members) >= 3 else 0.0
    return value - 3.0 * (mean(member.furniture for member in members) > 0.5)


def likely(found: Iterable[Anchor], url: str) -> list[Anchor]:
    """The anchors of a page that lead to articles of the same house, in their order."""
    home = brand(url)
    own = [
        replace(anchor, url=plain(anchor.url)) for anchor in found if not home or brand(anchor.url) == home
    ]
    families: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in own:
        families[shape(anchor.url)].append(anchor)
    chosen = {family for family, members in families.items() if worth(members) >= ENOUGH}
    named = {anchor.url for anchor in own if anchor.title}
    speaking = {family for family in chosen if mean(a.url in named for a in families[family]) >= 0.5}
    # Where a family's links are titled, one that is nowhere titled is a logo or a banner.
    return [
        anchor
        for anchor in own
        if (family := shape(anchor.url)) in chosen
        and fits(anchor)
        and (anchor.url in named or family not in speaking)
    ]


def plain(url: str) -> str:
    """An address whose path names the article needs no query: what is left there counts visitors.

    >>> plain("https://a.example/a/406406692_117159?code=d0714958"), plain("https://a.example/view.php?id=7")
    ('https://a.example/a/406406692_117159', 'https://a.example/view.php?id=7')
    """
    parts = urlsplit(url)
    path = parts.path
    named = DATED.search(path) or NUMBERED.search(path) or (OPAQUE.search(path) and path.endswith("html"))
    whole = named and not DYNAMIC.search(path)
    return urlunsplit((parts.scheme, parts.netloc, path, "", parts.fragment)) if whole else url


def fits(anchor: Anchor) -> bool:
    """Whether one member of a good family may stay: short words in the furniture and service pages do not."""
    if SERVICE.match(anchor.title) or strength(anchor.url) < 0:
        return False
    return not (anchor.furniture and length(anchor.title) < 5)
