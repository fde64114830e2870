"""What a portal file must keep besides its shape: addresses, expressions, selectors, manners, promises."""

import codecs
import re
import string
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Final, TypeVar
from urllib.parse import urlsplit

from seeds.declaration import Address, Extract, Fetch, Host, Listing, Next, Pattern, Portal, Promise, UrlTest
from seeds.expression import UnsafeError, check_selector, compiled
from seeds.shape import Place, shown

T = TypeVar("T")

HOST: Final = re.compile(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9])?(?::\d{1,5})?")
REGION: Final = re.compile(r"(?:\d{6})?")
RHYTHM: Final = re.compile(r"([1-9]\d{0,4})([mhd])")
MINUTES: Final = {"m": 1, "h": 60, "d": 1440}
SLOWEST: Final = 3600.0  # seconds between two requests; slower than this is a list's `every`

DATE_GROUPS: Final = frozenset({"y", "m", "d", "ymd", "ym", "md"})
CHAIN: Final = ("css", "xpath", "meta", "comment", "json")
WORDS: Final = ("line", "url", "trafilatura")
SELECTING: Final = frozenset({"remove", "join_date", "next_page"})
ORDER: Final = ("kicker", "title", "subtitle", "source", "date", "author", "editor", "body")
PROMISED: Final = ("title", "published", "source", "authors", "editors", "body", "channel")
DATED: Final = frozenset({"date", "epaper", "xml-index", "redirect"})
COUNTED: Final = frozenset({"n", "end", "url", "stem", "cursor"})
# Latin-1 decodes any bytes without complaint, so 下一页 becomes ÏÂÒ»Ò³ and nobody notices.
SILENT_CODECS: Final = frozenset({"iso8859-1", "cp1252", "latin-1"})


def check(portal: Portal, place: Place) -> None:
    """Raise PortalError for the first thing in a well-shaped portal that cannot work."""
    for at, host in enumerate(portal.hosts):
        _host(host, place.under("host").nth(at))
    _identity(portal, place)
    _address(portal.address, place.under("url"))
    _fetch(portal.fetch, place.under("fetch"))
    _promise(portal.expect, place.under("expect"))
    for at, listing in enumerate(portal.lists):
        _listing(listing, portal, place.under("list").nth(at))
    for at, pattern in enumerate(portal.articles):
        _pattern(pattern, portal, place.under("article").nth(at))
    for at, name in enumerate(portal.clones.hosts):
        _host(Host(name), place.under("clones").under("hosts").nth(at))
    _known(portal.text.order, ORDER, place.under("text").under("order"))


def host_of(url: str) -> str:
    """Take the host, with its port, from a URL; "" if it has none.

    >>> host_of("http://116.255.252.11:8055/contents/8/2649.html")
    '116.255.252.11:8055'
    """
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def covers(host: Host, name: str) -> bool:
    """Is this the host's name, or one below it if it is a cluster.

    >>> covers(Host("*.workercn.cn"), "right.workercn.cn"), covers(Host("*.workercn.cn"), "workercn.cn")
    (True, False)
    """
    return name == host.name or (host.name.startswith("*.") and name.endswith(host.name[1:]))


def _identity(portal: Portal, place: Place) -> None:
    if not portal.title.strip():
        raise place.under("title").wrong("is empty", "write what readers call the portal")
    if portal.home or portal.status == "live":
        _url(portal.home, portal, place.under("home"))
    if not REGION.fullmatch(portal.region):
        raise place.under("region").wrong(
            f"{shown(portal.region)} is no division code", 'write six digits, as "320300"'
        )
    if not 1 <= portal.priority <= 5:
        raise place.under("priority").wrong(
            f"{portal.priority} is out of range", "write 1 (first) to 5 (last)"
        )
    if portal.status == "live" and not portal.lists:
        raise place.under("list").wrong(
            "a live portal has no list",
            'add [[list]] with a url, or set status = "archive" (or closed, blocked)',
        )
    if portal.confidence and not portal.evidence:
        raise place.under("evidence").wrong(
            f"confidence {portal.confidence} is claimed without evidence",
            "say where the facts come from, or drop it",
        )


def _url(url: str, portal: Portal, place: Place) -> None:
    """A web address on one of the portal's hosts."""
    host = host_of(url)
    if not url.startswith(("http://", "https://")) or not host or "@" in host or re.search(r"\s", url):
        raise place.wrong(
            f"{shown(url)} is no web address", "write it in full, as https://union.example/news/"
        )
    if not any(covers(known, host) for known in portal.hosts):
        raise place.wrong(f"its host {host} is not one of the portal's", f'add [[host]] with name = "{host}"')


