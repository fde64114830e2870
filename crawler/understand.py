"""What worker processes do: look at a page before parsing it, understand it, or read the links of a list."""

import re
import resource
from contextlib import suppress
from urllib.parse import urlsplit

from archive.article import Article, Page
from archive.lesson import Memory
from crawler.discovery import Found, links
from pipelines.decode import decode
from pipelines.document import parse
from pipelines.memory import NOTHING
from pipelines.pager import Leaf, following
from pipelines.process import process
from seeds.portal import Listing, Portal

TAG = re.compile(rb"<[a-zA-Z][^>]*")
QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
LONG_TAG = 64 * 1024  # bytes; only inline images make honest tags longer
MOST_ATTRIBUTES = 1000
BARE_TAG = 16 * 1024  # bytes of a long tag outside quotation marks


def prepare(megabytes: int) -> None:
    """Bound the memory of this worker: a page that wants more fails alone."""
    size = megabytes * 1024 * 1024
    with suppress(ValueError, OSError):  # a system without this limit, or with a lower one
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def too_hard(body: bytes) -> str:
    """Why a page must not be parsed, "" where it may be: parsers are quadratic in the attributes of one tag.

    >>> too_hard(b"<a " + b"x1=1 " * 30000 + b">")
    'a tag of 150003 bytes'
    >>> too_hard(b'<img src="data:image/png;base64,' + b"A" * 200000 + b'">')
    ''
    """
    for match in TAG.finditer(body):
        tag = match[0]
        if len(tag) > MOST_ATTRIBUTES * 3:
            bare, quoted = QUOTED.subn(b"", tag)
            if len(tag) > LONG_TAG and len(bare) > BARE_TAG:
                return f"a tag of {len(tag)} bytes"
            if max(quoted, bare.count(b"=")) > MOST_ATTRIBUTES:
                return f"a tag with more than {MOST_ATTRIBUTES} attributes"
    return ""


class TooHard(Exception):  # noqa: N818 — not a fault of ours
    """A page that would stall any parser."""


def understand(page: Page, portal: Portal | None, memory: Memory = NOTHING) -> Article:
    """The article of a page; raises TooHard instead of parsing what would take minutes."""
    if why := too_hard(page.body):
        raise TooHard(why)
    return process(page, portal, memory)


def discover(body: bytes, url: str, listing: Listing, portal: Portal, header: str) -> Found:
    """The links of a list; raises TooHard as `understand` does."""
    if why := too_hard(body):
        raise TooHard(why)
    return links(body, url, listing, portal, header=header)


def further(whole: Page, portal: Portal) -> str:
    """The address of the page behind the last one of an article that is held, "" where it ends; raises TooHard."""
    last, number = (whole, *whole.parts)[-1], 1 + len(whole.parts)
    if why := too_hard(last.body):
        raise TooHard(why)
    root = parse(decode(last.body, header=last.charset, charset=portal.fetch.charset).text)
    return "" if root is None else following(Leaf(root, last.address, whole.address, number), portal)


def host_of(url: str) -> str:
    """The host of an address without its port, "" where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
