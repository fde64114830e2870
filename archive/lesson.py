"""What a page teaches about its portal, and what is known of a portal when a page is read: values, no database."""

from dataclasses import dataclass
from typing import Literal

# Where a remembered line may be cut: wherever it stands in the element of its own, or in the run of furniture that
# begins or ends a story.
Zone = Literal["apart", "head", "tail"]
Trial = Literal["", "held", "failed"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line that could be furniture: it is, once `least` different stories and this `share` of the last ones show it.

    `line` is a hash of 63 bits of the line (and of its element, for zone "apart"); `text` is for people.
    """

    line: int
    zone: Zone
    least: int
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a template puts things, as entries of an extraction chain ("css:div#content"); "" where unknown."""

    body: str
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one understood page teaches about its family of pages.

    `text` names the story's words, so that copies count once. `seen` is where everything stood, None unless all
    readings agreed. `trial` says how the layout in force, or else the proposed one, did on this page; `lost` names the
    fields whose place it had wrong.
    """

    family: str
    text: str
    shown: tuple[Shown, ...] = ()
    seen: Layout | None = None
    trial: Trial = ""
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What was known of a family of pages at one moment: the lines of each zone, and the layouts.

    `layout` is verified and goes first; `proposed` is only put to the test.
    """

    apart: frozenset[int] = frozenset()
    head: frozenset[int] = frozenset()
    tail: frozenset[int] = frozenset()
    layout: Layout | None = None
    proposed: Layout | None = None