def _host(host: Host, place: Place) -> None:
    if not HOST.fullmatch(host.name):
        raise place.under("name").wrong(
            f"{shown(host.name)} is no host", 'write the bare name in small letters, as "www.union.example"'
        )
    if host.role == "gateway" and not host.rewrite:
        raise place.under("rewrite").wrong(
            "a gateway leads nowhere", "write an expression with groups origin and path"
        )
    if host.rewrite:
        groups = _expression(host.rewrite, place.under("rewrite")).groupindex
        if not {"origin", "path"} <= groups.keys():
            raise place.under("rewrite").wrong(
                "has not the groups origin and path", "name them: (?P<origin>[^/]+)/(?P<path>.+)$"
            )


def _address(address: Address, place: Place) -> None:
    both = sorted(set(address.keep_query) & set(address.drop_query))
    if both:
        raise place.under("drop_query").wrong(f"{both[0]!r} is kept and dropped", "name it in one of the two")


def _fetch(fetch: Fetch, place: Place) -> None:
    if not 0 <= fetch.delay <= SLOWEST:
        raise place.under("delay").wrong(
            f"{fetch.delay:g} seconds is out of range",
            f"write 0 to {SLOWEST:g}; it can only slow the crawl down",
        )
    for at, status in enumerate(fetch.blocked_status):
        if not 400 <= status <= 599:
            raise place.under("blocked_status").nth(at).wrong(f"{status} is no refusal", "write 400 to 599")
    _codec(fetch.charset.decode, place.under("charset").under("decode"))


def _codec(name: str, place: Place) -> None:
    try:
        found = codecs.lookup(name).name if name else ""
    except LookupError:
        raise place.wrong(f"{shown(name)} is no encoding", 'write "gb18030", "utf-8" or "big5"') from None
    if found in SILENT_CODECS:
        raise place.wrong(f"{name} never fails and so hides damage", 'write "gb18030", "utf-8" or "big5"')


def _promise(promise: Promise, place: Place) -> None:
    if promise.week and not 0 <= promise.week[0] <= promise.week[1]:
        raise place.under("week").wrong(
            f"{list(promise.week)} is no range", "write [fewest, most], as [3, 120]"
        )
    _known((name for name, _ in promise.fields), PROMISED, place.under("fields"))
    for name, share in promise.fields:
        if not 0 <= share <= 1:
            raise place.under("fields").under(name).wrong(f"{share:g} is no share", "write 0 to 1, as 0.95")


def _known(words: Iterable[str], known: tuple[str, ...], place: Place) -> None:
    for word in words:
        if word not in known:
            raise place.wrong(f"{shown(word)} is not known here", f"write some of: {', '.join(known)}")


def _listing(listing: Listing, portal: Portal, place: Place) -> None:
    _url(listing.url, portal, place.under("url"))
    dated = listing.kind in DATED
    _holes(listing.url, frozenset("Ymd") if dated else frozenset(), place.under("url"))
    _holes(listing.index, frozenset("Ymd"), place.under("index"))
    _holes(listing.data, COUNTED, place.under("data"))
    for key in ("links", "pages") if listing.kind in {"json", "xml-index"} else LIST_SELECTORS:
        _selector(getattr(listing, key), place.under(key))
    _kind(listing, place)
    _next(listing.next, place.under("next"))
    _rhythm(listing.every, place.under("every"))


LIST_SELECTORS: Final = ("links", "pages", "items", "link", "title", "date")
# What a kind cannot be read without.
NEEDS: Final = {"hanweb": ("data",)}


def _kind(listing: Listing, place: Place) -> None:
    for key in NEEDS.get(listing.kind, ()):
        if not getattr(listing, key):
            raise place.under(key).wrong(
                f"a list of kind {listing.kind} needs it", f"add {key} = … to this list"
            )
    if listing.kind == "date" and not {"Y", "m", "d"} <= _names(listing.url):
        raise place.under("url").wrong(
            "a list of kind date has no day in it", "write {Y}, {m} and {d} where the day stands"
        )
    if (listing.data or listing.post) and listing.kind != "hanweb":
        raise place.under("data").wrong(
            f"means nothing for kind {listing.kind}", 'set kind = "hanweb", or drop it'
        )


