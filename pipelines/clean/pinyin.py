"""Which readings a character can have, by pypinyin's own table."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LETTERS = "a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɡêĀÁǍÀĒÉĚÈŌÓǑÒ"
PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɡê", "aaaaeeeeiiiioooouuuuvvvvvnnnmge")
LONGEST = 6  # zhuáng


@cache
def _table() -> dict[str, str]:
    """Read as data: importing pypinyin loads its phrases too and costs 0.25 s."""
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).with_name("pinyin_dict.json")
    return {chr(int(code)): found for code, found in json.loads(path.read_text(encoding="utf-8")).items()}


def readings(char: str) -> tuple[str, ...]:
    """All readings of a character, the usual one first.

    >>> readings("國"), readings("会"), readings("a")
    (('guó',), ('huì', 'kuài'), ())
    """
    found = _table().get(char)
    return tuple(found.replace("ɡ", "g").split(",")) if found else ()


def toneless(reading: str) -> str:
    """The reading in plain letters, v for ü.

    >>> toneless("lǜ"), toneless("guó"), toneless("QǏNG")
    ('lv', 'guo', 'qing')
    """
    return reading.lower().translate(PLAIN)


def can_read(char: str, reading: str) -> bool:
    """Whether the reading is one of the character's, tones aside.

    >>> can_read("國", "guó"), can_read("國", "guo"), can_read("國", "huì")
    (True, True, False)
    """
    plain = toneless(reading)
    return any(toneless(known) == plain for known in readings(char))


def reads_exactly(char: str, reading: str) -> bool:
    """Whether the reading is one of the character's with its tone.

    >>> reads_exactly("國", "guó"), reads_exactly("國", "guo")
    (True, False)
    """
    return reading.lower() in readings(char)
