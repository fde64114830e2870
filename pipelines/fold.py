"""The one folded form of a text, under search, tags and kinship, and the way back to what a reader sees."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from unicodedata import category, normalize

from opencc import OpenCC

DROPPED = "\0"  # what the table makes of characters that nobody sees


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `back[i]` is where its character `i` stood in the text that was folded."""

    text: str
    back: tuple[int, ...]

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The map in short: (offset in the fold, characters dropped before it), one for every place that lost some.

        >>> fold_map("一 函兩 書").gaps
        ((1, 1), (3, 2))
        """
        shifts = [there - here for here, there in enumerate(self.back)]
        return tuple((at, shift) for at, shift in enumerate(shifts) if shift != (shifts[at - 1] if at else 0))


def fold(text: str) -> str:
    """The folded form: simplified, without readings, spacing, case and width; numerals and a lost plus as they are.

    >>> fold("《全國(guó)總工會　章程》，Ｎ９５ 口罩")
    '《全国总工会章程》,n95口罩'
    >>> fold("1 3 N，北京(Beijing) ①二〇二四")
    '1 3 n,北京(beijing) ①二〇二四'
    """
    return fold_map(text).text


def fold_map(text: str) -> Folded:
    """The folded form with its map back.

    Every character folds alone, whatever stands beside it (only readings and spaces look at their neighbours), so
    that any passage of a text is found in the fold of the whole. Therefore characters that OpenCC simplifies by
    phrase (著 in 著名 and 著力) share one form.
    """
    plain = text.translate(_table())
    kept = _seen(plain) if DROPPED in plain else range(len(plain))
    kept = _without_readings(plain, kept) if "(" in plain else kept
    return _without_spaces("".join(plain[at] for at in kept) if len(kept) < len(plain) else plain, kept)


def _seen(plain: str) -> Sequence[int]:
    return list(compress(range(len(plain)), (character != DROPPED for character in plain)))


# A bracket with one syllable of pinyin in it, tone marked: what mirrors put after a character.
TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aaaaeeeeiiiioooouuuuüüüü")
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
SYLLABLE = re.compile(
    """
    (?: zh | ch | sh | [bpmfdtnlgkhjqxrzcsyw] )?
    (?: a(?:i|o|ng?)? | o(?:u|ng)? | e(?:i|r|ng?)?
      | i(?:a(?:o|ng?)?|e|u|ng?|ong)? | u(?:a(?:i|ng?)?|o|i|e|n)? | ü(?:e|an|n)? | uan
    )
    """,
    re.VERBOSE,
)
LONGEST = 6  # letters of a syllable, zhuang
HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
IS_HAN = re.compile(f"[{HAN}]")


def _without_readings(plain: str, kept: Sequence[int]) -> Sequence[int]:
    """Drop each reading as its closing bracket comes by; what is left holds none, so once is enough."""
    stack: list[int] = []
    for at in kept:
        stack.append(at)
        if plain[at] == ")":
            start = _reading_start(plain, stack)
            del stack[start:]
    return stack


def _reading_start(plain: str, stack: list[int]) -> int:
    """Where the reading that ends the stack begins; its length when it ends in none."""
    end = _before_spaces(plain, stack, len(stack) - 1)
    start = end
    while start and end - start < LONGEST and plain[stack[start - 1]].isalpha():
        start -= 1
    opening = _before_spaces(plain, stack, start)
    before = _before_spaces(plain, stack, opening - 1)
    syllable = "".join(plain[at] for at in stack[start:end])
    bracketed = opening > 0 and before > 0 and plain[stack[opening - 1]] == "("
    after_han = bracketed and IS_HAN.match(plain[stack[before - 1]]) is not None
    return opening - 1 if after_han and _is_reading(syllable) else len(stack)


def _before_spaces(plain: str, stack: list[int], end: int) -> int:
    while end > 0 and plain[stack[end - 1]] == " ":
        end -= 1
    return end


def _is_reading(syllable: str) -> bool:
    return TONED.search(syllable) is not None and SYLLABLE.fullmatch(syllable.translate(TONES)) is not None


SPACES = re.compile("[ \n]+")


def _without_spaces(text: str, kept: Sequence[int]) -> Folded:
    """Keep one newline between lines and one space between words that are not Han."""
    parts: list[str] = []
    back: list[int] = []
    end = 0
    for run in SPACES.finditer(text):
        parts.append(text[end : run.start()])
        back += kept[end : run.start()]
        for character in _space_left(text, run):
            parts.append(character)
            back.append(kept[run.start() + run.group().index(character)])
        end = run.end()
    parts.append(text[end:])
    back += kept[end:]
    return Folded("".join(parts), tuple(back))


def _space_left(text: str, run: re.Match[str]) -> str:
    if run.start() == 0 or run.end() == len(text):
        return ""
    if "\n" in run.group():
        return "\n"
    return "" if IS_HAN.match(text[run.start() - 1]) or IS_HAN.match(text[run.end()]) else " "


# One form for each family of signs; the rest of the table is computed.
SIGNS = {
    "“”„‟「」『』〝〞〟＂": '"',
    "‘’‚‛＇": "'",
    "—–―‒‐‑－−─﹣": "-",  # the mirrors' folding makes a hyphen of some of them
    "～〜∼˜": "~",
    "·・•‧∙⋅･": "·",  # within foreign names
    "〔［": "[",
    "〕］": "]",  # 〔2024〕3号 is also printed [2024]3号
    "○◯": "〇",
    "⋯": "…",
    "\r\v\f\x85\u2028\u2029": "\n",
    "\t": " ",
}
# Characters that OpenCC simplifies in some phrases and leaves in others, and regional forms of one character.
BY_PHRASE = str.maketrans(
    "著乾覆藉俱徵瞭锺於钜枱脩彷麽幺颚鲶薹扞昇蘋揹伕迳暱薰讬谘甦馀渖澂麹侭濬甯缐蘗拏鎗燄",
    "着干复借具征了钟于巨台修仿么么腭鲇苔捍升苹背夫径昵熏托咨苏余沈澄曲尽浚宁线檗拿枪焰",
)
IDEOGRAPHS = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))  # rarer planes hold next to nothing to simplify
# Where width, case and unseen characters are looked for: not among ideographs, Hangul and private characters.
SCRIPTS = (*range(0x3400), *range(0xA000, 0xAC00), *range(0xD7A4, 0xE000), *range(0xF900, 0x10000))
UNSEEN = ("Cc", "Cf", "Cs")
SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0200), 0x34F)


@cache
def _table() -> dict[int, str]:
    """What every character folds to, where it changes: built once a process."""
    simplified: dict[int, str] = dict(_simplified())
    signs: dict[int, str] = {ord(sign): one for family, one in SIGNS.items() for sign in family}
    table: dict[int, str] = simplified | {
        code: one for code in SCRIPTS if (one := _alone(code, simplified)) != chr(code)
    }
    table.update((code, DROPPED) for code in SELECTORS)
    return {code: signs.get(ord(one), one) for code, one in table.items()} | signs


def _alone(code: int, simplified: dict[int, str]) -> str:
    """One character in its usual width, lower case and script; unseen ones become DROPPED."""
    character = chr(code)
    kind = category(character)
    if kind in UNSEEN and character != "\n":
        return DROPPED
    if kind == "Zs":
        return " "
    usual = normalize("NFKC", character) if _has_a_usual_width(code) else character
    usual = usual if len(usual) == 1 else character
    lower = usual.lower() if len(usual.lower()) == 1 else usual
    return simplified.get(ord(lower), lower)


def _has_a_usual_width(code: int) -> bool:
    """Full-width and small forms, radicals and compatibility ideographs; not ① or ², which say something else."""
    return (
        0xFF00 <= code < 0xFFF0
        or 0xFE50 <= code < 0xFE70
        or 0x2E80 <= code < 0x2FE0
        or 0xF900 <= code < 0xFB00
    )


def _simplified() -> Iterator[tuple[int, str]]:
    """Every ideograph that has a simplified or mainland form, by OpenCC's tables for t, tw and hk."""
    forms = "".join(map(chr, IDEOGRAPHS))
    final = forms
    for name in ("t2s", "tw2s", "hk2s"):
        final = _one_by_one(OpenCC(name), final)
    for before, after in zip(forms, final.translate(BY_PHRASE), strict=True):
        if before != after:
            yield ord(before), after


def _one_by_one(converter: OpenCC, characters: str) -> str:
    """Each character converted alone: a newline between them keeps phrases out."""
    made = converter.convert("\n".join(characters)).split("\n")
    return "".join(
        after if len(after) == 1 else before for before, after in zip(characters, made, strict=True)
    )
