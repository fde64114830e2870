"""The whole chain without Scrapy: a page and its portal in, an article out; for workers, replay and tests.

decode → lines → repair → labels → story → fields → marks and cuts → verdict → fold → tags → kinship sketch
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from lxml import etree

from archive.article import Article, Cut, Page
from archive.lesson import Memory
from pipelines import address
from pipelines.decode import decode
from pipelines.document import parse
from pipelines.event import event
from pipelines.extract import read
from pipelines.fold import fold
from pipelines.joining import Part, join, signed, strange
from pipelines.kinship import sketch
from pipelines.layout import Laid, body_lines, lay, lay_plain, without_echoes
from pipelines.lesson import Taken, has_more, lesson
from pipelines.media import media
from pipelines.memory import NOTHING, family, planned
from pipelines.metadata import Fields, choose, unsited
from pipelines.pager import Leaf, announced
from pipelines.parts import Candidate, Field
from pipelines.rules import rules
from pipelines.sheet import joined, marks
from pipelines.tag import tag
from pipelines.verdict import Seen, judge
from seeds.portal import Extract, Portal

LISTED = 40.0
# 本文地址:http://… — how a city portal signs its pages
OWN_ADDRESS = re.compile(r"(?:本文|原文)(?:地址|链接|网址)\s{0,3}[:：]\s{0,3}(https?://[\x21-\x7e]{4,500})")


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a text besides its words."""

    url: str = ""
    page: Page | None = None
    portal: Portal | None = None
    doubts: tuple[str, ...] = ()
    memory: Memory = NOTHING

    @property
    def fetched(self) -> datetime | None:
        return self.page.fetched if self.page else None


@dataclass(frozen=True, slots=True)
class Opened:
    """One page of an article: `taken` is None, with a reason, where nothing can be read; `pages` it says there are."""

    origin: Origin
    taken: Taken | None = None
    reason: str = ""
    pages: int = 1


def process(page: Page, portal: Portal | None = None, memory: Memory = NOTHING) -> Article:
    """The article on a page and its parts. A page without one gives the verdict "not-an-article"; nothing in it raises.

    `memory` is what the archive knew of the page's family when it was fetched: the same three give the same article.
    """
    leaves = [
        opened(Origin(each.address, each, portal, memory=memory), page.address, number)
        for number, each in enumerate((page, *page.parts), 1)
    ]
    first = leaves[0]
    if first.taken is None:
        return nothing(first.origin, first.reason)
    return taught(first.origin, first.taken, told(leaves, first.taken))


def opened(origin: Origin, first: str, number: int) -> Opened:
    """Page `number` of the article whose first page stands at `first`, read as far as it can be."""
    page, portal = origin.page, origin.portal
    assert page is not None
    decoded = decode(page.body, header=page.charset, charset=portal.fetch.charset if portal else None)
    origin = replace(origin, doubts=decoded.doubts)
    root = parse(decoded.text)
    if root is None:
        return Opened(origin, reason="the page holds no text")
    pages = announced(Leaf(root, origin.url, first, number), portal)
    taken = take(root, origin)
    if not taken.reading.lines:
        return Opened(origin, reason="the page shows no text; it may be built by scripts")
    return Opened(origin, taken, pages=pages)


def told(leaves: Sequence[Opened], first: Taken) -> Article:
    """The article that its pages tell: its head stands on the first, its signatures may stand on the last."""
    origin = leaves[0].origin
    fields = fields_of(origin, first.laid)
    parts = [part_of(each, fields.title) for each in leaves[1:]]
    if parts and (last := parts[-1].laid) and not parts[-1].reason:
        fields = signed(fields, fields_of(leaves[-1].origin, last))
    laid = join(first.laid, parts, fields.title)
    known = finished(origin, fields, replace(laid, doubts=(*laid.doubts, *missing(leaves))))
    kept = [leaf for leaf, part in zip(leaves[1:], parts, strict=True) if not part.reason]
    return shown([leaves[0], *kept], known)


def part_of(leaf: Opened, title: str) -> Part:
    """A further page of the article called `title`."""
    laid = leaf.taken.laid if leaf.taken else None
    return Part(laid, strange(laid, title) if laid else leaf.reason)


def missing(leaves: Sequence[Opened]) -> tuple[str, ...]:
    """A doubt where the pages announce more of their kind than are held."""
    said, held = max(leaf.pages for leaf in leaves), len(leaves)
    are = "is" if held == 1 else "are"
    return (f"the article goes on over {said} pages, {held} {are} held",) if said > held else ()


def take(root: etree._Element, origin: Origin) -> Taken:
    """The page read: by the layout that its family is known for, and in full where that leaves prose behind."""
    own, layout = plan(origin), origin.memory.layout
    led = read(root, planned(own, layout)) if layout and not (own and own.body) else None
    sure = led is not None and led.selected is not None and not has_more(led, origin.memory)
    reading = led if led is not None and sure else read(root, own)
    return Taken(root, reading, lay(reading, origin.doubts, origin.memory))


def shown(leaves: Sequence[Opened], known: Article) -> Article:
    """The article with the images and files that stand with its text, on whichever of its pages."""
    if known.verdict == "not-an-article":
        return known
    found = [media(leaf.taken, leaf.origin.url) for leaf in leaves if leaf.taken]
    images = dict.fromkeys(image for own, _ in found for image in own)
    attachments = dict.fromkeys(file for _, own in found for file in own)
    return replace(known, images=tuple(images), attachments=tuple(attachments))


