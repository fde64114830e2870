"""The topics of union and labour news and the words that announce them, read from seeds/words/taxonomy.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

JOINT = " & "  # between the words of a cue that must all occur


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a subtopic (or, with negative `weight`, against it), all of them needed."""

    words: tuple[str, ...]
    weight: float
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Subtopic:
    """`needs`: at least one of these must stand in headline or lead, if there are any."""

    id: str
    zh: str
    en: str
    about: str
    cues: tuple[Cue, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    zh: str
    en: str
    subs: tuple[Subtopic, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """`masks` hide the shorter words inside them; a text without any of `labour` is not about labour."""

    topics: tuple[Topic, ...]
    masks: tuple[str, ...]
    labour: tuple[str, ...]

    @property
    def subtopics(self) -> tuple[Subtopic, ...]:
        return tuple(sub for topic in self.topics for sub in topic.subs)


def read_cues(
    table: Mapping[str, list[str]], sign: float = 1.0, *, title_only: bool = False
) -> tuple[Cue, ...]:
    """Cues of one TOML table, keys being weights.

    >>> read_cues({"6": ["一函两书", "法院 & 职工"]})[1]
    Cue(words=('法院', '职工'), weight=6.0, title_only=False)
    """
    return tuple(
        Cue(tuple(cue.lower().split(JOINT)), sign * float(weight), title_only)
        for weight, cues in table.items()
        for cue in cues
    )


def read_subtopic(row: Mapping[str, Any]) -> Subtopic:
    cues = (
        *read_cues(row["cues"]),
        *read_cues(row.get("title", {}), title_only=True),
        *read_cues(row.get("against", {}), -1.0),
    )
    return Subtopic(row["id"], row["zh"], row["en"], row["about"], cues, tuple(row.get("needs", ())))


@cache
def taxonomy() -> Taxonomy:
    text = (files("seeds") / "words" / "taxonomy.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    topics = tuple(
        Topic(top["id"], top["zh"], top["en"], tuple(map(read_subtopic, top["sub"]))) for top in table["top"]
    )
    return Taxonomy(topics, tuple(table["words"]["masks"]), tuple(table["words"]["labour"]))
