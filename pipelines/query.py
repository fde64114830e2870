"""What a person typed into the search box, as the archive understands it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.search import Column, Query, Term
from pipelines.fold import fold
from seeds.taxonomy import taxonomy

WORD = range(
    2, 9
)  # characters of a term that may be a word of Chinese, and then counts more where it stands as one


# One item: an optional "-", an optional column, then a phrase in quotation marks or everything up to a blank.
ITEM = re.compile(
    """
    (?P<minus> [-－](?=[^\\s\\-－]) )?
    (?: (?P<column> [A-Za-z]{3,6} ) [:：](?=\\S) )?
    (?: ["＂“”„] (?P<double> [^"＂“”„]* ) ["＂“”„]
      | ["＂“”„] (?P<open> [^"＂“”„]+ ) $
      | 「 (?P<corner> [^」]* ) 」
      | (?P<plain> \\S+ )
    )
    """,
    re.VERBOSE,
)

Sign = Literal["", "OR", "AND", "NOT"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing typed: a term, or an operator when `sign` says so."""

    text: str
    column: Column = ""
    excluded: bool = False
    sign: Sign = ""


def parse(text: str) -> Query:
    """Words, "phrases", OR, -exclusion (also AND, NOT in capitals) and column prefixes; everything else is plain text.

    >>> [[term.text for term in group] for group in parse('工會 "一函兩書" 騎手 OR 司機 -推廣').groups]
    [['工会'], ['一函两书'], ['骑手', '司机']]
    >>> parse('source:工人日報 url:x').groups
    ((Term(text='工人日报', column='source', words=('工人日报',)),), (Term(text='url:x', column='', words=('url:x',)),))
    """
    items = list(_with_signs(list(_items(text))))
    groups = _groups([item for item in items if not item.excluded])
    excluded = (term for item in items if item.excluded for term in _terms(item))
    return Query(tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(excluded)), text)


def _items(text: str) -> Iterator[Item]:
    for found in ITEM.finditer(text):
        column = _column(found["column"])
        said = next(said for said in found.group("double", "open", "corner", "plain") if said is not None)
        if found["column"] and not column:
            said = found.group().removeprefix(found["minus"] or "")  # an unknown prefix is plain text
        yield Item(said, column, excluded=bool(found["minus"]), sign=_sign(found.group()))


def _column(name: str | None) -> Column:
    match name and name.lower():
        case "title" | "body" | "source" | "author" | "org" | "region" | "topic" | "law" | "portal" as column:
            return column
        case _:
            return ""


def _sign(said: str) -> Sign:
    match said:
        case "OR" | "AND" | "NOT" as sign:
            return sign
        case _:
            return ""


def _with_signs(items: list[Item]) -> Iterator[Item]:
    """Operators where they stand between terms; elsewhere they are words like others."""
    for at, item in enumerate(items):
        before = items[at - 1] if at else None
        after = items[at + 1] if at + 1 < len(items) else None
        if item.sign and not _joins(item, before, after):
            yield Item(item.text)
        elif before is not None and before.sign == "NOT" and not item.sign:
            yield Item(item.text, item.column, excluded=True)
        elif item.sign not in {"AND", "NOT"}:
            yield item


def _joins(item: Item, before: Item | None, after: Item | None) -> bool:
    if after is None or after.sign:
        return False
    return item.sign == "NOT" or (
        before is not None and not before.sign and not before.excluded and not after.excluded
    )


def _groups(items: list[Item]) -> Iterator[tuple[Term, ...]]:
    group: list[Term] = []
    joined = False
    for item in items:
        if item.sign == "OR":
            joined = True
            continue
        if not joined and group:
            yield tuple(group)
            group = []
        group += _terms(item)
        joined = False
    if group:
        yield tuple(group)


def _terms(item: Item) -> tuple[Term, ...]:
    """What an item asks for: several alternatives for the Chinese name of a topic, nothing for an empty quotation."""
    folded = fold(item.text)
    match item.column:
        case "topic":
            return tuple(Term(topic, "topic") for topic in _topics(folded)) or (Term(folded, "topic"),)
        case _:
            return (Term(folded, item.column, (folded,) if len(folded) in WORD else ()),) if folded else ()


def _topics(name: str) -> tuple[str, ...]:
    """The ids of the topics with this in their Chinese name; none when it is an id itself.

    >>> _topics("欠薪"), _topics("rights.wages")
    (('rights.wages',), ())
    """
    topics = taxonomy().topics
    named = [(topic.id, topic.zh) for topic in topics]
    named += [(sub.id, sub.zh) for topic in topics for sub in topic.subs]
    return tuple(topic for topic, zh in named if name and name in fold(zh))
