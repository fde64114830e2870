"""Chinese punctuation that a mirror had folded to ASCII, and marks doubled by careless joining."""

import re
from collections.abc import Iterator
from itertools import accumulate

WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
HAN = "\u3400-\u9fff〇"
MARKS = "“”‘’《》〈〉「」『』【】、。，：；！？（）…—·％□"
BESIDE_HAN = re.compile(f"(?<=[{HAN}{MARKS}])[,:;!?()]|[,:;!?(](?=[{HAN}{MARKS}])")
# Brackets and colons prove nothing: many writers type them narrow.
FOLDED = re.compile(f"(?<=[{HAN}”’》%)0-9])[,;!?](?=[{HAN}“‘《])")
# Of a page's marks beside Chinese characters; a folded page keeps none but what `unshift` brought back.
STRAY = 0.1
ENOUGH = 3

KEPT = re.compile(
    r"""
      https?://[^\s\u3400-\u9fff]{1,500} | www\.[^\s\u3400-\u9fff]{1,500}
    | [\w.+-]{1,64}@[\w.-]{1,128}
    | (?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)         # times, scores, ratios
    | (?<![\d,])\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?(?!\d)  # grouped digits
    """,
    re.VERBOSE | re.ASCII,
)
AFTER = f"[{HAN}”’》）A-Za-z0-9]"
DOUBLED = re.compile(f"(?<={AFTER})([，。、；：,])\\1(?=[{HAN}“‘《（\n]|$)")
# A Latin phrase inside a Chinese sentence, by the Chinese characters within twelve of the mark.
NEAR = 12
AMONG_HAN, AFTER_HAN = 8, 4


def looks_folded(text: str) -> bool:
    """Whether the page lost its full-width marks: three ASCII ones between Chinese characters, hardly a wide one.

    >>> looks_folded("市总工会决定,在职工中开展活动;推进改革,开创局面。"), looks_folded("工会,职工，改革；开展：活动,好")
    (True, False)
    """
    wide = sum(map(text.count, WIDE.values()))
    if wide > STRAY * sum(map(text.count, WIDE)) or len(FOLDED.findall(text)) < ENOUGH:
        return False
    return wide <= STRAY * len(BESIDE_HAN.findall(text))


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or (char != "" and char in MARKS)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _han_in(text: str) -> int:
    return sum(map(_is_han, text))


def _kept(line: str) -> frozenset[int]:
    """Places inside addresses, times and grouped digits."""
    return frozenset(at for found in KEPT.finditer(line) for at in range(*found.span()))


def _brackets(line: str) -> Iterator[int]:
    """Places of brackets that belong to Chinese text: Chinese inside, or on either side."""
    open_at: list[int] = []
    han = list(accumulate(map(_is_han, line), initial=0))
    for at, char in enumerate(line):
        if char == "(":
            open_at.append(at)
        elif char == ")" and open_at:
            begin = open_at.pop()
            if (
                _is_chinese(line[begin - 1 : begin])
                or _is_chinese(line[at + 1 : at + 2])
                or han[at] > han[begin]
            ):
                yield from (begin, at)
        elif char == ")" and _is_chinese(line[at - 1 : at]):
            yield at
    yield from (at for at in open_at if _is_chinese(line[at + 1 : at + 2]))


def _is_wide_comma(line: str, at: int, before: str, after: str) -> bool:
    if before.isdigit() and after.isdigit():
        return False
    if before.isalnum() and before.isascii() and after.isalnum() and after.isascii():
        return _han_in(line[max(0, at - NEAR) : at + NEAR]) >= AMONG_HAN
    following = line[at + 1 : at + 1 + NEAR].lstrip(" ")[:1]
    if before.isalnum() and before.isascii() and after == " ":
        return _is_chinese(following)
    return _is_chinese(before) or _is_chinese(after) or before in ")%\"'" or (after != "" and after in "(\"'")


def _is_wide(line: str, at: int) -> bool:
    """Whether the mark at this place stands in Chinese text."""
    char, before, after = line[at], line[at - 1] if at else "", line[at + 1 : at + 2]
    if char == ",":
        return _is_wide_comma(line, at, before, after)
    if char == ":":
        return _is_chinese(before) or (_is_chinese(after) and not before.isdigit())
    ends_phrase = (
        before.isalnum()
        and (not after or after in "” ")
        and _han_in(line[max(0, at - NEAR) : at]) >= AFTER_HAN
    )
    return _is_chinese(before) or _is_chinese(after) or (before != "" and before in ")%") or ends_phrase


def _widen(line: str) -> str:
    if not BESIDE_HAN.search(line):
        return line
    kept, brackets = _kept(line), frozenset(_brackets(line))
    return "".join(
        WIDE[char]
        if char in WIDE and at not in kept and (at in brackets if char in "()" else _is_wide(line, at))
        else char
        for at, char in enumerate(line)
    )


def restore_marks(text: str) -> str:
    """Give Chinese text its full-width marks back where the page lost them all.

    >>> restore_marks("来源:中工网,今日07:13发布;提高59.3%,表彰10名(劳模)等;完")
    '来源：中工网，今日07:13发布；提高59.3%，表彰10名（劳模）等；完'
    >>> restore_marks("工会，职工，改革：他写道,好(真的)")
    '工会，职工，改革：他写道,好(真的)'
    """
    return "\n".join(map(_widen, text.split("\n"))) if looks_folded(text) else text


def undouble_marks(text: str) -> str:
    """Write a mark once that was joined on twice.

    >>> undouble_marks("团结动员，，广大职工。。")
    '团结动员，广大职工。'
    >>> undouble_marks("他想了想。。。没有说话！！")
    '他想了想。。。没有说话！！'
    """
    return DOUBLED.sub(r"\1", text)
