"""What a page is made of before it is an article: lines of visible text and candidates for its fields."""

from dataclasses import dataclass
from typing import Literal

Field = Literal[
    "title",
    "subtitle",
    "kicker",
    "published",
    "source",
    "source_url",
    "author",
    "correspondent",
    "editor",
    "channel",
]

# What a line of text is. Everything but "body" and "heading" stays out of the body; its name is the reason of the cut.
Label = Literal[
    "body",
    "heading",
    "title",
    "subtitle",
    "kicker",
    "byline",  # date, source, authors before or after the story
    "editor",
    "author-note",
    "standfirst",
    "navigation",
    "breadcrumb",
    "copyright",
    "disclaimer",
    "licence",
    "contact",
    "share",
    "related",
    "comments",
    "caption",
    "wrapper",  # a content farm's own sentence
    "echo",  # said twice
    "keywords",
    "self-url",
    "app-tail",
    "advertisement",
    "spam",
    "hidden",
    "interface",
    "repeated",  # of no kind we know, but it stands on many pages of the portal
    "outside",  # outside the story, of no kind we know
]


@dataclass(frozen=True, slots=True)
class Piece:
    """An inline element inside a line: its names from the outside in ("span.original/span"), and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One visible block of a page in reading order, or one line of a plain text.

    `tag` is the innermost block element ("p", "h1", "td" …; "" in plain text), `path` its ancestors from the outside
    in as "div#main.article", `linked` the share of its characters that stand inside links, 0 to 1. `pieces` are the
    inline elements of a short line: templates tell hour, source and author apart by them alone.
    """

    text: str
    tag: str = ""
    path: tuple[str, ...] = ()
    linked: float = 0.0
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field, the rule that found it ("meta:publishdate", "line", "url" …) and where.

    `value` is as found. `weight` orders candidates of one field, the highest first; equal weights keep their order.
    """

    field: Field
    value: str
    rule: str
    weight: float
    place: str = ""
