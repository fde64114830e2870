"""Words that tell this article from others: term frequency against jieba's document frequencies."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from pipelines.segment import pieces
from pipelines.tagging.officials import surnames
from pipelines.tagging.reading import Text
from seeds.words import lexicon, read

MOST = 8
TITLE_WEIGHT = 3.0
LONGEST = 1000  # characters of body read; later paragraphs change the list of words no more
WORD = re.compile(r"[\u4e00-\u9fff]{2,12}|[a-z][a-z0-9+\-]{1,15}")
LEXICON_IDF = 9.0  # a word of the trade is as telling as a rare word; jieba's table does not know it


@cache
def frequencies() -> Mapping[str, float]:
    """Inverse document frequencies that jieba carries, words of one character left out."""
    table = (files("jieba") / "analyse" / "idf.txt").read_text(encoding="utf-8")
    pairs = (line.rsplit(" ", 1) for line in table.splitlines())
    return {word: float(value) for word, value in pairs if len(word) > 1}


@cache
def median() -> float:
    values = sorted(frequencies().values())
    return values[len(values) // 2]


@cache
def persons() -> frozenset[str]:
    """Names of persons that jieba's dictionary holds: a private person is no keyword."""
    table = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    return frozenset(line.split(" ", 1)[0] for line in table.splitlines() if line.endswith(" nr"))


@cache
def trade() -> frozenset[str]:
    return frozenset(lexicon())


@cache
def commonplace() -> frozenset[str]:
    return frozenset(read("commonplace"))


def keywords(text: Text, names: Iterable[str] = ()) -> tuple[str, ...]:
    """At most eight words, the most telling first; `names` (bodies, people) are said elsewhere, or private, and left out."""
    counts: Counter[str] = Counter()
    for word in (*text.lead_words, *pieces(text.rest[: LONGEST - len(text.lead)])):
        if WORD.fullmatch(word):
            counts[word] += 1
    weighted = {word: float(times) for word, times in counts.items()}
    for word in text.title_words:
        if WORD.fullmatch(word):
            weighted[word] = weighted.get(word, 0.0) + TITLE_WEIGHT
    said = set(names)
    scores = {word: often * idf(word) for word, often in weighted.items() if is_telling(word, said)}
    order = sorted(scores, key=lambda word: (-scores[word], word))
    return without_parts(order)


def idf(word: str) -> float:
    if word in trade():
        return LEXICON_IDF
    return min(frequencies().get(word, median()), LEXICON_IDF + 2)


def is_telling(word: str, said: set[str]) -> bool:
    if word in commonplace() or word in persons() or is_unknown_name(word):
        return False
    return not any(word in name for name in said)


def is_unknown_name(word: str) -> bool:
    """Whether a word that no dictionary holds begins as names do."""
    strange = word not in frequencies() and word not in trade() and len(word) in (2, 3)
    return strange and word[0] in surnames()


def without_parts(order: Iterable[str]) -> tuple[str, ...]:
    """The best words; one that a better one holds says nothing new.

    >>> without_parts(["新就业形态劳动者", "劳动者", "送清凉"])
    ('新就业形态劳动者', '送清凉')
    """
    kept: list[str] = []
    for word in order:
        if len(kept) < MOST and not any(word in other for other in kept):
            kept.append(word)
    return tuple(kept)
