"""Where a text may have been decoded one byte off: the decoder's signs, and characters that make no Chinese together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.clean.bytewalk import Island
from pipelines.clean.gbk import pair_of, table
from pipelines.clean.language import EDGE, language
from pipelines.clean.pinyin import LETTERS

SIGN = re.compile(rf"\ufffd|[?？][{LETTERS}]{{1,6}} ?[)）]")
# Ordinary beside the common characters of the model; anything else in GBK makes a line worth a second look.
ORDINARY = frozenset(
    "，。、；：？！“”‘’（）《》〈〉【】—…·－＋／．～％×÷℃°′″①②③④⑤⑥⑦⑧⑨⑩■●▲△○◆□★☆→〔〕「」『』•±≥≤▼►↑↓´§［］｛｝＜＞＝"
    "∶ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ丨⑴⑵⑶⑷⑸⑹㎡㎞"
)
# Four characters in a row less likely than this (mean nats) show a run; it began at most so many before.
WINDOW, UNLIKELY, REACH = 4, -8.6, 5
# What reading one byte off must promise, in nats, before the whole search is worth its time; edges guessed at best.
PROMISE, EDGES, NO_CHAR, AHEAD = 8.0, 3.0, -20.0, 30


@dataclass(frozen=True, slots=True)
class Suspect:
    """A line that begins at `at` of the text, and the stretches of it to be read again."""

    at: int
    line: str
    islands: tuple[Island, ...]


def suspicious(text: str) -> frozenset[str]:
    """Characters of the text that ordinary Chinese hardly uses and GBK can hold.

    >>> sorted(suspicious("全脷总工奆：栏目")), sorted(suspicious("工会 Union、①"))
    (['奆', '脷'], [])
    """
    model, pairs = language(), table().pairs
    chars = {char for char in set(text) - model.common - ORDINARY if not char.isascii() and char in pairs}
    return frozenset(
        char for char in chars if model.fold(char) not in model.common and model.fold(char) not in ORDINARY
    )


def find_suspects(text: str) -> Iterator[Suspect]:
    """Lines in which something is wrong."""
    rare = suspicious(text)
    if not rare and SIGN.search(text) is None:
        return
    at = 0
    for line in text.split("\n"):
        islands = tuple(_islands(_places(line, rare)))
        if islands:
            yield Suspect(at, line, islands)
        at += len(line) + 1


def _places(line: str, rare: frozenset[str]) -> Sequence[int]:
    signs = [found.start() for found in SIGN.finditer(line)]
    if rare.isdisjoint(line):
        return signs
    likely = _likelihoods(line)
    unlikely = [
        at
        for at, char in enumerate(line)
        if char in rare and _is_unlikely(likely, at) and _promises(line, likely, at)
    ]
    return sorted({*signs, *unlikely})


def _likelihoods(line: str) -> list[float]:
    model = language()
    folded = model.fold(line)
    return [model.after(a, b) for a, b in zip(EDGE + folded, folded, strict=False)]


def _is_unlikely(likely: Sequence[float], at: int) -> bool:
    windows = (likely[begin : begin + WINDOW] for begin in range(max(0, at - WINDOW + 1), at + 1))
    return any(sum(window) < UNLIKELY * len(window) for window in windows)


def _promises(line: str, likely: Sequence[float], at: int) -> bool:
    """Whether some run through this place reads better one byte off.

    Each step adds what the character between two found ones is likelier than the first of them.
    """
    begin, end = max(0, at - REACH), min(len(line), at + AHEAD)
    between = _between(line[begin:end])
    gains = [new - old for new, old in zip(between, likely[begin:end], strict=False)]
    split = at - begin
    return _best_sum(gains[:split][::-1]) + _best_sum(gains[split:]) - EDGES >= PROMISE


def _best_sum(gains: Sequence[float]) -> float:
    best = total = 0.0
    for gain in gains:
        total += gain
        best = max(best, total)
    return best


def _between(text: str) -> Iterator[float]:
    """How likely each character is that lies one byte off between two of the text."""
    before = ""
    for char, following in pairwise(text):
        kinds = [language().fold(found) for found in _in_between(char, following)]
        likely = [(language().after(before, kind), kind) for kind in kinds]
        score, before = max(likely, default=(NO_CHAR, ""))
        yield score
    yield 0.0


def _in_between(char: str, following: str) -> Iterator[str]:
    """The character of the trail byte of one and the lead byte of the next, or all of the next where it is ASCII."""
    pair, after, chars = pair_of(char), pair_of(following), table().chars
    if pair and after and (pair[1], after[0]) in chars:
        yield chars[pair[1], after[0]]
    if pair and "@" <= following <= "~" and (pair[1], ord(following)) in chars:
        yield chars[pair[1], ord(following)]


def _islands(places: Sequence[int]) -> Iterator[Island]:
    """Places close together are searched together."""
    group: list[int] = []
    for place in places:
        if group and place - REACH > group[-1] + 1:
            yield _island(group)
            group = []
        group.append(place)
    if group:
        yield _island(group)


def _island(group: Sequence[int]) -> Island:
    open_at = frozenset(at for place in group for at in range(max(0, place - REACH), place + 1))
    return Island(max(0, group[0] - REACH), group[-1], open_at)
