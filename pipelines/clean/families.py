"""Families of page furniture, as seeds/words/furniture.toml declares them."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from pipelines.parts import Label
from seeds.words import read

Zone = Literal["any", "head", "tail", "block"]
KEYS = frozenset({"label", "zone", "whole", "anywhere", "long", "match"})
READ = 600  # characters of a line that patterns see; furniture says what it is within them
SHORT = 160  # a line longer than this is furniture only by families that say `long` or `anywhere`
# Three different spam words in a line without a sentence: one or two stand in news about spam, too.
SPAM_WORDS = 3
SENTENCE = re.compile(r"[。!?；，,]")


@dataclass(frozen=True, slots=True)
class Family:
    """Lines of one kind: what they are called, where they may be cut, and how they look."""

    label: Label
    zone: Zone
    pattern: re.Pattern[str]
    whole: bool = False
    anywhere: bool = False
    long: bool = False

    def holds(self, copy: str) -> bool:
        """Whether the likeness of a line belongs to the family."""
        if self.whole:
            return len(copy) <= SHORT and bool(self.pattern.fullmatch(copy))
        if self.anywhere:
            return bool(self.pattern.search(copy[:READ]))
        return bool(self.pattern.match(copy[:READ]))


def family(table: dict[str, Any]) -> Family:
    """One family of the file; a word the file does not know is an error at the first use, not a silent miss."""
    if unknown := set(table) - KEYS:
        raise ValueError(f"seeds/words/furniture.toml: unknown key {sorted(unknown)}; known: {sorted(KEYS)}")
    if table["label"] not in get_args(Label) or table["zone"] not in get_args(Zone):
        raise ValueError(
            f"seeds/words/furniture.toml: no such label or zone: {table['label']}, {table['zone']}"
        )
    pattern = re.compile("|".join(f"(?:{each})" for each in table["match"]))
    flags = {name: bool(table.get(name)) for name in ("whole", "anywhere", "long")}
    return Family(table["label"], table["zone"], pattern, **flags)


@cache
def families() -> tuple[Family, ...]:
    text = (files("seeds") / "words" / "furniture.toml").read_text(encoding="utf-8")
    return tuple(family(table) for table in tomllib.loads(text)["family"])


@cache
def gates() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All families in one pattern for each way of matching: whole, at the start, anywhere.

    Most lines belong to no family, and three patterns say so in a third of the time of asking one family after another.
    """
    whole = [each for each in families() if each.whole]
    anywhere = [each for each in families() if each.anywhere and not each.whole]
    start = [each for each in families() if not each.whole and not each.anywhere]
    return either(whole), either(start), either(anywhere)


def either(chosen: Sequence[Family]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each.pattern.pattern})" for each in chosen) or r"(?!)")


def may_be_furniture(copy: str) -> bool:
    whole, start, anywhere = gates()
    seen = copy[:READ]
    return bool((len(copy) <= SHORT and whole.fullmatch(copy)) or start.match(seen) or anywhere.search(seen))


@cache
def spam_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, read("furniture_spam")), key=len, reverse=True)))


def is_spam(copy: str) -> bool:
    """Whether a line is a list of spam words.

    >>> is_spam("日韩av无码| 久久精品人人澡| 又大又爽免费视频")
    True
    >>> is_spam("警方捣毁一个传播成人无码视频的网站,抓获嫌疑人12名。")
    False
    """
    words = set(spam_words().findall(copy[:READ].lower()))
    sentences = len(SENTENCE.findall(copy[:READ]))
    return len(words) >= SPAM_WORDS and sentences * 60 < len(copy[:READ])


def kind(copy: str) -> Family | None:
    """The family a line belongs to, None for all others; `copy` is its likeness, stripped."""
    return short_kind(copy) if len(copy) <= MENU else kind_of(copy)


@lru_cache(maxsize=10_000)
def short_kind(copy: str) -> Family | None:
    """The same for a short line: the menus of a portal come again with every page of it."""
    return kind_of(copy)


def kind_of(copy: str) -> Family | None:
    if is_spam(copy):
        return SPAM
    if not may_be_furniture(copy):
        return None
    return next(
        (
            each
            for each in families()
            if (each.long or each.anywhere or len(copy) <= LONGEST) and each.holds(copy)
        ),
        None,
    )


MENU = 40  # characters
LONGEST = 400  # a numbered copyright item is the longest line that is known by its beginning
SPAM = Family("spam", "block", re.compile(""))