def taught(origin: Origin, taken: Taken, known: Article) -> Article:
    """The article with what its page teaches, where it belongs to a portal and is one."""
    if origin.portal is None or known.verdict == "not-an-article":
        return known
    own = plan(origin)
    tried = None if own and own.body else origin.memory.layout or origin.memory.proposed
    return replace(known, lesson=lesson(family(origin.url, origin.portal), taken, known, tried))


def plan(origin: Origin) -> Extract | None:
    """The extraction chains of the portal's pattern that the page's address fits."""
    matched = address.match(origin.url, origin.portal) if origin.portal else None
    return matched.pattern.extract if matched else None


def mend(text: str, url: str = "") -> Article:
    """The same for plain scraped text: head, body and tail told apart without markup."""
    origin = Origin(url or own_address(text))
    if not text.strip():
        return nothing(origin, "the text is empty")
    laid = lay_plain(text)
    return finished(origin, fields_of(origin, laid), laid)


def own_address(text: str) -> str:
    """The address that a text gives as its own (本文地址：https://…), "" where it gives none."""
    found = OWN_ADDRESS.search(text[-20_000:])
    return found[1] if found else ""


def nothing(origin: Origin, reason: str) -> Article:
    """The article of a page that has none: kept, named, and never shown among articles."""
    return replace(bare(origin, "", ""), verdict="not-an-article", verdict_reasons=(reason,))


def finished(origin: Origin, fields: Fields, laid: Laid) -> Article:
    """The article that the chosen lines make, with its fields, proofs and tags."""
    laid = without_echoes(laid, fields.title)
    body = joined(laid.sheet.repaired, body_lines(laid))
    judged = judge(Seen(fields.title, body, origin.url, laid.lines, laid.labels, frozenset(laid.sheet.steps)))
    known = replace(
        with_fields(
            bare(origin, fields.title, body), fields if judged.verdict == "clean" else unsited(fields)
        ),
        body=body,
        body_as_published=joined(laid.sheet.found, body_lines(laid)),
        script=laid.script,
        marks=marks(laid.sheet, body_lines(laid)),
        cuts=cuts(laid),
        event=event(body, fields.published),
        doubts=tuple(dict.fromkeys((*laid.doubts, *fields.doubts, *(each.reason for each in judged.spun)))),
        verdict=judged.verdict,
        verdict_reasons=judged.reasons,
        folded=fold(body),
    )
    if known.verdict == "not-an-article":
        return known
    return tag(replace(known, sketch=sketch(known.folded)), origin.portal)


def cuts(laid: Laid) -> tuple[Cut, ...]:
    """Every visible line that is not in the body, and what it is."""
    kept = set(body_lines(laid))
    return tuple(
        Cut(text, label)
        for at, (text, label) in enumerate(zip(laid.sheet.found, laid.labels, strict=False))
        if text and at not in kept
    )


def fields_of(origin: Origin, laid: Laid) -> Fields:
    """Title, date, source and people, chosen among all that the page, its address and its list said."""
    return choose(
        [*laid.candidates, *listed(origin)],
        lines=laid.lines,
        labels=laid.labels,
        url=origin.url,
        url_date=date_of(origin),
        fetched=origin.fetched,
        default_source=origin.portal.default_source if origin.portal else "",
    )


def date_of(origin: Origin) -> tuple[str, str] | None:
    """The date that the address carries, by the portal's pattern or else by the shape of the URL."""
    matched = address.match(origin.url, origin.portal) if origin.portal else None
    if matched and matched.date and matched.precision:
        return matched.date, matched.precision
    dated = address.date_in_url(origin.url)
    return (dated.iso, dated.precision) if dated else None


def listed(origin: Origin) -> tuple[Candidate, ...]:
    """What the list page said of the link: the last resort for a title and a date."""
    page = origin.page
    said: tuple[tuple[Field, str], ...] = (
        (("title", page.listed_title), ("published", page.listed_date)) if page else ()
    )
    return tuple(Candidate(field, value, "list", LISTED) for field, value in said if value)


def bare(origin: Origin, title: str, body: str) -> Article:
    """An article with nothing but its identity and origin."""
    page, portal = origin.page, origin.portal
    identity = address.identity(origin.url, portal) if origin.url else fold(title + "\n" + body)
    return Article(
        id=blake2b(identity.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        url=origin.url,
        canonical_url=address.canonical(origin.url, portal) if origin.url else "",
        portal=portal.name if portal else "",
        page_digest=page.digest if page else "",
        fetched=page.fetched.isoformat(timespec="seconds") if page else "",
        rules=rules(),
    )


def with_fields(known: Article, fields: Fields) -> Article:
    return replace(
        known,
        title=fields.title,
        subtitle=fields.subtitle,
        kicker=fields.kicker,
        authors=fields.authors,
        correspondents=fields.correspondents,
        editors=fields.editors,
        source=fields.source,
        source_url=fields.source_url,
        published=fields.published,
        published_precision=fields.precision,
        channel=fields.channel,
        evidence=fields.evidence,
    )
