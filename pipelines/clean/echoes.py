"""What a page says twice: doubled leads, the title inside the body, a whole text printed two times."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from pipelines.clean.wrapper import is_wrapper
from pipelines.likeness import likeness
from pipelines.parts import Label

GRAM = 4
CONTAINED = 0.85  # share of one paragraph's grams that the other holds (measured: damage.md §5)
RATIO = 0.6  # a short phrase inside a long paragraph is no echo of it
COMMON = 24  # paragraphs a gram is looked up in; one that stands in more tells nothing
NEXT = 2  # paragraphs between a lead and its double; a single repeat further on is the author's own
LEAST = 20  # characters; shorter lines repeat by right (refrains, sub-headings)
NOISE = re.compile(r"[^\w\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Echo:
    """Paragraph `cut` repeats paragraph `kept` (-1: the title)."""

    cut: int
    kept: int
    label: Label
    reason: str


def key(text: str) -> str:
    """A paragraph without punctuation, simplified, lower case."""
    return NOISE.sub("", likeness(text).lower())


def grams(folded: str) -> frozenset[str]:
    return frozenset(folded[at : at + GRAM] for at in range(len(folded) - GRAM + 1))


def echoes(paragraphs: Sequence[str], *, title: str = "") -> tuple[tuple[int, Label], ...]:
    """Which paragraphs to leave out, and as what: "echo", or "wrapper" where a farm repeats the lead.

    >>> lead = "改革创新是时代发展的最强音，市总工会坚持面向基层、面向职工，深化工会改革。"
    >>> echoes([lead, lead.replace("市总工会", "近年来，大同市总工会"), "全市工会系统开展大讨论活动，取得实效。"])
    ((0, 'echo'),)
    >>> echoes(["劳动光荣。", "劳动光荣。"])  # a refrain
    ()
    """
    return tuple((echo.cut, echo.label) for echo in repeats(paragraphs, title=title))


def repeats(paragraphs: Sequence[str], *, title: str = "") -> tuple[Echo, ...]:
    """What repeats what, in the order of the paragraphs to be cut."""
    keys = [key(paragraph) for paragraph in paragraphs]
    sets = [grams(folded) for folded in keys]
    found = list(title_echoes(keys, key(title)))
    gone = {echo.cut for echo in found}
    seen: dict[str, list[int]] = defaultdict(list)
    for at, folded in enumerate(keys):
        if len(folded) < LEAST or at in gone:
            continue
        other = closest(at, sets, seen, gone)
        if other is not None and (echo := decide(paragraphs, keys, other, at)):
            found.append(echo)
            gone.add(echo.cut)
        for gram in sets[at] if at not in gone else ():
            if len(seen[gram]) < COMMON:
                seen[gram].append(at)
    pairs = {(echo.cut, echo.kept) for echo in found}
    believed = [echo for echo in found if is_doubled(echo, pairs)]
    return tuple(sorted(believed, key=lambda echo: echo.cut))


def is_doubled(echo: Echo, pairs: Collection[tuple[int, int]]) -> bool:
    """Whether a repeat is a page's and not its author's: next to its like, or one of a run that repeats in order."""
    if echo.kept < 0 or echo.label == "wrapper" or abs(echo.cut - echo.kept) <= NEXT:
        return True
    return any((echo.cut + step, echo.kept + step) in pairs for step in (1, -1))


def title_echoes(keys: Sequence[str], title: str) -> tuple[Echo, ...]:
    """The title among the first lines or, once more, the last."""
    if len(title) < 6:
        return ()
    near = [at for at in range(len(keys)) if at < 3 or at == len(keys) - 1]
    whole = [at for at in near if keys[at] == title]
    broken = [at for at in near[:3] if len(keys[at]) >= 6 and at not in whole and is_part(keys[at], title)]
    return tuple(Echo(at, -1, "echo", "the title stands in the body") for at in (*whole, *broken))


def is_part(line: str, title: str) -> bool:
    """Whether a line is the beginning or the end of a title that was broken into lines."""
    return title.startswith(line) or title.endswith(line)


def closest(
    at: int, sets: Sequence[frozenset[str]], seen: dict[str, list[int]], gone: set[int]
) -> int | None:
    """The earlier paragraph that shares most with this one, if one holds nearly all of the other."""
    known = sets[at] & seen.keys()  # few: a paragraph seldom repeats
    shared = Counter(chain.from_iterable(seen[gram] for gram in known))
    nearest = sorted(
        (other for other in shared if other not in gone), key=lambda other: (-shared[other], other)
    )
    for other in nearest[:3]:
        count = shared[other]
        if count >= CONTAINED * min(len(sets[at]), len(sets[other])):
            return other
    return None


def decide(paragraphs: Sequence[str], keys: Sequence[str], first: int, second: int) -> Echo | None:
    """Which of two like paragraphs is the copy.

    A farm's wrapper loses; of two equal ones the later; of a standfirst and the paragraph it was made from, the
    poorer. A title quoted in a sentence is no echo: the lengths differ too much.
    """
    wrapped = (is_wrapper(paragraphs[first]), is_wrapper(paragraphs[second]))
    if wrapped[0] != wrapped[1]:
        cut, kept = (first, second) if wrapped[0] else (second, first)
        return Echo(cut, kept, "wrapper", "a wrapper repeats the lead")
    short, long = sorted((len(keys[first]), len(keys[second])))
    if short < RATIO * long:
        return None
    if keys[first] == keys[second]:
        return Echo(second, first, "echo", "the same paragraph stands twice")
    cut, kept = (first, second) if len(keys[second]) >= len(keys[first]) else (second, first)
    reason = "the lead stands twice" if first <= 1 else "a paragraph stands twice with changes"
    return Echo(cut, kept, "echo", reason)
