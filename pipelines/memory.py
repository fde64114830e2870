"""What is remembered of a portal, put to use: which lines of a page are known furniture, which layout goes first."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import takewhile
from urllib.parse import urlsplit

from archive.lesson import Layout, Memory
from pipelines import address
from pipelines.clean.echoes import key
from pipelines.parts import Label, Line
from seeds.portal import Extract, Portal

NOTHING = Memory()
LEAST_HAN = (
    8  # Han characters of the shortest line that is remembered: 编者按, 案情简介 and names stay what they are
)
LINKED = 0.5
NUMBER = re.compile(r"\d+")
NAMED = re.compile(r"[#.]")
# Elements that hold one piece of a text each: they are no place of their own, whatever class an editor gave them.
PIECES = re.compile(r"(?:p|li|h[1-6]|blockquote|pre|dt|dd|td|th|tr|font|center)(?:[#.]|$)")
UNKNOWN: frozenset[Label] = frozenset({"body", "heading", "outside"})


@dataclass(frozen=True, slots=True)
class Familiar:
    """The numbers of a page's lines that are remembered, by the zone in which they may be cut."""

    apart: frozenset[int] = frozenset()
    head: frozenset[int] = frozenset()
    tail: frozenset[int] = frozenset()


def family(url: str, portal: Portal) -> str:
    """The name of the template that a page is likely of: the portal's pattern, else the site's first folder.

    >>> family("https://www.union.example/news2026/11/21/1.html", Portal("union", "示例", "", "city"))
    'www.union.example/news#'
    """
    matched = address.match(url, portal)
    if matched:
        return f"pattern {portal.articles.index(matched.pattern) + 1} {matched.pattern.era}".rstrip()
    parts = urlsplit(address.canonical(url, portal))
    folder = parts.path.split("/")[1] if parts.path.count("/") > 1 else ""
    return f"{parts.netloc}/{NUMBER.sub('#', folder)}"[:120]


def planned(own: Extract | None, layout: Layout) -> Extract:
    """The portal's chains, completed by a learned layout; what the portal's file says goes first."""
    said = own or Extract()
    return replace(
        said,
        body=said.body or entry(layout.body),
        title=said.title or entry(layout.title),
        date=said.date or (() if said.join_date else entry(layout.date)),
    )


def entry(chain: str) -> tuple[str, ...]:
    return (chain,) if chain else ()


def place(line: Line) -> tuple[str, ...]:
    """The element a line stands in, as far as it has a name: paragraphs, cells and numbers do not count.

    >>> place(Line("…", "p", ("html", "body", "div#news12", "div.note", "p.indent")))
    ('html', 'body', 'div#news#', 'div.note')
    >>> place(Line("…", "td", ("html", "body", "table", "tr", "td.text")))
    ()
    """
    path = list(line.path)
    while path and (PIECES.match(path[-1]) or not NAMED.search(path[-1])):
        path.pop()
    return tuple(NUMBER.sub("#", name) for name in path)


def number(folded: str, where: Iterable[str] = ()) -> int:
    """63 bits that name a folded line, with its place where that matters."""
    said = "\0".join((folded, *where)).encode("utf-8", "replace")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


def can_be_known(line: Line) -> bool:
    """Whether a line is long enough to be remembered, and no list of links."""
    return line.linked <= LINKED and sum("\u3400" <= char <= "\u9fff" for char in line.text) >= LEAST_HAN


def familiar(lines: Sequence[Line], memory: Memory) -> Familiar:
    """Which lines of a page are remembered."""
    if not (memory.apart or memory.head or memory.tail):
        return Familiar()
    folded = {at: key(line.text) for at, line in enumerate(lines) if can_be_known(line)}
    apart = (at for at, text in folded.items() if number(text, place(lines[at])) in memory.apart)
    numbers = {at: number(text) for at, text in folded.items()}
    return Familiar(
        frozenset(apart),
        frozenset(at for at, one in numbers.items() if one in memory.head),
        frozenset(at for at, one in numbers.items() if one in memory.tail),
    )


def standing(known: Familiar, spoken: Sequence[int]) -> frozenset[int]:
    """The lines to cut, `spoken` being those of the story: what stands apart, and the runs at the story's two ends.

    Nothing where nothing of the story would be left.
    """
    told = [at for at in spoken if at not in known.apart]
    head = frozenset(takewhile(lambda at: at in known.head, told))
    tail = frozenset(takewhile(lambda at: at in known.tail, reversed(told)))
    cut = known.apart | head | tail
    return cut if any(at not in cut for at in spoken) or not spoken else frozenset()


def renamed(labels: Sequence[Label], cut: Collection[int]) -> tuple[Label, ...]:
    """The labels with the remembered lines named: what grammar says of them, else "repeated"."""
    if not cut:
        return tuple(labels)
    return tuple("repeated" if at in cut and label in UNKNOWN else label for at, label in enumerate(labels))
