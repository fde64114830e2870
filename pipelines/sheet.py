"""The lines of a page at every stage of repair, so that whatever is chosen later can show what was done to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.article import Mark
from pipelines.clean import Repaired, marks_between


@dataclass(frozen=True, slots=True)
class Sheet:
    """`versions[0]` is every line as found, `versions[-1]` as repaired; `steps[n]` led from version n to n + 1."""

    steps: tuple[str, ...]
    versions: tuple[tuple[str, ...], ...]

    @property
    def found(self) -> tuple[str, ...]:
        return self.versions[0]

    @property
    def repaired(self) -> tuple[str, ...]:
        return self.versions[-1]


def sheet(found: Sequence[str], repaired: Repaired) -> Sheet:
    """The sheet of a repair; a last step takes away white space that the others left at the edges."""
    versions = [tuple(found), *(tuple(text.split("\n")) for _, text in repaired.history)]
    steps = [step for step, _ in repaired.history]
    trimmed = tuple(line.strip(" \u3000") for line in versions[-1])
    if trimmed != versions[-1]:
        return Sheet((*steps, "trim"), (*versions, trimmed))
    return Sheet(tuple(steps), tuple(versions))


def offset_before(marks: Sequence[Mark], offset: int) -> int:
    """Where an offset of the changed text stood before the marks; the start of a change that covers it.

    >>> offset_before([Mark("drop_readings", 1, "(guó)", "")], 3)
    8
    """
    for mark in reversed(marks):
        if offset >= mark.at + len(mark.added):
            offset += len(mark.removed) - len(mark.added)
        elif offset > mark.at:
            offset = mark.at
    return offset


def split(page: Sheet, at: int, offset: int) -> Sheet:
    """The sheet with line `at` cut in two at an offset of its repaired text, in every version."""
    offsets = [offset]
    for number in range(len(page.steps) - 1, -1, -1):
        before, after = page.versions[number][at], page.versions[number + 1][at]
        offsets.append(offset_before(marks_between(page.steps[number], before, after), offsets[-1]))
    versions = [
        (*version[:at], version[at][:cut].rstrip(), version[at][cut:].lstrip(), *version[at + 1 :])
        for version, cut in zip(page.versions, reversed(offsets), strict=True)
    ]
    return Sheet(page.steps, tuple(versions))


def joined(version: Sequence[str], chosen: Collection[int]) -> str:
    return "\n".join(version[at] for at in chosen)


def marks(page: Sheet, chosen: Sequence[int]) -> tuple[Mark, ...]:
    """Every change from the chosen lines as found to the same lines repaired."""
    texts = [joined(version, chosen) for version in page.versions]
    return tuple(
        mark
        for step, (before, after) in zip(page.steps, pairwise(texts), strict=True)
        if before != after
        for mark in marks_between(step, before, after)
    )
