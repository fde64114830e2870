"""What a careful editor should look at: places where a repair chose, and what no repair can bring back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.clean.redamage import LOST
from pipelines.clean.traditional import is_traditional, simplified

Kind = Literal["half lost", "swallowed", "one of several"]

LEFT_OVER = {
    "private-use characters": re.compile("[\ue000-\uf8ff]"),
    "replacement characters": re.compile("\ufffd"),
    "锟斤拷, the mark of bytes gone": re.compile("锟斤拷"),
}
AROUND, MOST_OTHERS = 6, 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place of the text, why it is doubtful, and what else could stand there, the likeliest first."""

    at: int
    kind: Kind
    others: str = ""


def quote(text: str, at: int) -> str:
    """The place with its neighbours on the line.

    >>> quote("近日，全国总工会下拨□.55亿元中央财政资金", 9)
    '“，全国总工会下拨□.55亿”'
    """
    before = text[max(0, at - AROUND - 1) : at].rsplit("\n", 1)[-1]
    after = text[at : at + AROUND].split("\n", 1)[0]
    return f"“{before}{after}”"


def sentence(text: str, doubt: Doubt) -> str:
    """What the doubt says about the finished text.

    >>> sentence("全国总工会下拨□.55亿元", Doubt(6, "half lost", "據換"))
    '“全国总工会下拨□.55亿”: one byte of 拨 is lost; it may be 据 or 换'
    """
    where, char = quote(text, doubt.at), text[doubt.at : doubt.at + 1]
    match doubt.kind:
        case "half lost":
            return f"{where}: one byte of {char} is lost; it may be {_named(doubt.others, char)}"
        case "one of several":
            return f"{where}: a byte was unreadable; {char} is the likeliest character"
        case "swallowed":
            return f"{where}: {LOST} stands for a character that a decoder swallowed, probably a digit"


def _named(others: str, char: str) -> str:
    """The alternatives in the script of the finished text."""
    shown = others if is_traditional(char) else "".join(map(simplified, others))
    return " or ".join(dict.fromkeys(shown.replace("\u3000", " ").replace(char, "")[:MOST_OTHERS]))


def left_over(text: str) -> Iterator[str]:
    """Sentences about what the finished text still holds."""
    for name, pattern in LEFT_OVER.items():
        places = [found.start() for found in pattern.finditer(text)]
        if places:
            yield f"{quote(text, places[0])}: {len(places)} {name} left; what they were is unknown"
