"""A text laid out: every line repaired and named, ready to be made an article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.article import Script
from archive.lesson import Memory
from pipelines.clean import repair
from pipelines.clean.echoes import echoes
from pipelines.clean.furniture import classify, labels_of, split_head, tail_of
from pipelines.clean.looks import Look, looks
from pipelines.clean.zones import signed_end
from pipelines.document import tidy
from pipelines.extract import Reading, prose, squeezed, story
from pipelines.memory import NOTHING, familiar, renamed, standing
from pipelines.parts import Candidate, Label, Line
from pipelines.sheet import Sheet, sheet, split

BODY: frozenset[Label] = frozenset({"body", "heading"})


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out: its lines repaired, what each is, and the candidates for its fields, repaired as well.

    `places` says which line of the reading each one is, or is a part of.
    """

    sheet: Sheet
    lines: tuple[Line, ...]
    places: tuple[int, ...]
    labels: tuple[Label, ...]
    candidates: tuple[Candidate, ...]
    doubts: tuple[str, ...]
    script: Script


def lay(reading: Reading, doubts: tuple[str, ...] = (), memory: Memory = NOTHING) -> Laid:
    """Repair every line and candidate of a page in one go, so that the whole page is evidence; then name the lines."""
    found = [line.text for line in reading.lines]
    values = [candidate.value.replace("\n", " ") for candidate in reading.candidates]
    whole = repair("\n".join([*found, *values]))
    page = sheet([*found, *values], whole)
    lines = tuple(repaired(line, text) for line, text in zip(reading.lines, page.repaired, strict=False))
    candidates = tuple(
        replace(candidate, value=text)
        for candidate, text in zip(reading.candidates, page.repaired[len(lines) :], strict=True)
    )
    labels = named(reading, lines, title_line(lines, candidates), memory)
    places = tuple(range(len(lines)))
    return parted(Laid(page, lines, places, labels, candidates, (*doubts, *whole.doubts), whole.script))


def repaired(line: Line, text: str) -> Line:
    """The line with its repaired text; its pieces stay where every character kept its place."""
    if text == line.text:
        return line
    return replace(line, text=text, pieces=line.pieces if len(text) == len(line.text) else ())


def lay_plain(text: str) -> Laid:
    """The same for plain text, whose lines are all there is."""
    found = [line for raw in text.splitlines() if (line := tidy(raw))]
    whole = repair("\n".join(found))
    page = sheet(found, whole)
    lines = tuple(Line(line) for line in page.repaired)
    places = tuple(range(len(lines)))
    return parted(Laid(page, lines, places, classify(lines), (), whole.doubts, whole.script))


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the story begins, where its prose ends, and where its signature does; line numbers, ends exclusive."""

    first: int
    prose: int
    end: int


def named(
    reading: Reading, lines: Sequence[Line], title_at: int | None, memory: Memory = NOTHING
) -> tuple[Label, ...]:
    """What each line is: the container is found with a first look at every line, its lines are then told apart.

    What is remembered of the portal as furniture never counts for the story.
    """
    seen = looks(lines)
    known = familiar(lines, memory)
    plain = labels_of(seen)
    first_look = renamed(plain, known.apart)
    chosen = story(reading, lines, first_look, title_at)
    prosaic = spoken(lines, plain, chosen)
    cut = standing(known, prosaic)
    told = bounds(lines, seen, renamed(plain, cut), chosen)
    first, end = between(told, [at for at in prosaic if at in cut])
    labels = labels_of(seen, region=(first, end))
    found: list[Label] = [
        "body" if told.prose <= at < told.end else label_of(label, inside=is_chosen and first <= at < end)
        for at, (label, is_chosen) in enumerate(zip(labels, chosen, strict=True))
    ]
    return renamed(found, cut)


def between(told: Bounds, cut: Sequence[int]) -> tuple[int, int]:
    """The story's bounds, up to the remembered lines around it: what they enclose (编者按) is no less inside for them."""
    before = [at + 1 for at in cut if at < told.first]
    behind = [at for at in cut if at >= told.end]
    return max(before, default=told.first), min(behind, default=told.prose)


