"""Readings in brackets that a mirror put after characters, 全國(guó)."""

import re
from dataclasses import dataclass

from pipelines.clean.gbk import is_han, table
from pipelines.clean.pinyin import LETTERS, LONGEST, can_read, readings, reads_exactly, toneless
from pipelines.clean.traditional import is_traditional, simplified

BRACKET = re.compile(rf"[(（]([{LETTERS} '’·-]{{1,40}})[)）]")
SEPARATORS = re.compile("[ '’·-]")
# A writer glosses a rare character, or a common one with an unusual reading; a mirror glosses whatever it changed.
ENOUGH = 3
MOSTLY = 0.9
COMMON_LEADS = range(0xB0, 0xD8)  # the 3,755 everyday characters of GB 2312


@dataclass(frozen=True, slots=True)
class Gloss:
    """A bracket from `start` to `end` that reads the `chars` before it."""

    start: int
    end: int
    chars: str
    reading: str


def is_everyday(char: str) -> bool:
    """Whether GB 2312 counts the character, or its simplified form, among the everyday ones.

    >>> is_everyday("国"), is_everyday("國"), is_everyday("逄")
    (True, True, False)
    """
    pair = table().pairs.get(simplified(char))
    return pair is not None and pair[0] in COMMON_LEADS and pair[1] >= 0xA1


def find_glosses(text: str) -> tuple[Gloss, ...]:
    """Every bracket whose content reads what stands before it, whoever wrote it."""
    found = (_gloss(text, match) for match in BRACKET.finditer(text))
    return tuple(gloss for gloss in found if gloss)


def _gloss(text: str, match: re.Match[str]) -> Gloss | None:
    start, reading = match.start(), SEPARATORS.sub("", match[1])
    before = text[max(0, start - LONGEST) : start]
    for count in range(1, len(before) + 1):
        chars = before[-count:]
        if not is_han(chars[0]):
            break
        if _reads(chars, reading):
            return Gloss(start, match.end(), chars, reading)
    half = _half_narrow(before)
    return Gloss(start, match.end(), half, reading) if half and reads_exactly(half, reading) else None


def _reads(chars: str, reading: str) -> bool:
    """Whether the reading is one of each character in turn."""
    plain = toneless(reading)
    if len(chars) == 1:
        return can_read(chars, plain)
    if plain == reading.lower():  # 北京(Beijing) is a gloss for readers
        return False
    rests = {plain}
    for char in chars:
        known = {toneless(one) for one in readings(char)}
        rests = {rest[len(one) :] for rest in rests for one in known if rest.startswith(one)}
    return "" in rests


def _half_narrow(before: str) -> str:
    """The character that a byte-level search saw in the trail byte of one character and the letter after it."""
    if len(before) < 2 or not "@" <= before[-1] <= "~":
        return ""
    pair = table().pairs.get(before[-2])
    found = table().chars.get((pair[1], ord(before[-1])), "") if pair else ""
    return found if found and is_han(found) else ""


def is_annotated(glosses: tuple[Gloss, ...]) -> bool:
    """Whether a mirror annotated the page: three everyday characters given the reading everybody knows."""
    usual = {
        gloss.chars
        for gloss in glosses
        if is_everyday(gloss.chars[-1]) and _reads_as_usual(gloss.chars[-1], gloss.reading)
    }
    return len(usual) >= ENOUGH


def _reads_as_usual(char: str, reading: str) -> bool:
    known = readings(char)
    return bool(known) and toneless(reading).endswith(toneless(known[0]))


def inserted(glosses: tuple[Gloss, ...]) -> tuple[Gloss, ...]:
    """The glosses that a mirror wrote.

    Most mirrors annotate what they turned traditional; a gloss of an untouched character is then the writer's own.
    Others annotate at random; a gloss of a rare character is then left.
    """
    if not is_annotated(glosses):
        return ()
    traditional = tuple(gloss for gloss in glosses if is_traditional(gloss.chars[-1]))
    if len(traditional) >= MOSTLY * len(glosses):
        return traditional
    return tuple(gloss for gloss in glosses if is_everyday(gloss.chars[-1]))


def drop_readings(text: str) -> str:
    """Remove the readings that a mirror put after characters.

    >>> drop_readings("全國(guó)建材行業(yè)工會(huì)在邢臺(tái)舉行")
    '全國建材行業工會在邢臺舉行'
    >>> drop_readings("北京(Beijing)的逄(páng)师傅")
    '北京(Beijing)的逄(páng)师傅'
    """
    if "(" not in text and "（" not in text:
        return text
    pieces, done = [], 0
    for gloss in inserted(find_glosses(text)):
        pieces.append(text[done : gloss.start])
        done = gloss.end
    return "".join([*pieces, text[done:]])
