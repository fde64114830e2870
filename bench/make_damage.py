"""Damage made on purpose: what mirrors, farms and careless decoders do to a page, one function each."""

import random
from dataclasses import dataclass

from pipelines.clean.gbk import FULL_WIDTH, table
from pipelines.clean.pinyin import readings
from pipelines.clean.redamage import by_mbstring
from pipelines.clean.traditional import is_traditional, mirror_table


@dataclass(frozen=True, slots=True)
class Damaged:
    """`original` is folded as the damaged text is; the run is `length` original characters from `start`."""

    text: str
    original: str
    start: int = 0
    length: int = 0


def fold(text: str) -> str:
    """Full-width marks, letters and digits to ASCII, as all five seeds have it."""
    return text.translate(FULL_WIDTH)


def mirror(text: str) -> str:
    """The mirror's one-to-one table."""
    known = mirror_table()
    return "".join(known.get(char, char) for char in text)


def shift(page: str, dice: random.Random, *, decoder: str = "ignore") -> Damaged | None:
    """One character of the page loses its lead byte; the rest is decoded one byte off until it falls into step."""
    lines = page.split("\n")
    at = dice.randrange(len(lines))
    line = lines[at]
    places = [place for place, char in enumerate(line) if char in table().pairs]
    if not places or any(not char.isascii() and char not in table().pairs for char in line):
        return None
    place = dice.choice(places)
    rest = line[place:].encode("gb18030")
    broken = rest[1:].decode("gb18030", decoder)
    broken = "\ufffd" + broken if decoder == "replace" else broken
    length = next((n for n in range(1, len(line) - place + 1) if broken.endswith(line[place + n :])), 0)
    before = "\n".join([*lines[:at], ""]) if at else ""
    lines[at] = line[:place] + broken
    return Damaged(fold("\n".join(lines)), fold(page), len(before) + place, length)


def annotate(page: str, dice: random.Random, *, share: float = 0.6) -> Damaged:
    """Readings after some of the characters that the mirror changed, put in by an unaligned search of GBK bytes."""
    made = mirror(page)
    chars = sorted({char for char in made if is_traditional(char) and char in table().pairs})
    chosen = [char for char in chars if dice.random() < share and readings(char)]
    dice.shuffle(chosen)
    found = made.encode("gb18030")
    for char in chosen:
        pair = char.encode("gb18030")
        found = found.replace(pair, pair + f"({readings(char)[0]})".encode("gb18030"))
    return Damaged(fold(by_mbstring(found)), fold(made))


def emoji(page: str, dice: random.Random) -> Damaged:
    made = "".join(char + (f"({dice.choice('🕤🎧💬🌟🐾')})" if dice.random() < 0.02 else "") for char in page)
    return Damaged(made, page)


def plus_lost(page: str) -> Damaged:
    return Damaged(page.replace("+", " "), page)


def is_simplified(page: str) -> bool:
    return sum(map(is_traditional, page)) * 20 < len(page)


def in_gbk(text: str) -> bool:
    return all(char in table().pairs or char.isascii() for char in text)


MOJIBAKE: dict[str, tuple[str, str]] = {
    "UTF-8 as Latin-1": ("utf-8", "latin-1"),
    "UTF-8 as cp1252": ("utf-8", "cp1252"),
    "GBK as Latin-1": ("gb18030", "latin-1"),
    "GBK as cp1252": ("gb18030", "cp1252"),
    "Big5 as GBK": ("big5", "gb18030"),
    "GBK as Big5": ("gb18030", "big5"),
    "GBK as EUC-KR": ("gb18030", "cp949"),
    "GBK as Shift-JIS": ("gb18030", "cp932"),
    "UTF-8 as GBK": ("utf-8", "gb18030"),
}


def mojibake(text: str, written: str, read: str) -> str | None:
    """None where the text cannot be written so."""
    try:
        return text.encode(written).decode(read, "replace")
    except UnicodeEncodeError:
        return None
