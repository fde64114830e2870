"""Proof of a repair: damaging the repaired text in the same way must give back what was found."""

from collections.abc import Callable, Iterator
from typing import Literal

from pipelines.clean.gbk import FULL_WIDTH

Proof = Literal["proven", "consistent", "unproven"]
Decoder = Callable[[bytes], str]

LOST = "□"  # stands for an ASCII character that the decoder took and nobody can know
TAKEN = b"0"  # any character would do: the decoder takes it unseen


def by_mbstring(found: bytes) -> str:
    r"""PHP's decoder: a broken pair becomes "?", and both its bytes are gone.

    >>> by_mbstring("请联".encode("gb18030")[:3] + b"(li\xc1")
    '请?li?'
    """
    made, at = [], 0
    while at < len(found):
        size = 1 if found[at] <= 0x80 or found[at] == 0xFF else 2
        piece = found[at : at + size]
        made.append(_whole(piece) if piece[0] < 0x80 or len(piece) == size == 2 else "?")
        at += size
    return "".join(made)


def _whole(piece: bytes) -> str:
    if len(piece) == 1:
        return piece.decode("ascii")
    char = piece.decode("gb18030", "replace")
    return char if len(char) == 1 and char != "\ufffd" else "?"


def by_dropping(found: bytes) -> str:
    """A decoder told to ignore errors."""
    return found.decode("gb18030", "ignore")


def by_replacing(found: bytes) -> str:
    """A browser's decoder, and Python's: U+FFFD for the broken byte, the next one read again."""
    return found.decode("gb18030", "replace")


DECODERS: tuple[Decoder, ...] = (by_mbstring, by_dropping, by_replacing)


def encoded(text: str) -> bytes:
    """GBK bytes, a lost character as the digit that it probably was."""
    return text.replace(LOST, "0").encode("gb18030", "replace")


def narrow(text: str) -> str:
    return text.translate(FULL_WIDTH)


def _versions(found: bytes, *, lead_lost: bool) -> Iterator[str]:
    """What the decoders make of the bytes, cut at the edges as a run may be cut."""
    begin = 1 if lead_lost else 0
    for decode in DECODERS:
        for end in range(3):
            yield decode(found[begin : len(found) - end])


def proof(found: str, damaged: bytes, *, lead_lost: bool, guessed: bool) -> Proof:
    """Whether the damaged bytes of a repair read as what was found.

    A guessed edge leaves no trace that could prove it: "consistent" is all it can be.
    """
    observed = narrow(found).strip("\ufffd")
    for version in _versions(damaged, lead_lost=lead_lost):
        if narrow(version).strip("\ufffd") == observed:
            return "consistent" if guessed else "proven"
    return "unproven"
