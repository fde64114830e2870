"""Where the words of a query stand in a text, and the passage worth showing."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from archive.grams import Text

Range = tuple[int, int]
WIDTH = 90  # characters of a snippet: two lines of a terminal
LEAD = 20  # characters shown before the first word found
MOST = 1_000  # places noted of one term


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage with the ranges of the words in it, and `all` their ranges in the whole text."""

    text: str
    ranges: tuple[Range, ...]
    all: tuple[Range, ...]


def ranges(text: Text, terms: Sequence[str]) -> tuple[Range, ...]:
    """Where the folded terms stand in the original text, in order, none touching another.

    >>> ranges(Text("总工会和工会", ((1, 1),)), ["工会"])
    ((2, 4), (5, 7))
    """
    starts = [offset for offset, _ in text.gaps]
    dropped = [0, *(count for _, count in text.gaps)]
    found = [place for term in terms if term for place in _places(text.folded, term)]
    back = [
        (a + dropped[bisect_right(starts, a)], b - 1 + dropped[bisect_right(starts, b - 1)] + 1)
        for a, b in found
    ]
    return _joined(sorted(back))


def _places(folded: str, term: str) -> list[Range]:
    found: list[Range] = []
    at = folded.find(term)
    while at >= 0 and len(found) < MOST:
        found.append((at, at + len(term)))
        at = folded.find(term, at + len(term))
    return found


def _joined(found: list[Range]) -> tuple[Range, ...]:
    kept: list[Range] = []
    for start, end in found:
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)


def cut(body: str, found: tuple[Range, ...]) -> Snippet:
    """The passage of the body that shows most of what was found; its beginning when nothing was."""
    start = _best_start(found)
    start = 0 if start <= LEAD else start - LEAD
    end = max(start + WIDTH, next((end for begin, end in found if begin == start + LEAD), 0))
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start]
    before, after = "…" if start else "", "…" if end < len(body) else ""
    shown = body[start:end].replace("\n", " ")
    return Snippet(
        before + shown + after, tuple((a + len(before), b + len(before)) for a, b in inside), found
    )


def _best_start(found: tuple[Range, ...]) -> int:
    """The first of the places from which a snippet's width covers the most characters found."""
    best, most = 0, 0
    for at, (start, _) in enumerate(found[:MOST]):
        near = found[at : at + WIDTH]
        covered = sum(end - begin for begin, end in near if end <= start + WIDTH - LEAD)
        if covered > most:
            best, most = start, covered
    return best
