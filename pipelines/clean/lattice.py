"""Bytes of which some are known only roughly, read as the likeliest Chinese."""

from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import Literal, NamedTuple

from pipelines.clean.gbk import PRIVATE
from pipelines.clean.language import EDGE, language

Possible = tuple[int, ...]  # the bytes that one place can hold
Encoding = Literal["utf-8", "gb18030", "cp950", "big5hkscs"]

# Combinations of possible bytes tried for one character.
MOST_TRIED = 256
# A character chosen among several is left in doubt below this share of belief.
SURE_NATS = 3.0


class Reading(NamedTuple):
    """A text and the places in it that could have been another character."""

    text: str
    unsure: tuple[int, ...]


def read(places: Sequence[Possible], encoding: Encoding) -> Reading | None:
    """The likeliest text that these bytes spell; None where they spell none.

    >>> read([(0xE5,), (0x81, 0x8F), (0xAC,), (0xE5,), (0xBC,), (0x80,)], "utf-8")
    Reading(text='召开', unsure=())
    """
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(places):
        size = _size(places[at][0], encoding)
        choices = _characters(places[at : at + size], encoding) if at + size <= len(places) else ()
        if not choices:
            return None
        found.append(choices)
        at += size
    return _likeliest(found)


def _size(first: int, encoding: Encoding) -> int:
    """How many bytes the character has that begins so; a byte that begins none counts one and fails."""
    if first < 0x80:
        return 1
    if encoding != "utf-8":
        return 2
    return 2 if 0xC2 <= first <= 0xDF else 3 if 0xE0 <= first <= 0xEF else 4 if 0xF0 <= first <= 0xF4 else 1


def _characters(places: Sequence[Possible], encoding: Encoding) -> tuple[str, ...]:
    decoded = (_decoded(bytes(combined), encoding) for combined in islice(product(*places), MOST_TRIED))
    return tuple(char for char in decoded if char)


def _decoded(found: bytes, encoding: Encoding) -> str:
    try:
        char = found.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 and ord(char) not in PRIVATE else ""


def _likeliest(choices: Iterable[tuple[str, ...]]) -> Reading:
    """One character of each place, so that they follow one another best."""
    model = language()
    paths: list[tuple[float, str, str]] = [(0.0, EDGE, "")]
    unsure: list[int] = []
    for at, chars in enumerate(choices):
        kinds = [(char, model.fold(char)) for char in chars]
        moved = [
            max((score + model.after(last, kind), kind, text + char) for score, last, text in paths)
            for char, kind in kinds
        ]
        paths = sorted(moved, reverse=True)[:8]
        if len(paths) > 1 and paths[0][0] - paths[1][0] < SURE_NATS:
            unsure.append(at)
    return Reading(max(paths)[2], tuple(unsure))
