"""Find the words of a list in a text, leftmost-longest, in one pass."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import add

SHORT = 3  # characters; longer finds do not arise by accident


@dataclass(frozen=True, slots=True)
class Hit:
    at: int
    word: str

    @property
    def end(self) -> int:
        return self.at + len(self.word)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of two characters or more by their first two, the longest first."""

    by_head: Mapping[str, tuple[str, ...]]

    def find(self, text: str, cuts: frozenset[int] = frozenset()) -> Iterator[Hit]:
        """Every place where a word begins that no earlier, and at the same place no longer, word covers.

        `cuts` are the edges of the text's own words: a short find must not straddle them.

        >>> list(lexicon(["外劳", "户外劳动者", "劳动"]).find("户外劳动者的劳动"))
        [Hit(at=0, word='户外劳动者'), Hit(at=6, word='劳动')]
        """
        free = 0  # the first place that no word found so far covers
        for at, head in enumerate(map(add, text, text[1:])):
            if at >= free and head in self.by_head:
                word = self.longest(text, at, head, cuts)
                if word:
                    free = at + len(word)
                    yield Hit(at, word)

    def longest(self, text: str, at: int, head: str, cuts: frozenset[int]) -> str:
        """The longest word that begins at `at` with these two characters, "" if there is none."""
        for word in self.by_head[head]:
            if text.startswith(word, at) and not (cuts and straddles(at, at + len(word), cuts)):
                return word
        return ""


def edges(words: Iterable[str]) -> frozenset[int]:
    """The offsets between the words of a text, both ends included.

    >>> sorted(edges(("帮助", "农民工")))
    [0, 2, 5]
    """
    return frozenset((0, *accumulate(map(len, words))))


def straddles(at: int, end: int, cuts: frozenset[int]) -> bool:
    """Whether a short find is made of the end of one word and the beginning of the next: 帮[助农]民工, 职[工运]动会.

    >>> straddles(1, 3, frozenset({0, 2, 5})), straddles(2, 4, frozenset({0, 2, 5}))
    (True, False)
    """
    if end - at > SHORT or at in cuts or end in cuts:
        return False
    return any(cut in cuts for cut in range(at + 1, end))


def lexicon(words: Iterable[str]) -> Lexicon:
    """A lexicon of these words; those of one character are left out."""
    heads: dict[str, list[str]] = defaultdict(list)
    for word in dict.fromkeys(words):
        if len(word) > 1:
            heads[word[:2]].append(word)
    return Lexicon({head: tuple(sorted(found, key=len, reverse=True)) for head, found in heads.items()})
