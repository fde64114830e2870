"""Word lists: one word a line, "#" begins a comment."""

from functools import cache
from importlib.resources import files


def read(name: str) -> tuple[str, ...]:
    """The words of seeds/words/NAME.txt in their order, comments and blank lines dropped."""
    text = (files("seeds") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(word for line in text.splitlines() if (word := line.split("#", 1)[0].strip()))


@cache
def lexicon() -> tuple[str, ...]:
    """Union words that jieba's own dictionary lacks or cuts."""
    return read("lexicon")