def _next(after: Next, place: Place) -> None:
    if after.kind == "none" and (after.template or after.selector):
        raise place.under("kind").wrong("is missing", "write suffix, query, countdown or link")
    _holes(after.template, COUNTED, place.under("template"))
    _selector(after.selector, place.under("selector"))
    _selector(after.total, place.under("total"))
    for key, least in (("first", 0), ("step", 1), ("limit", 0)):
        if getattr(after, key) < least:
            raise place.under(key).wrong(f"{getattr(after, key)} is too small", f"write {least} or more")


def _rhythm(every: tuple[str, str], place: Place) -> None:
    if every == ("", ""):
        return
    found = [RHYTHM.fullmatch(word) for word in every]
    minutes = [int(match[1]) * MINUTES[match[2]] for match in found if match]
    if len(minutes) != len(every) or minutes != sorted(minutes):
        raise place.wrong(f"{list(every)} is no rhythm", 'write [shortest, longest], as ["30m", "12h"]')


def _names(template: str) -> set[str]:
    """The {holes} of a template; a lone brace has none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError:
        return {template}


def _holes(template: str, known: frozenset[str], place: Place) -> None:
    for name in sorted(_names(template) - known):
        write = (
            f"known here: {', '.join(f'{{{word}}}' for word in sorted(known))}"
            if known
            else "drop the braces"
        )
        raise place.wrong(f"{{{name}}} means nothing", write)


def _selector(selector: str, place: Place) -> None:
    if selector:
        _safely(check_selector, selector, place, "mend the selector; css, or xpath after xpath:")


def _expression(expression: str, place: Place) -> re.Pattern[str]:
    return _safely(compiled, expression, place, "mend the expression; in TOML it stands in 'single quotes'")


def _safely(action: Callable[[str], T], text: str, place: Place, remedy: str) -> T:
    try:
        return action(text)
    except UnsafeError as error:
        raise place.wrong(f"{shown(text)}: {error}", remedy) from error


def _pattern(pattern: Pattern, portal: Portal, place: Place) -> None:
    groups = _expression(pattern.match, place.under("match")).groupindex.keys()
    if not pattern.match.startswith("^http"):
        raise place.under("match").wrong("does not begin with the scheme", "begin it with ^https?://")
    _groups(pattern, frozenset(groups), place)
    if pattern.since and pattern.until and pattern.since > pattern.until:
        raise place.under("until").wrong(f"{pattern.until} is before since", "exchange the two")
    _extract(pattern.extract, place.under("extract"))
    for at, test in enumerate(pattern.tests):
        _test(test, frozenset(groups), portal, place.under("test").nth(at))


def _groups(pattern: Pattern, groups: frozenset[str], place: Place) -> None:
    """Names in key, date and page must be groups of the expression."""
    named = [*(("key", name) for name in pattern.key), *(("date", name) for name in pattern.date)]
    for key, name in [*named, *([("page", pattern.page)] if pattern.page else [])]:
        if name not in groups:
            known = ", ".join(sorted(groups)) or "none"
            raise place.under(key).wrong(f"{name!r} is no group of match", f"name a group; it has {known}")
    if pattern.decoder and len(pattern.date) != 1:
        raise place.under("date").wrong("a decoder reads one group", 'name the id, as date = ["ts"]')
    if not pattern.decoder and not set(pattern.date) <= DATE_GROUPS:
        raise place.under("date").wrong(
            f"{list(pattern.date)} tells no day", "name the groups y m d, ymd, ym or md"
        )


def _test(test: UrlTest, groups: frozenset[str], portal: Portal, place: Place) -> None:
    _url(test.url, portal, place.under("url"))
    for name, _ in test.expect:
        if name not in groups | {"date", "page", "key"}:
            known = ", ".join(sorted(groups | {"date", "page", "key"}))
            raise place.under("expect").under(name).wrong("is no group of match", f"expect some of: {known}")


def _extract(extract: Extract, place: Place) -> None:
    for item in fields(Extract):
        for at, entry in enumerate(getattr(extract, item.name)):
            _entry(entry, item.name, place.under(item.name).nth(at))


def _entry(entry: str, name: str, place: Place) -> None:
    """One entry of a chain."""
    kind, colon, rest = entry.partition(":")
    allowed = CHAIN[:2] if name in SELECTING else CHAIN
    if entry in WORDS and name not in SELECTING:
        return
    if not colon or kind not in allowed or not rest.strip():
        words = "" if name in SELECTING else f", {', '.join(WORDS)}"
        raise place.wrong(
            f"{shown(entry)} is no way to read a page", f"write {', '.join(f'{k}:…' for k in allowed)}{words}"
        )
    if kind in {"css", "xpath"}:
        _selector(entry if kind == "xpath" else rest, place)
