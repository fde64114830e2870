"""The pages of one article, laid out one by one, as one text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.article import Evidence
from pipelines.clean.echoes import LEAST, key
from pipelines.layout import BODY, Laid, body_lines
from pipelines.metadata import Fields
from pipelines.sheet import Sheet
from pipelines.sheet import joined as text_of
from pipelines.verdict import NO_ARTICLE, not_an_article

SHORTEST_TITLE = 6  # characters; a shorter one stands in other titles by chance
NUMBER = re.compile(r"\d{0,2}")
SIGNED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("author", ("authors", "correspondents")),
    ("editor", ("editors",)),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A further page of an article; with a reason it is left out, and without lines nothing of it could be read."""

    laid: Laid | None
    reason: str = ""


def join(first: Laid, parts: Sequence[Part], title: str) -> Laid:
    """The pages in order behind each other; a further page says once what earlier ones said.

    What is left out gives a doubt, and its lines are cut.
    """
    whole = first
    for number, part in enumerate(parts, 2):
        if part.laid:
            own = without_body(part.laid) if part.reason else once(part.laid, whole, title)
            whole = behind(whole, own)
        if part.reason:
            doubt = f"page {number} of the article was left out: {part.reason}"
            whole = replace(whole, doubts=(*whole.doubts, doubt))
    return whole


def strange(page: Laid, title: str) -> str:
    """Why a page is no part of the article called `title`, "" where it is one; a page may be short."""
    body = text_of(page.sheet.repaired, body_lines(page))
    reason = not_an_article(body, "")
    if not is_entitled(page, title):
        return reason or "it bears another title"
    return reason if not body or NO_ARTICLE.search(body) else ""  # the last page may hold one short sentence


def is_entitled(page: Laid, title: str) -> bool:
    """Whether a page shows the article's title, or none at all."""
    wanted = key(title)
    said = [key(each.value) for each in page.candidates if each.field == "title"]
    if len(wanted) < SHORTEST_TITLE or not said:
        return True
    shown = [*said, *(key(line.text) for line in page.lines)]
    return any(wanted in each or (len(each) >= SHORTEST_TITLE and each in wanted) for each in shown)


def without_body(page: Laid) -> Laid:
    return replace(page, labels=tuple("outside" if label in BODY else label for label in page.labels))


def once(page: Laid, before: Laid, title: str) -> Laid:
    """A further page without the title, and without paragraphs of the pages before it."""
    known = {folded for line in before.lines if len(folded := key(line.text)) >= LEAST}
    said = [
        folded in known or is_title(folded, key(title)) for folded in (key(line.text) for line in page.lines)
    ]
    labels = zip(page.labels, said, strict=True)
    return replace(
        page, labels=tuple("echo" if again and label in BODY else label for label, again in labels)
    )


def is_title(folded: str, title: str) -> bool:
    """Whether a line is the title, or the title with the number of the page: 标题（2）."""
    return bool(title) and folded.startswith(title) and NUMBER.fullmatch(folded[len(title) :]) is not None


def behind(first: Laid, second: Laid) -> Laid:
    """Two texts as one; candidates are the first one's, and `places` are those in each one's own reading."""
    return replace(
        first,
        sheet=continued(first, second),
        lines=(*first.lines, *second.lines),
        places=(*first.places, *second.places),
        labels=(*first.labels, *second.labels),
        doubts=tuple(dict.fromkeys((*first.doubts, *second.doubts))),
    )


def continued(first: Laid, second: Laid) -> Sheet:
    """The lines of both at every stage: the first is repaired while the second stands as found, then the second."""
    here = [version[: len(first.lines)] for version in first.sheet.versions]
    there = [version[: len(second.lines)] for version in second.sheet.versions]
    versions = [
        *((*version, *there[0]) for version in here),
        *((*here[-1], *version) for version in there[1:]),
    ]
    return Sheet((*first.sheet.steps, *second.sheet.steps), tuple(versions))


def signed(fields: Fields, last: Fields) -> Fields:
    """The fields of the first page, with authors and editors that only the end of the last one names."""
    for name, places in SIGNED:
        if not getattr(fields, places[0]) and getattr(last, places[0]):
            values = {place: getattr(last, place) for place in places}
            fields = replace(fields, evidence=(*fields.evidence, *of_field(last, name)), **values)
    return fields


def of_field(fields: Fields, name: str) -> list[Evidence]:
    return [each for each in fields.evidence if each.field == name]
