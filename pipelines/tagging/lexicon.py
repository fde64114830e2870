"""Find the words of a list in a text, leftmost-longest, in one pass."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add


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

    def find(self, text: str) -> Iterator[Hit]:
        """Every place where a word begins that no earlier, and at the same place no longer, word covers.

        >>> list(lexicon(["外劳", "户外劳动者", "劳动"]).find("户外劳动者的劳动"))
        [Hit(at=0, word='户外劳动者'), Hit(at=6, word='劳动')]
        """
        free = 0  # the first place that no word found so far covers
        for at, head in enumerate(map(add, text, text[1:])):
            if at >= free and head in self.by_head:
                word = self.longest(text, at, head)
                if word:
                    free = at + len(word)
                    yield Hit(at, word)

    def longest(self, text: str, at: int, head: str) -> str:
        """The longest word that begins at `at` with these two characters, "" if there is none."""
        for word in self.by_head[head]:
            if text.startswith(word, at):
                return word
        return ""


def lexicon(words: Iterable[str]) -> Lexicon:
    """A lexicon of these words; those of one character are left out."""
    heads: dict[str, list[str]] = defaultdict(list)
    for word in dict.fromkeys(words):
        if len(word) > 1:
            heads[word[:2]].append(word)
    return Lexicon({head: tuple(sorted(found, key=len, reverse=True)) for head, found in heads.items()})
