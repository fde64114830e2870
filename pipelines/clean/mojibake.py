"""Text decoded with the wrong code page, whole: ä¸­å›½ and ÖÐ¹ú for 中国, いゅ for a line of Big5."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.clean.doubts import Doubt
from pipelines.clean.gbk import is_han
from pipelines.clean.language import language
from pipelines.clean.lattice import Encoding, Possible, Reading, read
from pipelines.clean.suspects import suspicious

ToBytes = Callable[[str], tuple[Possible, ...] | None]

# What cp1252 makes of the bytes 80 to 9F; the five it leaves open come out as U+FFFD.
OPEN_IN_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
IN_1252 = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in OPEN_IN_1252}
HIGH = "\x80-\xff\ufffd" + re.escape("".join(IN_1252))
LATIN_SIGN = re.compile(f"[\xa1-\xff][{HIGH}]")
LATIN_RUN = re.compile(rf"[\xa1-\xff](?:[\x20-\x7e]{{0,40}}[{HIGH}])+[@-~]?")
LATIN_PIECE = re.compile(f"[\xa1-\xff][{HIGH}]+")  # without the ASCII that may belong to neither
# Signs that Chinese text uses by themselves: ××局, ··, °′.
OWN_SIGNS = frozenset("×·°±÷§¨´ ")
FOREIGN = re.compile("[\uac00-\ud7af\uff61-\uff9f\ue000-\uf8ff]")

# Measured: 0 of 1,985 clean pages changed.
MARGIN, FLUENT, NO_CHINESE, MOST_HAN, ODD = 0.8, -8.2, -9.0, 0.5, 0.08
FEW_SIGNS, FEW_HAN = 3, 2
# Characters of a page that are read again; hostile pages hold more.
MOST_REREAD = 50_000


@dataclass(frozen=True, slots=True)
class Family:
    """Text written in one encoding and read in another."""

    written: Encoding
    read_as: ToBytes


def _as_latin(text: str) -> tuple[Possible, ...] | None:
    """Latin-1 and cp1252 in one: each says what the other leaves open."""
    places: list[Possible] = []
    for char in text:
        if char == "\ufffd":
            places.append(OPEN_IN_1252)
        elif char in IN_1252 or ord(char) < 0x100:
            places.append((IN_1252.get(char, ord(char)),))
        else:
            return None
    return tuple(places)


def _as_codec(codec: str) -> ToBytes:
    """An Asian encoding; U+FFFD is a byte that makes no character with what follows it."""

    def to_bytes(text: str) -> tuple[Possible, ...] | None:
        places: list[Possible] = []
        for char in reversed(text):
            if char == "\ufffd":
                places.append(_undecodable(codec, places[-1][0] if places else ord("\n")))
                continue
            try:
                places += [(byte,) for byte in reversed(char.encode(codec))]
            except UnicodeEncodeError:
                return None
        return tuple(reversed(places))

    return to_bytes


@cache
def _undecodable(codec: str, following: int) -> Possible:
    """Bytes that the codec gives up before the byte `following`."""
    return tuple(lead for lead in range(0x80, 0xFF) if not _makes_one(bytes((lead, following)), codec))


def _makes_one(pair: bytes, codec: str) -> bool:
    decoded = pair.decode(codec, "ignore")
    return len(decoded) == 1 and not decoded.isascii()


LATIN = (
    Family("utf-8", _as_latin),
    Family("gb18030", _as_latin),
    Family("cp950", _as_latin),
)
DOUBLE = (
    Family("utf-8", _as_codec("gb18030")),
    Family("cp950", _as_codec("gb18030")),
    Family("big5hkscs", _as_codec("gb18030")),
    Family("gb18030", _as_codec("cp950")),
    Family("gb18030", _as_codec("big5hkscs")),
    Family("gb18030", _as_codec("cp949")),
    Family("gb18030", _as_codec("cp932")),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """From `start` to `end` of the text, `new` was meant; `unsure` are places in `new`."""

    start: int
    end: int
    new: str
    unsure: tuple[int, ...] = ()


def find_mojibake(text: str) -> Iterator[Decoded]:
    """Runs of a line that were decoded as Western text, and whole lines decoded as other Asian text."""
    odd = _odd_characters(text)
    if not odd and LATIN_SIGN.search(text) is None:
        return
    at = reread = 0
    for line in text.split("\n"):
        is_strange = _is_strange(line, odd)
        reread += len(line) if is_strange or LATIN_SIGN.search(line) else 0
        if reread > MOST_REREAD:
            return
        found = _whole_line(line) if is_strange else None
        for run in (found,) if found else _latin_runs(line):
            yield Decoded(at + run.start, at + run.end, run.new, run.unsure)
        at += len(line) + 1


def _odd_characters(text: str) -> frozenset[str]:
    return suspicious(text) | frozenset(FOREIGN.findall(text))


def _latin_runs(line: str) -> Iterator[Decoded]:
    if LATIN_SIGN.search(line) is None:
        return
    for run in LATIN_RUN.finditer(line):
        whole = _latin_run(run)
        pieces = () if whole else map(_latin_run, LATIN_PIECE.finditer(line, *run.span()))
        yield from (found for found in (whole, *pieces) if found)


def _latin_run(run: re.Match[str]) -> Decoded | None:
    found = _best(run[0], LATIN) if _is_worth_it(run[0]) else None
    return Decoded(run.start(), run.end(), found.text, found.unsure) if found else None


def _is_worth_it(run: str) -> bool:
    return len({char for char in run if not char.isascii() and char not in OWN_SIGNS}) >= FEW_SIGNS


def _is_strange(line: str, odd: frozenset[str]) -> bool:
    """Whether a line holds so many characters that ordinary Chinese does not."""
    if odd.isdisjoint(line):
        return False
    strange = sum(char in odd for char in line)
    return strange >= FEW_HAN and strange >= ODD * len(line) and _mean(line) < NO_CHINESE


def _whole_line(line: str) -> Decoded | None:
    found = _best(line, DOUBLE)
    return Decoded(0, len(line), found.text, found.unsure) if found else None


def _best(found: str, families: tuple[Family, ...]) -> Reading | None:
    """The family whose reading is far better Chinese than what was found."""
    readings = [reading for family in families if (reading := _reread(found, family))]
    best = max(readings, key=lambda reading: _mean(reading.text), default=None)
    return best if best and _is_better(best.text, found) else None


def _reread(found: str, family: Family) -> Reading | None:
    places = family.read_as(found)
    reading = read(places, family.written) if places else None
    if reading and LATIN_SIGN.search(reading.text) and family in LATIN:  # encoded twice
        again = _reread(reading.text, family)
        return again or reading
    return reading


def _mean(text: str) -> float:
    return language().score(language().fold(text)) / max(1, len(text))


def _is_better(new: str, old: str) -> bool:
    written = [char for char in new if not char.isascii()]
    han = sum(map(is_han, written))
    if han < FEW_HAN or han < MOST_HAN * len(written):
        return False
    return _mean(new) >= FLUENT and _mean(new) - _mean(old) >= MARGIN


def redecode(text: str) -> str:
    """Read again what was decoded with the wrong code page.

    >>> redecode("ÖÐ¹ú¹¤»á"), redecode("å·¥ä¼šæ–°é—»")
    ('中国工会', '工会新闻')
    >>> redecode("café à la carte, São Paulo, ××局"), redecode("한국노총 위원장")
    ('café à la carte, São Paulo, ××局', '한국노총 위원장')
    """
    pieces, done = [], 0
    for found in find_mojibake(text):
        pieces += [text[done : found.start], found.new]
        done = found.end
    return "".join([*pieces, text[done:]])


def doubts_of_mojibake(text: str) -> tuple[Doubt, ...]:
    """Characters of which a byte was unreadable, at their places in the repaired text."""
    found: list[Doubt] = []
    longer = 0
    for run in find_mojibake(text):
        found += [Doubt(run.start + longer + at, "one of several") for at in run.unsure]
        longer += len(run.new) - (run.end - run.start)
    return tuple(found)
