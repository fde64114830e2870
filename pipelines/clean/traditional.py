"""Traditional characters and their simplified ones, as a mirror's one-to-one table has them and as OpenCC has them."""

from functools import cache

import opencc

# What mirrors write where OpenCC's first choice is another (read off the seeds) …
MIRROR_WRITES = {"为": "為", "众": "眾", "钟": "鐘", "着": "著"}
# … and what they leave simplified because several traditional characters share it.
MIRROR_LEAVES = frozenset("群范峰后采斗占咨于干里面制松征借表丑谷只曲")
HAN = tuple(chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))


def _convert(config: str, chars: tuple[str, ...]) -> dict[str, str]:
    """Each character by itself, in one call; those that stay are left out."""
    found = opencc.OpenCC(config).convert("\n".join(chars)).split("\n")
    return {a: b for a, b in zip(chars, found, strict=True) if a != b and len(b) == 1}


@cache
def to_simplified() -> dict[str, str]:
    """Every traditional character that OpenCC knows, and its simplified one."""
    return _convert("t2s", HAN)


@cache
def simplified_only() -> frozenset[str]:
    """Characters that only simplified writing uses."""
    return frozenset(to_simplified().values()) - to_simplified().keys() - _convert_keeps()


def _convert_keeps() -> frozenset[str]:
    """Simplified characters that traditional writing uses too: 后, 里, 干."""
    made = _convert("s2t", tuple(sorted(set(to_simplified().values()))))
    return frozenset(to_simplified().values()) - made.keys()


@cache
def mirror_table() -> dict[str, str]:
    """What a mirror makes of each simplified character; the characters it leaves are left out."""
    made = _convert("s2t", tuple(char for char in HAN if char not in to_simplified()))
    return {a: b for a, b in made.items() if a not in MIRROR_LEAVES} | MIRROR_WRITES


@cache
def from_mirror() -> dict[int, str]:
    """The mirror's table read backwards, and OpenCC's for characters that neither mirror nor mainland writer uses.

    What GB 2312 holds and the mirror does not make (藉 乾 捱, the 吒 of 哪吒) is the writer's own. 著 waits for its words.
    """
    made: dict[str, list[str]] = {}
    for a, b in mirror_table().items():
        made.setdefault(b, []).append(a)
    known = to_simplified()
    back = {b: known[b] if known.get(b) in sources else sources[0] for b, sources in made.items()}
    rest = {a: b for a, b in known.items() if a not in back and not a.encode("gb2312", "ignore")}
    return {ord(a): b for a, b in (rest | back).items() if a != "著"}


def simplified(char: str) -> str:
    """The simplified form of a character, itself where it has none.

    >>> simplified("國"), simplified("国"), simplified("后")
    ('国', '国', '后')
    """
    return to_simplified().get(char, char)


def is_traditional(char: str) -> bool:
    """Whether only traditional writing uses the character.

    >>> is_traditional("國"), is_traditional("国"), is_traditional("后")
    (True, False, False)
    """
    return char in to_simplified()
