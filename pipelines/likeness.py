"""The copy of a text that patterns are matched on: simplified, half-width, and of the same length."""

from functools import cache
from itertools import chain

import opencc

BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
# Full-width ASCII and the blanks that sites use for layout; "〔〕【】" stay, they are signs of their own.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2002: 0x20,
    0x2003: 0x20,
    0x2009: 0x20,
    0x09: 0x20,
    0x2223: 0x7C,  # bars of drawing and of logic that stand between role and name
    0x2502: 0x7C,
    0x4E28: 0x7C,  # 丨, a character that stands for "|" in titles
}


@cache
def table() -> dict[int, int]:
    """Character to character: OpenCC asked once for every Han character, so that offsets never move."""
    characters = [chr(code) for code in chain.from_iterable(BLOCKS)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {ord(old): ord(new) for old, new in pairs if old != new and len(new) == 1} | HALF_WIDTH


def likeness(text: str) -> str:
    """The text as patterns see it; `likeness(text)[a:b]` stands for `text[a:b]`.

    >>> likeness("來源：《工人日報》　編輯")
    '来源:《工人日报》 编辑'
    >>> likeness("来源:《工人日报》 编辑")
    '来源:《工人日报》 编辑'
    """
    return text.translate(table())
