"""The whole chain without Scrapy: a page and its portal in, an article out; for workers, replay and tests.

    decode → lines → repair → labels → story → fields → marks and cuts → verdict → fold → tags → kinship sketch
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from archive.article import Article, Cut, Page
from pipelines import address
from pipelines.clean import repair
from pipelines.clean.echoes import echoes
from pipelines.clean.furniture import classify, split_tail
from pipelines.decode import decode
from pipelines.document import parse
from pipelines.extract import FURNITURE, Reading, read, squeezed, story
from pipelines.fold import fold
from pipelines.kinship import sketch
from pipelines.metadata import Fields, choose
from pipelines.parts import Candidate, Label, Line
from pipelines.sheet import Sheet, joined, marks, sheet, split
from pipelines.tag import tag
from pipelines.verdict import judge
from seeds.portal import Extract, Portal

RULES = "2026.11"  # moves with every change that can change an article; stored beside it
BODY: frozenset[Label] = frozenset({"body", "heading"})


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a text besides its words."""

    url: str = ""
    page: Page | None = None
    portal: Portal | None = None
    doubts: tuple[str, ...] = ()

    @property
    def fetched(self) -> datetime | None:
        return self.page.fetched if self.page else None


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out: its lines repaired, what each is, and the candidates for its fields, repaired as well."""

    sheet: Sheet
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    candidates: tuple[Candidate, ...]
    doubts: tuple[str, ...]
    script: str


def process(page: Page, portal: Portal | None = None) -> Article:
    """The article on a page. A page without one gives the verdict "not-an-article"; nothing in it raises."""
    decoded = decode(page.body, header=page.charset, charset=portal.fetch.charset if portal else None)
    origin = Origin(page.address, page, portal, decoded.doubts)
    root = parse(decoded.text)
    if root is None:
        return nothing(origin, "the page holds no text")
    reading = read(root, plan(origin))
    if not reading.lines:
        return nothing(origin, "the page shows no text; it may be built by scripts")
    return article(origin, lay(reading, origin))
