"""Expressions and selectors of portal files: do they compile, and are they safe on a hostile URL or page."""

import importlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Final

from cssselect import HTMLTranslator, SelectorError
from lxml import etree, html

LONGEST: Final = 500  # the longest of the 101 patterns known is 160 characters
MANY: Final = 8  # a repetition that may stretch by more than this counts as endless
WAYS: Final = 1000  # optional pieces and alternatives multiply; the patterns known stay under 50
ALPHABET: Final = frozenset(map(chr, range(9, 127))) | frozenset("é中")

VALUE: Final = re.compile(
    r"::(?:text|attr\([\w:-]{1,40}\))$"
)  # as Scrapy writes what is taken from an element

# The standard library's own parser: it is private, but the alternative is a second parser of the same language.
_parser: Any = importlib.import_module("re._parser")
_REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_CATEGORIES: Final = {"DIGIT": r"\d", "WORD": r"\w", "SPACE": r"\s"}


class UnsafeError(ValueError):
    """The expression does not compile, or could take quadratic time; says why in a few words."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of an expression: the characters it may hold, whether it is endless, and whether it must be there.

    `ways` is how many lengths or alternatives it has apart from endless ones; `closes` are the characters that end
    every round of a loop and occur nowhere else in it; `options` are the optional groups around it.
    """

    chars: frozenset[str]
    loops: bool = False
    ways: int = 1
    needed: bool = True
    options: frozenset[object] = frozenset()
    closes: frozenset[str] = frozenset()


def compiled(expression: str) -> re.Pattern[str]:
    r"""Return the expression, ready to use; UnsafeError if it is wrong or its time could grow with the square of a URL.

    >>> sorted(compiled(r"^https?://x\.cn/(?:[\w-]+/)+t(?P<ymd>\d{8})_(?P<id>\d+)").groupindex)
    ['id', 'ymd']
    >>> compiled(r"(a+)+b")
    Traceback (most recent call last):
    seeds.expression.UnsafeError: a repetition inside a repetition without a mark between the rounds
    """
    if len(expression) > LONGEST:
        raise UnsafeError(f"{len(expression)} characters long, {LONGEST} are allowed")
    try:
        pattern = re.compile(expression)
        tree = _parser.parse(expression)
    except (re.error, RecursionError, OverflowError) as error:
        raise UnsafeError(str(error)) from error
    _sequence(tree)
    return pattern


def _sequence(tree: Iterable[tuple[Any, Any]]) -> list[_Part]:
    """The parts of a sequence, refused if two of its loops can share the same characters."""
    parts = [part for operator, value in tree for part in _node(str(operator), value)]
    if prod(part.ways for part in parts) > WAYS:
        raise UnsafeError("too many optional pieces and alternatives")
    for at, left in enumerate(parts):
        for right in range(at + 1, len(parts)):
            if left.loops and parts[right].loops and not _apart(left, parts[at + 1 : right], parts[right]):
                raise UnsafeError(
                    "two repetitions that can take the same characters, with no mark between them"
                )
    return parts


def _apart(left: _Part, between: Sequence[_Part], right: _Part) -> bool:
    """Tell whether there is only one place where the right loop can take over from the left one."""
    there = left.options | right.options
    marks = [part.chars for part in between if part.needed and part.options <= there]
    marks += [left.closes] * bool(left.closes)
    return not left.chars & right.chars or any(not mark & left.chars & right.chars for mark in marks)


def _node(operator: str, value: Any) -> list[_Part]:
    match operator:
        case "AT":
            return []
        case "SUBPATTERN":
            return _sequence(value[3])
        case "ATOMIC_GROUP":
            return _sequence(value)
        case "BRANCH":
            return [_branch([_sequence(branch) for branch in value[1]])]
        case _ if operator in _REPEATS:
            return _repeat(*value)
        case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
            return [_Part(_chars(operator, value))]
        case _:
            raise UnsafeError("looks around or back, which no URL pattern needs")


