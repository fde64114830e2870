"""How likely a character is after another: a class bigram made from jieba's dictionary alone."""

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

import opencc

from seeds.home import home

VERSION = "1"
# Spaces, line ends and the beginning of a text are one class.
EDGE = "\n"
# Marks per 1,000 characters of news, measured once; in the model they are words of their own.
RATES = {
    "，": 60, "。": 25, "、": 14, "“": 8, "”": 8, "（": 4, "）": 4, "：": 3, "；": 1.5, "《": 2, "》": 2, "？": 0.7,
    "！": 0.7, EDGE: 15, "0": 25, "a": 4, "·": 0.8, "—": 1.5, "…": 0.3, "%": 1, ".": 1.5, "-": 0.7, "‘": 0.3,
    "’": 0.3, "+": 0.1,
}  # fmt: skip
RUNS = "0a"  # digits and letters follow their own kind
KINDS = 24_000  # characters there could be
WITHIN, ANY_WORD, ANYTHING = 0.98, 0.004, 0.001
# A character rarer than this in the dictionary makes a line worth a second look.
RARE = 3e-6
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Language:
    """Natural logarithms. A pair that no word holds costs the end of one word and the start of the next."""

    classes: dict[int, str]
    pairs: dict[str, float]
    ends: dict[str, float]
    starts: dict[str, float]
    unseen: float
    common: frozenset[str]

    def fold(self, text: str) -> str:
        """Every character replaced by its class: simplified, full-width marks, 0 for digits, a for letters."""
        return text.translate(self.classes)

    def after(self, before: str, char: str) -> float:
        """How likely `char` is after `before`, both already folded."""
        known = self.pairs.get(before + char)
        if known is not None:
            return known
        return self.ends.get(before, 0.0) + self.starts.get(char, self.unseen)

    def score(self, folded: str, before: str = EDGE) -> float:
        """The whole of a folded text after the character `before`."""
        total = 0.0
        for char in folded:
            total += self.after(before, char)
            before = char
        return total


def _simplified() -> dict[int, str]:
    """Each traditional character and its simplified one; 著 counts as 着, which mirrors write so."""
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    found = opencc.OpenCC("t2s").convert(EDGE.join(han)).split(EDGE)
    return {ord(a): b for a, b in zip(han, found, strict=True) if a != b and len(b) == 1} | {ord("著"): "着"}


def _classes(simplified: dict[int, str]) -> dict[int, str]:
    classes = dict(simplified)
    for code in range(0x21, 0x7F):
        char = chr(code)
        kind = "0" if char.isdigit() else "a" if char.isalpha() else char
        wide = chr(code + 0xFEE0)
        classes[code] = wide if char in ",:;!?()" else kind
        classes[code + 0xFEE0] = classes[code]
    return classes | dict.fromkeys(map(ord, "\r\t \u3000\xa0"), EDGE)


@dataclass(frozen=True, slots=True)
class _Counts:
    chars: Counter[str]
    pairs: Counter[str]
    ends: Counter[str]
    starts: Counter[str]


def _count(lines: Iterable[str], classes: dict[int, str]) -> _Counts:
    """Count the dictionary's words, each as often as it says plus one."""
    counts = _Counts(Counter(), Counter(), Counter(), Counter())
    for line in lines:
        word, frequency, *_ = line.split(" ")
        times, folded = int(frequency) + 1, word.translate(classes)
        for char in folded:
            counts.chars[char] += times
        for a, b in pairwise(folded):
            counts.pairs[a + b] += times
        counts.ends[folded[-1]] += times
        counts.starts[folded[0]] += times
    _count_marks(counts)
    return counts


def _count_marks(counts: _Counts) -> None:
    total = counts.chars.total()
    for mark, rate in RATES.items():
        times = int(total * rate / 1000)
        for counter in (counts.chars, counts.ends, counts.starts):
            counter[mark] += times
        if mark in RUNS:
            counts.pairs[mark + mark] += times * 2
            counts.chars[mark] += times * 2


def _estimate(counts: _Counts, classes: dict[int, str]) -> dict[str, Any]:
    """The model as plain JSON: texts of characters beside lists of thousandths of nats."""
    total, words, floor = counts.chars.total(), counts.starts.total(), ANYTHING / KINDS
    start = {
        char: (1 - ANY_WORD - ANYTHING) * counts.starts[char] / words + ANY_WORD * n / total + floor
        for char, n in counts.chars.items()
    }
    end = {char: WITHIN * counts.ends[char] / n + (1 - WITHIN) for char, n in counts.chars.items()}
    pair = {
        ab: WITHIN * n / counts.chars[ab[0]] + end[ab[0]] * start[ab[1]] for ab, n in counts.pairs.items()
    }
    return {
        "classes": {chr(code): char for code, char in classes.items()},
        "pairs": "".join(pair),
        "pair_scores": _thousandths(pair.values()),
        "chars": "".join(start),
        "start_scores": _thousandths(start.values()),
        "end_scores": _thousandths(end.values()),
        "unseen": log(floor),
        "common": "".join(char for char, n in counts.chars.items() if n / total >= RARE),
    }


def _thousandths(values: Iterable[float]) -> list[int]:
    return [round(log(value) * MILLI) for value in values]


def _read(model: dict[str, Any]) -> Language:
    pairs, chars = model["pairs"], model["chars"]
    return Language(
        classes={ord(char): kind for char, kind in model["classes"].items()},
        pairs=dict(
            zip(
                map("".join, zip(pairs[::2], pairs[1::2], strict=True)),
                _nats(model["pair_scores"]),
                strict=True,
            )
        ),
        ends=dict(zip(chars, _nats(model["end_scores"]), strict=True)),
        starts=dict(zip(chars, _nats(model["start_scores"]), strict=True)),
        unseen=model["unseen"],
        common=frozenset(model["common"]),
    )


def _nats(scores: list[int]) -> list[float]:
    return [score / MILLI for score in scores]


def _dictionary() -> bytes:
    return (files("jieba") / "dict.txt").read_bytes()


def _build(dictionary: bytes) -> dict[str, Any]:
    classes = _classes(_simplified())
    return _estimate(_count(dictionary.decode("utf-8").splitlines(), classes), classes)


def _cached(path: Path) -> dict[str, Any] | None:
    """What a former run wrote; None where it wrote nothing, or a broken file."""
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return model if isinstance(model, dict) and model.get("complete") else None


def _keep(path: Path, model: dict[str, Any]) -> None:
    """Write beside and rename, so that no other process reads half a file."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    beside.write_text(json.dumps(model | {"complete": True}, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)


@cache
def language() -> Language:
    """The model, read from the private folder; made there when jieba's dictionary or this module is another.

    >>> model = language()
    >>> model.score(model.fold("全國總工會")) > model.score(model.fold("全脷總工奆"))
    True
    """
    dictionary = _dictionary()
    name = blake2b(dictionary + f"{VERSION} {opencc.__version__}".encode(), digest_size=8).hexdigest()
    path = home() / f"language-{name}.json"
    model = _cached(path)
    if model is None:
        model = _build(dictionary)
        _keep(path, model)
    return _read(model)
