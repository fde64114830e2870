"""URLs: whose they are, their one canonical form, the article they mean, and the date they carry."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from archive.article import Precision
from pipelines.url_date import Dated, decoded, in_path, of_groups
from seeds.portal import Address, Host, Pattern, Portal, covers

__all__ = [
    "Dated",
    "Matched",
    "canonical",
    "date_in_url",
    "failures",
    "find",
    "identifying",
    "identity",
    "match",
]

LONGEST: Final = 2048  # characters; browsers stop there too, and no article address comes near
ROUNDS: Final = 4  # a gateway may serve a gateway; more is a trap

# C0, C1, blanks, line separators, directional and zero-width marks, lone surrogates: never part of an honest URL.
HOSTILE: Final = re.compile(
    "[\x00-\x20\\\\\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3000\ud800-\udfff\ufeff]"
)
PERCENT: Final = re.compile("%[0-9a-fA-F]{2}")
PORTS: Final = {"http": 80, "https": 443}

_HOST: Final = r"(?P<origin>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?::\d{1,5})?)"
# Traditional editions that servers make on the fly; both ways of writing were seen on several sites.
GATEWAYS: Final = (
    re.compile(rf"https?://big5\.[^/?#]+/(?:gate/)?big5/{_HOST}/(?P<path>.*)", re.IGNORECASE | re.DOTALL),
    re.compile(r"https?://(?P<origin>[a-z0-9.-]{1,80}\.people\.com\.cn)/BIG5/(?P<path>.*)", re.DOTALL),
)

# spm, scm: Alibaba; _f: portals' front pages; 7OkeOa4k: the token of acftu.org's protection; the rest comes from sharing and advertising.
TRACKING: Final = frozenset(
    "spm scm _f 7OkeOa4k fbclid gclid msclkid isappinstalled nsukey share_token tdsourcetag".split()
)
TRACKING_PAIRS: Final = re.compile(r"utm_\w{1,40}=.*|div=-1|parentkey=|from=[A-Za-z_]{0,40}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Matched:
    """What a portal's pattern says of a URL: `key` is identity across hosts, `page` counts from 1."""

    pattern: Pattern
    groups: Mapping[str, str]
    key: str = ""
    date: str = ""
    precision: Precision | None = None
    page: int = 1


def canonical(url: str, portal: Portal | None = None) -> str:
    """Rewrite a URL to the one form under which we know its page; a URL that cannot be trusted comes back unchanged.

    >>> canonical("HTTP://News.CN:80/a?spm=1&id=2#top")
    'http://news.cn/a?id=2'
    >>> canonical("http://big5.cri.cn/gate/big5/gz.cri.cn/2018-04-28/76d0628e.html")
    'http://gz.cri.cn/2018-04-28/76d0628e.html'
    >>> canonical("https://qhszgh.com/index.php?c=show&id=2102")
    'https://qhszgh.com/index.php?c=show&id=2102'
    """
    now = url
    for _ in range(ROUNDS):
        parts = _split(now)
        if parts is None:
            return url
        inner = _ungated(urlunsplit(parts), portal)
        if not inner:
            return urlunsplit(_settled(parts, portal))
        now = inner
    return url


def _split(url: str) -> SplitResult | None:
    """Take a URL apart with scheme, host, port and escapes in their usual spelling; None if it is not a plain one."""
    if len(url) > LONGEST or HOSTILE.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in {None, PORTS[parts.scheme]} else f"{host}:{port}"
    return SplitResult(
        parts.scheme, netloc, _spelled(parts.path) or "/", _spelled(parts.query), parts.fragment
    )


def _spelled(text: str) -> str:
    """Write the hexadecimal of escapes in capitals."""
    return PERCENT.sub(lambda found: found[0].upper(), text)


def _ungated(url: str, portal: Portal | None) -> str:
    """Find the address behind a gateway or another edition; "" if there is none."""
    declared = [re.compile(host.rewrite) for host in _covering(url, portal) if host.rewrite]
    for rewrite in (*declared, *GATEWAYS):
        if found := rewrite.match(url):
            return f"{urlsplit(url).scheme}://{found['origin']}/{found['path']}"
    return ""


def _covering(url: str, portal: Portal | None) -> list[Host]:
    name = urlsplit(url).netloc
    return [host for host in portal.hosts if covers(host, name)] if portal else []


def _settled(parts: SplitResult, portal: Portal | None) -> SplitResult:
    """Drop what is not identity and move an alias to the canonical host."""
    address = portal.address if portal else Address()
    fragment = parts.fragment if address.keep_fragment or (not portal and _is_route(parts.fragment)) else ""
    kept = parts._replace(
        scheme=address.scheme or parts.scheme, query=identifying(parts.query, address), fragment=fragment
    )
    return _moved(kept, portal) if portal else kept


def _is_route(fragment: str) -> bool:
    """Tell whether a fragment names a page of a single-page site (#/news/1, #!/news/1), not a place on a page."""
    return fragment.startswith(("/", "!/"))


def identifying(query: str, address: Address) -> str:
    """Leave of a query the pairs that are identity: what only counts visitors goes, what the portal keeps stays.

    >>> identifying("from=timeline&id=3", Address()), identifying("from=2020-01-01", Address())
    ('id=3', 'from=2020-01-01')
    >>> identifying("from=timeline&id=3", Address(keep_query=("from",)))
    'from=timeline&id=3'
    """
    return "&".join(pair for pair in query.split("&") if _is_kept(pair, address)).strip("&")


