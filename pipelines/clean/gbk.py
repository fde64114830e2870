"""GBK as bytes: which character has which lead and trail byte."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

Pair = tuple[int, int]

LEADS = range(0x81, 0xFF)
TRAILS = tuple(byte for byte in range(0x40, 0xFF) if byte != 0x7F)
# Where Python's gb18030 and browsers put the pairs that GBK leaves to its users.
PRIVATE = range(0xE000, 0xF900)
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Table:
    """`pairs` holds private-use characters too; the others only characters that a writer can have meant."""

    pairs: Mapping[str, Pair]
    chars: Mapping[Pair, str]
    by_lead: Mapping[int, tuple[str, ...]]
    by_trail: Mapping[int, tuple[str, ...]]


@cache
def table() -> Table:
    """All 23,940 pairs, built once a process in some 20 ms."""
    pairs: dict[str, Pair] = {}
    chars: dict[Pair, str] = {}
    by_lead: dict[int, list[str]] = {lead: [] for lead in LEADS}
    by_trail: dict[int, list[str]] = {trail: [] for trail in TRAILS}
    for pair in ((lead, trail) for lead in LEADS for trail in TRAILS):
        char = bytes(pair).decode("gb18030", "ignore")
        if len(char) != 1:
            continue
        pairs[char] = pair
        if ord(char) not in PRIVATE:
            chars[pair] = char
            by_lead[pair[0]].append(char)
            by_trail[pair[1]].append(char)
    return Table(
        pairs,
        chars,
        {lead: tuple(found) for lead, found in by_lead.items()},
        {trail: tuple(found) for trail, found in by_trail.items()},
    )


def pair_of(char: str) -> Pair | None:
    r"""The two bytes of a character, or those of the full-width form that a mirror folded to it.

    >>> [f"{byte:02X}" for byte in pair_of("工") or ()], pair_of(",") == pair_of("，"), pair_of("é"), pair_of("\n")
    (['B9', 'A4'], True, (168, 166), None)
    """
    found = table().pairs.get(char)
    if found is None and char and " " <= char <= "~":
        return (0xA1, 0xA1) if char == " " else (0xA3, ord(char) + 0x80)
    return found


def makes_none(first: int, second: int) -> bool:
    """Whether two bytes are no character of the older GBK, so that a decoder gives up the first.

    The pairs of users' own areas decode to U+E000 to U+E765; those that Python puts above were nothing to cp936.

    >>> makes_none(0x80, 0xA1), makes_none(0xA2, 0xAB), makes_none(0xAA, 0xA1), makes_none(0xB9, 0xA4)
    (True, True, False, False)
    """
    char = bytes((first, second)).decode("gb18030", "ignore")
    return len(char) != 1 or char.isascii() or "\ue766" <= char <= "\ue864"


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char < "\u4dc0"
