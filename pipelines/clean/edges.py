"""Characters of which one byte is lost: chosen by both their sides, with the alternatives kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp

from pipelines.clean.bytewalk import emission
from pipelines.clean.gbk import makes_none, table
from pipelines.clean.language import EDGE, language
from pipelines.clean.redamage import LOST, narrow
from pipelines.segment import tokenizer

CLOSERS = {"”": "“", "）": "（", "》": "《", "’": "‘", "】": "【"}
OPENERS = {opener: closer for closer, opener in CLOSERS.items()}
WIDE_BRACKETS = str.maketrans("()", "（）")
# Nats for a bracket that closes what is open, or opens what is closed later; and against one that does not.
CLOSES, CLOSES_NOTHING, OPENS, OPENS_NOTHING = 3.0, -6.0, 2.0, -4.0
LEFT_SEEN, RIGHT_SEEN, RIGHT_SCORED = 80, 60, 2
# Three characters in a row that stand elsewhere on the page.
ON_PAGE = 4.0
# A word of the dictionary with a neighbour; so many candidates are worth the look.
IN_WORD, CUT = 2.0, 12
ALTERNATIVES = 5
MOST_OF_PAGE = 100_000
# Nats against what hardly ends a line.
ENDS_BADLY = {"，": -5.0, "、": -5.0, "；": -3.0, "：": -2.0, ".": -4.0, "-": -4.0, "%": -2.0, EDGE: -9.0}
# A decoder drops a trail byte in the middle of Chinese text only where it makes no pair with the next byte.
DROPPED_FOR_NO_REASON = -5.5


@dataclass(frozen=True, slots=True)
class Half:
    """The character at `at` of a run: its lead or its trail byte is lost.

    `choices` are the likeliest characters, `sure` the share of belief that the first of them holds.
    """

    at: int
    is_lead_lost: bool
    choices: str = ""
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a half-lost character on its line, and what stands in a row anywhere on the page."""

    left: str
    right: str
    page: frozenset[str]


def threes(page: str) -> frozenset[str]:
    """Every three characters in a row.

    >>> sorted(threes("工会新闻"))
    ['会新闻', '工会新']
    """
    return frozenset(page[at : at + 3] for at in range(min(len(page), MOST_OF_PAGE) - 2))


def settle(
    page: frozenset[str], left: str, new: str, right: str, halves: tuple[Half, ...]
) -> tuple[str, tuple[Half, ...]]:
    """The run with each half-lost character chosen by what stands around it, and the halves with their choices."""
    settled: list[Half] = []
    for half in halves:
        before = (left + new[: half.at])[-LEFT_SEEN:].rsplit("\n", 1)[-1]
        after = (new[half.at + 1 :] + right)[:RIGHT_SEEN].split("\n", 1)[0]
        chosen = _choose(half, new[half.at], Place(before, after, page))
        new = new[: half.at] + chosen.choices[0] + new[half.at + 1 :]
        settled.append(chosen)
    return new, tuple(settled)


def _choose(half: Half, char: str, place: Place) -> Half:
    pair = table().pairs[char]
    candidates = table().by_trail[pair[1]] if half.is_lead_lost else table().by_lead[pair[0]]
    likely = sorted(((_by_characters(half, place, found), found) for found in candidates), reverse=True)[:CUT]
    scored = sorted(((score + _by_words(place, found), found) for score, found in likely), reverse=True)
    belief = sum(exp(score - scored[0][0]) for score, _ in scored)
    return replace(half, choices="".join(found for _, found in scored[:ALTERNATIVES]), sure=1 / belief)


def _by_characters(half: Half, place: Place, char: str) -> float:
    right = place.right.replace(LOST, "0")
    before = language().fold(place.left[-1:]) or EDGE
    total = 0.0 if right else ENDS_BADLY.get(language().fold(char), 0.0)
    for following in (char, *right[:RIGHT_SCORED]) if right else (char, EDGE):
        likely, before = emission(before, following)
        total += likely
    total += sum(_balance(place.left, char, right))
    return total if half.is_lead_lost or _could_drop(char, place.right) else total + DROPPED_FOR_NO_REASON


def _could_drop(char: str, right: str) -> bool:
    """Whether a decoder would lose the trail byte of the character before what follows; an ASCII one it would show."""
    trail, following = table().pairs[char][1], table().pairs.get(right[:1].replace(LOST, ""))
    return trail >= 0x80 and (following is None or makes_none(trail, following[0]))


def _by_words(place: Place, char: str) -> float:
    """What words around say that pairs of characters cannot, and what the page says elsewhere."""
    return IN_WORD * _is_in_word(place, char) + ON_PAGE * _is_on_page(place, char)


def _is_in_word(place: Place, char: str) -> bool:
    """Whether the character makes a word of the dictionary with its neighbours."""
    fold = language().fold
    left, middle, right = fold(place.left[-2:]), fold(char), fold(place.right[:2])
    words = (
        left[-1:] + middle,
        middle + right[:1],
        left + middle,
        left[-1:] + middle + right[:1],
        middle + right,
    )
    return any(len(word) > 1 and tokenizer().FREQ.get(word) for word in words)


def _is_on_page(place: Place, char: str) -> bool:
    left, right = place.left[-2:], place.right[:2]
    around = (left + char, left[-1:] + char + right[:1], char + right)
    return any(narrow(three) in place.page for three in around)


def _balance(left: str, char: str, right: str) -> Iterator[float]:
    if char in CLOSERS:
        waiting = _still_open(left)
        yield CLOSES if waiting and waiting[-1] == CLOSERS[char] else CLOSES_NOTHING
    if char in OPENERS:
        rest = right.translate(WIDE_BRACKETS)
        closed, opened = rest.find(OPENERS[char]), rest.find(char)
        yield OPENS if closed >= 0 and (opened < 0 or closed < opened) else OPENS_NOTHING


def _still_open(text: str) -> list[str]:
    waiting: list[str] = []
    for char in text.translate(WIDE_BRACKETS):
        if char in OPENERS:
            waiting.append(char)
        elif char in CLOSERS and waiting and waiting[-1] == CLOSERS[char]:
            waiting.pop()
    return waiting