def _branch(branches: list[list[_Part]]) -> _Part:
    """Alternatives as one part; it counts as a mark only where every alternative has something."""
    parts = [part for branch in branches for part in branch]
    ways = sum(prod(part.ways for part in branch) for branch in branches)
    needed = all(any(part.needed and not part.options for part in branch) for branch in branches)
    loops = any(part.loops for part in parts)
    return _Part(_union(parts), loops, ways, needed=needed and not loops)


def _repeat(least: int, most: int, body: Any) -> list[_Part]:
    if most > 1 and any(str(operator) == "BRANCH" for operator, _ in _flat(body)):
        raise UnsafeError("alternatives inside a repetition")
    inner = _sequence(body)
    closes = _mark(inner)
    if most == 1:
        return _optional(inner) if least == 0 else inner
    if any(part.loops or part.ways > 1 for part in inner) and not closes:
        raise UnsafeError("a repetition inside a repetition without a mark between the rounds")
    loops, ends = int(most) - least > MANY, closes if len(inner) > 1 else frozenset()
    ways = 1 if loops else int(most) - least + 1
    return [_Part(_union(inner), loops, ways, needed=least > 0, closes=ends)]


def _optional(inner: Sequence[_Part]) -> list[_Part]:
    """Put the parts into an optional group; there is one choice more than before."""
    group = frozenset({object()})
    return [
        replace(part, options=part.options | group, ways=part.ways + (at == 0))
        for at, part in enumerate(inner)
    ]


def _mark(inner: Sequence[_Part]) -> frozenset[str]:
    """The characters that end every round, if nothing else in the round can be one of them."""
    if not inner or not inner[-1].needed or inner[-1].options or inner[-1].ways > 1 or inner[-1].loops:
        return frozenset()
    return inner[-1].chars if not inner[-1].chars & _union(inner[:-1]) else frozenset()


def _flat(tree: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    """The nodes of a sequence, groups opened."""
    for operator, value in tree:
        yield operator, value
        if str(operator) == "SUBPATTERN":
            yield from _flat(value[3])


def _union(parts: Iterable[_Part]) -> frozenset[str]:
    return frozenset().union(*(part.chars for part in parts))


def _chars(operator: str, value: Any) -> frozenset[str]:
    """Which characters of the alphabet the node accepts."""
    match operator:
        case "LITERAL":
            return frozenset({chr(value)})
        case "NOT_LITERAL":
            return ALPHABET - {chr(value)}
        case "RANGE":
            return frozenset(char for char in ALPHABET if value[0] <= ord(char) <= value[1])
        case "CATEGORY":
            return _category(str(value))
        case "IN":
            return _class(value)
        case _:
            return ALPHABET


def _category(name: str) -> frozenset[str]:
    """CATEGORY_DIGIT, CATEGORY_NOT_WORD and so on."""
    negated, kind = "_NOT_" in name, name.rsplit("_", 1)[-1]
    found = frozenset(char for char in ALPHABET if re.match(_CATEGORIES.get(kind, "."), char))
    return ALPHABET - found if negated else found


def _class(items: Sequence[tuple[Any, Any]]) -> frozenset[str]:
    """A bracketed class; a NEGATE may stand first."""
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    found = frozenset().union(*(_chars(str(operator), value) for operator, value in items[negated:]))
    return ALPHABET - found if negated else found


def check_selector(selector: str) -> None:
    """Refuse a css selector, or an xpath after "xpath:", that cannot be used on a page.

    >>> check_selector("ul.news a")
    >>> check_selector("css:ul.news a::attr(href)")
    >>> check_selector("xpath://div[")
    Traceback (most recent call last):
    seeds.expression.UnsafeError: Invalid expression
    """
    if selector.startswith("xpath:"):
        _check_xpath(selector.removeprefix("xpath:"))
    else:
        _check_css(VALUE.sub("", selector.removeprefix("css:")))


def _check_css(selector: str) -> None:
    try:
        path = HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise UnsafeError(str(error)) from error
    _check_xpath(path)


def _check_xpath(path: str) -> None:
    """Run once on an empty page, since unknown functions and prefixes show only then."""
    try:
        etree.XPath(path)(html.fromstring("<html><body><p>x</p></body></html>"))
    except (etree.XPathError, ValueError, TypeError) as error:
        raise UnsafeError(str(error)) from error
