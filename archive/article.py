"""The words the whole house speaks: what came over the wire, what we understood, and what we did to it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

from archive.lesson import Lesson

Verdict = Literal["clean", "mirror", "farm", "spam", "not-an-article"]
Script = Literal["hans", "hant"]
Precision = Literal["year", "month", "day", "minute", "second"]

NEVER_QUOTED: tuple[Verdict, ...] = ("mirror", "farm", "spam", "not-an-article")


@dataclass(frozen=True, slots=True)
class Page:
    """What came over the wire, untouched.

    `body` is bytes after content decoding (gzip and the like), before any character decoding. `charset` is what the
    server declared in its header, "" where it declared none. `fetched` carries an offset. `listed_title` and
    `listed_date` are what the list page said of the link, "" where it said nothing. `parts` are the further pages of an
    article that stands on several, in order; a part has no parts.
    """

    url: str
    body: bytes
    fetched: datetime
    portal: str = ""
    final_url: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    charset: str = ""
    listed_title: str = ""
    listed_date: str = ""
    parts: tuple["Page", ...] = ()

    @property
    def address(self) -> str:
        """Where the bytes really came from, after redirects."""
        return self.final_url or self.url

    @property
    def digest(self) -> str:
        """32 hexadecimal digits that name these bytes, and those of the parts where there are any."""
        named = blake2b(self.body, digest_size=16)
        for part in self.parts:
            named.update(bytes.fromhex(part.digest))
        return named.hexdigest()


@dataclass(frozen=True, slots=True)
class Mark:
    """One change: at offset `at` of the text, `step` replaced `removed` by `added`.

    Marks are applied from the first to the last; `at` counts characters of the text as it stands when the mark's
    turn comes.
    """

    step: str
    at: int
    removed: str
    added: str


@dataclass(frozen=True, slots=True)
class Cut:
    """One visible block of text left out of the body, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field's value came from: the rule that won, what it read, and the candidates that lost.

    `lost` holds (rule, value) pairs, best first.
    """

    field: str
    value: str
    rule: str
    place: str = ""
    lost: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the story by its absolute address, and the caption printed with it, "" where none is."""

    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page hands out with the story, by its absolute address, and what it is called."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Region:
    """A place by division code (six digits, "CN" for the nation) and its path, "江苏省/盐城市/建湖县"."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Story:
    """The family of copies an article belongs to: `original` is an article id, "" where it is not held."""

    id: str
    original: str
    original_source: str
    reason: str
    copies: int


@dataclass(frozen=True, slots=True)
class Article:
    """What we understood of one page. Text fields are "" and tuples () where nothing was found.

    `published` is ISO 8601, as precise as the evidence and no more: "2017-01-10" for a day,
    "2019-07-30T07:13:01+08:00" for a second; `event` is the day that the story's first dated sentence names. `body` and `body_as_published` hold the same paragraphs, separated by
    one newline. `folded` is the form under search, kinship and tags; a reader never sees it. `lesson` is what the page
    teaches about its portal; the archive takes it in and does not give it back.
    """

    id: str
    url: str
    canonical_url: str = ""
    portal: str = ""
    channel: str = ""
    title: str = ""
    subtitle: str = ""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str = ""
    source_url: str = ""
    published: str = ""
    published_precision: Precision | None = None
    event: str = ""
    body: str = ""
    body_as_published: str = ""
    script: Script = "hans"
    summary: str = ""
    keywords: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    regions: tuple[Region, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    marks: tuple[Mark, ...] = ()
    cuts: tuple[Cut, ...] = ()
    doubts: tuple[str, ...] = ()
    verdict: Verdict = "clean"
    verdict_reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    story: Story | None = None
    folded: str = ""
    sketch: tuple[int, ...] = ()
    page_digest: str = ""
    fetched: str = ""
    rules: str = ""
    lesson: Lesson | None = None


# What a caller of CONTRACT.md does not see: the inside of the archive.
INTERNAL = ("folded", "sketch", "lesson")
# What CONTRACT.md prints as null when nothing was found, rather than as an empty text.
NULL_WHEN_EMPTY = (
    "published",
    "event",
    "source_url",
    "subtitle",
    "kicker",
    "summary",
    "source",
    "channel",
    "portal",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be understood: kept, named and counted. `reason` is one line."""

    url: str
    portal: str
    kind: Literal["crash", "timeout", "undecodable", "too-large", "error"]
    reason: str
    at: datetime = field(default_factory=lambda: datetime.now().astimezone())


def to_dict(article: Article) -> dict[str, Any]:
    """The article as CONTRACT.md prints it; the only place that decides its JSON."""
    row = asdict(article)
    for name in INTERNAL:
        del row[name]
    for name in NULL_WHEN_EMPTY:
        row[name] = row[name] or None
    return row


def to_json(article: Article) -> str:
    """One line of JSON, characters unescaped.

    >>> to_json(Article(id="1", url="https://union.example/1.html", title="工会"))[:52]
    '{"id": "1", "url": "https://union.example/1.html", "'
    """
    return json.dumps(to_dict(article), ensure_ascii=False)


# Fields that hold values of a type of their own.
PARTS = (
    ("topics", Topic),
    ("regions", Region),
    ("images", Image),
    ("attachments", Attachment),
    ("marks", Mark),
    ("cuts", Cut),
)


def from_dict(row: Mapping[str, Any]) -> Article:
    """The article that `to_dict` printed; what `to_dict` left out stays empty."""
    values: dict[str, Any] = {
        name: "" if value is None and name in NULL_WHEN_EMPTY else value for name, value in row.items()
    }
    for name, kind in PARTS:
        values[name] = [kind(**item) for item in values.get(name, ())]
    values["evidence"] = [
        Evidence(**{**item, "lost": tuple(tuple(pair) for pair in item["lost"])})
        for item in values.get("evidence", ())
    ]
    if values.get("story"):
        values["story"] = Story(**values["story"])
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return Article(**fields)


def apply_marks(text: str, marks: Iterable[Mark]) -> str:
    """`body_as_published` with its marks gives `body`.

    >>> apply_marks("全國(guó)", [Mark("drop_readings", 2, "(guó)", ""), Mark("to_simplified", 1, "國", "国")])
    '全国'
    """
    for mark in marks:
        end = mark.at + len(mark.removed)
        if text[mark.at : end] != mark.removed:
            message = (
                f"mark of {mark.step} at {mark.at} expects {mark.removed!r}, found {text[mark.at : end]!r}"
            )
            raise ValueError(message)
        text = text[: mark.at] + mark.added + text[end:]
    return text
