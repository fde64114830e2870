"""Word lists: one word a line, "#" begins a comment."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def lines(name: str) -> Iterator[str]:
    """The lines of seeds/words/NAME.txt in their order, comments and blank lines dropped."""
    text = (files("seeds") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return (word for line in text.splitlines() if (word := line.split("#", 1)[0].strip()))


def read(name: str) -> tuple[str, ...]:
    """The words of seeds/words/NAME.txt, one a line."""
    return tuple(lines(name))


@cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of seeds/words/NAME.txt by their headings, a heading being a line "[NAME]".

    >>> groups("traps")["media"][:2]
    ('日报', '晚报')
    """
    found: dict[str, list[str]] = {}
    for line in lines(name):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        else:
            current.extend(line.split())
    return {heading: tuple(words) for heading, words in found.items()}


@cache
def aliases(name: str) -> dict[str, str]:
    """Every form of seeds/words/NAME.txt to its canonical name, the first of its line.

    >>> aliases("laws")["劳动合同法"]
    '劳动合同法'
    """
    return {form: line.split()[0] for line in lines(name) for form in line.split()}


@cache
def lexicon() -> tuple[str, ...]:
    """Union words that jieba's own dictionary lacks or cuts."""
    return read("lexicon")