def spoken(lines: Sequence[Line], labels: Sequence[Label], chosen: Sequence[bool]) -> list[int]:
    """The lines of prose among the chosen ones."""
    return [at for at, inside in enumerate(chosen) if inside and prose(lines[at], labels[at]) > 0]


def bounds(
    lines: Sequence[Line], seen: Sequence[Look], labels: Sequence[Label], chosen: Sequence[bool]
) -> Bounds:
    """From the first to the last prose of the container, with the salutation before and the signature after it."""
    prosaic = spoken(lines, labels, chosen)
    if not prosaic:
        inside = [at for at, is_chosen in enumerate(chosen) if is_chosen]
        end = inside[-1] + 1 if inside else len(lines)
        return Bounds(inside[0] if inside else end, end, end)
    first, end = prosaic[0], prosaic[-1] + 1
    while first and chosen[first - 1] and addresses(lines[first - 1]):
        first -= 1
    following = next((at for at in range(end, len(lines)) if not chosen[at]), len(lines))
    return Bounds(first, end, signed_end(seen[:following], end))


def addresses(line: Line) -> bool:
    """Whether a line calls upon its readers (各省、自治区、直辖市人民政府：) or announces a summary."""
    return line.text.rstrip().endswith(("：", ":")) and len(line.text) > 4


def label_of(label: Label, *, inside: bool) -> Label:
    """Inside the story's container a line is what it looks like; outside of it, it is never the story's."""
    if inside:
        return label
    return "outside" if label in BODY else label


def title_line(lines: Sequence[Line], candidates: Sequence[Candidate]) -> int | None:
    """The line that prints the title: the one most candidates agree with."""
    titles = {squeezed(candidate.value) for candidate in candidates if candidate.field == "title"}
    best, most = None, 0
    for at, line in enumerate(lines):
        text = squeezed(line.text)
        if len(text) < 5 or (line.linked > 0.5 and line.tag != "h1"):
            continue
        votes = sum(2 if text == title else len(text) >= 8 and text in title for title in titles)
        if votes > most:
            best, most = at, votes
    return best


def parted(laid: Laid) -> Laid:
    """Cut off what is glued to a paragraph: 「来源:中工网」 before it, 「返回搜狐，查看更多」 behind it."""
    for at in reversed(range(len(laid.lines))):
        if laid.labels[at] in BODY and (offset := tail_of(laid.lines[at])) is not None:
            laid = cut_in_two(laid, at, offset, tail=tail_label(laid.lines[at].text[offset:]))
        if laid.labels[at] in BODY and (offset := split_head(laid.lines[at].text)) is not None:
            laid = cut_in_two(laid, at, offset, head="byline")
    return laid


def cut_in_two(
    laid: Laid, at: int, offset: int, *, head: Label | None = None, tail: Label | None = None
) -> Laid:
    """Line `at` as two lines; the part without a label of its own keeps the line's."""
    line, label = laid.lines[at], laid.labels[at]
    first, second = (
        replace(line, text=line.text[:offset].rstrip(), pieces=()),
        replace(line, text=line.text[offset:].lstrip(), pieces=()),
    )
    return replace(
        laid,
        sheet=split(laid.sheet, at, offset),
        lines=(*laid.lines[:at], first, second, *laid.lines[at + 1 :]),
        places=(*laid.places[:at], laid.places[at], *laid.places[at:]),
        labels=(*laid.labels[:at], head or label, tail or label, *laid.labels[at + 1 :]),
    )


def tail_label(text: str) -> Label:
    """What a glued tail is; one of no known kind belongs to the interface (返回搜狐，查看更多)."""
    label = classify((Line(text),))[0]
    return "interface" if label in BODY else label


def without_echoes(laid: Laid, title: str) -> Laid:
    """Name what the body says twice: the title once more, doubled leads, a farm's wrapped copy of the lead."""
    chosen = body_lines(laid)
    texts = [laid.lines[at].text for at in chosen]
    said_twice = {chosen[at]: label for at, label in echoes(texts, title=title)}
    return replace(laid, labels=tuple(said_twice.get(at, label) for at, label in enumerate(laid.labels)))


def body_lines(laid: Laid) -> list[int]:
    return [at for at, label in enumerate(laid.labels) if label in BODY and laid.lines[at].text]