def _is_kept(pair: str, address: Address) -> bool:
    name = unquote(pair.partition("=")[0])
    if name in address.keep_query:
        return True
    if name in address.drop_query or "*" in address.drop_query:
        return False
    return name not in TRACKING and not TRACKING_PAIRS.fullmatch(pair)


def _moved(parts: SplitResult, portal: Portal) -> SplitResult:
    """Put the canonical host in an alias's place; in a cluster's only for articles, whose paths are known the same."""
    home = next((host.name for host in portal.hosts if host.role == "canonical"), "")
    hosts = _covering(urlunsplit(parts), portal)
    nearest = max(hosts, key=lambda host: (host.name == parts.netloc, len(host.name)), default=None)
    if not home or nearest is None or nearest.role != "alias":
        return parts
    moved = parts._replace(netloc=home)
    if nearest.name == parts.netloc:
        return moved
    return moved if all(_pattern(urlunsplit(one), portal) for one in (parts, moved)) else parts


def _pattern(url: str, portal: Portal) -> tuple[Pattern, re.Match[str]] | None:
    """Find the first pattern that a canonical URL matches."""
    for pattern in portal.articles:
        if found := re.match(pattern.match, url):
            return pattern, found
    return None


def match(url: str, portal: Portal) -> Matched | None:
    """Tell what the portal's patterns say of a URL; None if it is no article of theirs."""
    address = canonical(url, portal)
    if _split(address) is None or not (hit := _pattern(address, portal)):
        return None
    pattern, found = hit
    groups = {name: text for name, text in found.groupdict().items() if text}
    dated = _date(pattern, groups) or date_in_url(address)
    return Matched(
        pattern=pattern,
        groups=groups,
        key="&".join(f"{name}={groups[name]}" for name in pattern.key if name in groups),
        date=dated.iso if dated else "",
        precision=dated.precision if dated else None,
        page=_page(groups.get(pattern.page, "")),
    )


def _date(pattern: Pattern, groups: Mapping[str, str]) -> Dated | None:
    """Read the date as the pattern declares it."""
    if pattern.decoder:
        return decoded(groups.get(pattern.date[0], ""), pattern.decoder)
    return of_groups({name: groups.get(name, "") for name in pattern.date})


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and int(text) else 1


def date_in_url(url: str) -> Dated | None:
    """Read the date that a URL of any site carries; None if there is none, or it never was.

    A day in the future is for the caller to refuse: only he knows when the page was fetched.

    >>> date_in_url("http://news.cjn.cn/201907/t20190702_3429617.htm")
    Dated(iso='2019-07-02', precision='day')
    >>> date_in_url("http://x.cn/2019/1332/c1-2.html") is None
    True
    """
    parts = _split(canonical(url))
    return in_path(parts.path) if parts else None


def identity(url: str, portal: Portal | None = None) -> str:
    """Name the article behind a URL, the same on every host, edition and scheme it is served under.

    >>> identity("https://news.cn/a?utm_source=x"), identity("http://news.cn/a")
    ('news.cn/a', 'news.cn/a')
    """
    if portal and (found := match(url, portal)) and found.key:
        return f"{portal.name}:{found.key}"
    parts = _split(canonical(url, portal))
    return urlunsplit(parts).partition("://")[2] if parts else url


def find(url: str, portals: Mapping[str, Portal]) -> Portal | None:
    """Find the portal that a URL belongs to: one whose article it is, else one with that very host, else its cluster."""
    parts = _split(url)
    if parts is None:
        return None
    inner = _split(canonical(url)) or parts
    names = {parts.netloc, inner.netloc}
    hosted = [
        portal
        for portal in portals.values()
        if any(covers(host, name) for host in portal.hosts for name in names)
    ]
    return min(hosted, key=lambda portal: _rank(url, portal, names), default=None)


def _rank(url: str, portal: Portal, names: Iterable[str]) -> tuple[bool, bool, bool, int, int, str]:
    """Order portals that share a host: an article's first, then the nearer name and home, then the more important."""
    exact = [host for host in portal.hosts if host.name in names and host.role != "gateway"]
    first = any(host.role == "canonical" for host in exact)
    return (
        match(url, portal) is None,
        not exact,
        not first,
        -_shared(url, portal.home),
        portal.priority,
        portal.name,
    )


def _shared(url: str, home: str) -> int:
    """Count how many leading directories of a home the URL is below; -1 if it is outside."""
    folder = urlsplit(home).path.rpartition("/")[0] + "/"
    return folder.count("/") if f"{urlsplit(url).path}/".startswith(folder) else -1


def failures(portal: Portal) -> tuple[str, ...]:
    """Run the URL tests that a portal file carries; one line for each that fails."""
    tests = [(pattern, test) for pattern in portal.articles for test in pattern.tests]
    return tuple(
        f"{portal.name}: {test.url}: {what}"
        for pattern, test in tests
        for what in _misses(test.url, dict(test.expect), pattern, portal)
    )


def _misses(url: str, expect: Mapping[str, str], pattern: Pattern, portal: Portal) -> list[str]:
    matched = match(url, portal)
    if matched is None:
        return ["matches no pattern"]
    if matched.pattern.match != pattern.match:
        return [f"matches {matched.pattern.match} first"]
    said = {**matched.groups, "date": matched.date, "page": str(matched.page), "key": matched.key}
    return [
        f"{name} is {said.get(name, '')!r}, not {text!r}"
        for name, text in expect.items()
        if said.get(name, "") != text
    ]
