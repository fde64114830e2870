"""The further pages of an article: whether it is worth looking for one, and when to stop."""

import re
from urllib.parse import urlsplit

from archive.article import Page
from pipelines.address import match
from pipelines.pager import COUNTING, parted
from seeds.portal import Portal

MOST_PARTS = 20  # further pages of one article
MOST_BYTES = 16 * 1024 * 1024  # of all its pages together
BY_SCRIPT = (b"__totalpage", b"createPageHTML")
BY_QUERY = re.compile(rb"[?&;](?:" + "|".join(sorted(COUNTING)).encode() + rb")=\d{1,2}(?!\d)", re.IGNORECASE)


def may_go_on(whole: Page, portal: Portal) -> bool:
    """Whether the last page that is held may name a further one: a look at its bytes, before any parsing.

    Where the portal says how its articles go on, every page is asked; elsewhere only one that repeats its own name
    with a number behind it, or counts pages.
    """
    here = match(whole.address, portal)
    if here and (here.pattern.page or here.pattern.extract.next_page):
        return True
    body = (whole, *whole.parts)[-1].body
    name = parted(urlsplit(whole.address).path)[0].rpartition("/")[2].encode()
    numbered = name and re.search(re.escape(name) + rb"[_-]\d{1,2}(?!\d)", body)
    return bool(numbered or any(sign in body for sign in BY_SCRIPT) or BY_QUERY.search(body))


def is_full(whole: Page) -> bool:
    """Whether an article has as many pages, or as many bytes, as one may have."""
    size = sum(len(page.body) for page in (whole, *whole.parts))
    return len(whole.parts) >= MOST_PARTS or size >= MOST_BYTES


def addresses(whole: Page) -> frozenset[str]:
    """Where the pages that are held stand."""
    return frozenset(url for page in (whole, *whole.parts) for url in (page.url, page.address))


def repeats(part: Page, whole: Page) -> bool:
    """Whether a page is one that is held already, by its bytes or by where a redirect led."""
    return part.address in addresses(whole) or any(part.body == page.body for page in (whole, *whole.parts))
