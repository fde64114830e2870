"""What the inline elements of a line say: templates part hour, source and author by spans, not by blanks."""

import re
from collections.abc import Iterator

from pipelines.likeness import likeness
from pipelines.parts import Candidate, Line
from pipelines.people import is_generic, is_name, names
from pipelines.sources import is_publication, tidy_source

# Words of class and id names. "from" and "media" stand beside a date for the source; "name" alone says nothing.
SOURCES = frozenset(
    "source sources soure sour laiyuan ly from origin medianame mname jgname pubfrom sourcename artsource".split()
)
AUTHORS = frozenset("author authors writer reporter zuozhe byline authorname writername autor".split())
NOT_ONE = frozenset(
    "share comment reply tool btn button icon login tag font size print count num hits view".split()
)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
SOURCE_TEXT = 24  # characters of the longest name of a publication in a span of its own
DIGITS = re.compile(r"\d{2}[:：]\d{2}|\d{4}[-年/.]")
CLOCK_THEN_DAY = re.compile(r"\d{1,2}:\d{2}(?:19|20)\d\d[-/.]$")
BY_TEMPLATE = 57.0  # above an unlabelled neighbour of the date (55), below a label (60)


def words(name: str) -> frozenset[str]:
    """The words of element names, and of the last word-groups whole.

    >>> sorted(words("span.a_source/a")), "medianame" in words("span#mediaName")
    (['a', 'asource', 'source', 'span'], True)
    """
    found: set[str] = set()
    for group in re.split(r"[./#\s]", name[:200]):
        parts = [part.lower() for part in WORD.findall(group)]
        found.update(parts, ("".join(parts),) if parts else ())
    return frozenset(found)


def spaced(line: Line) -> str:
    """The line with a gap between elements that only their styles keep apart.

    >>> from pipelines.parts import Piece
    >>> spaced(Line("金融市场棱镜2019-09-23 07:48", pieces=(Piece("span.a", 0, 4), Piece("span.b", 4, 6), Piece("span.c", 6, 22))))
    '金融市场  棱镜  2019-09-23 07:48'
    """
    text = line.text
    if not line.pieces or not DIGITS.search(text):
        return text
    cuts = {at for piece in line.pieces for at in (piece.start, piece.end) if parts(text, at)}
    for at in sorted(cuts, reverse=True):
        text = f"{text[:at]}  {text[at:]}"
    return text


def parts(text: str, at: int) -> bool:
    """Whether two words meet at an offset: not the numbers of one date, nor a sign with its word."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if CLOCK_THEN_DAY.search(text[max(0, at - 8) : at + 5]):
        return True  # 20:192020/03/12
    if before in "年月日/-.:：" or after in "年月日/-.:：" or (before.isdigit() and after.isdigit()):
        return False
    return not before.isspace() and not after.isspace()


def said(line: Line) -> Iterator[Candidate]:
    """Source and author of a dated line by the names that the template gives to their elements."""
    for piece in line.pieces:
        value, called = line.text[piece.start : piece.end], words(piece.name)
        if called & NOT_ONE or DIGITS.search(value) or len(value) > SOURCE_TEXT:
            continue
        if called & SOURCES and re.search(r"[\u3400-\u9fffA-Za-z]{2}", value):
            if source := tidy_source(value):
                yield Candidate("source", source, f"piece:{piece.name[:40]}", BY_TEMPLATE, line.text[:80])
        elif called & AUTHORS:
            yield from signed(value, piece.name, line.text[:80])


def signed(value: str, name: str, place: str) -> Iterator[Candidate]:
    """An element for authors holds people, or the publication that signs in their place."""
    found = [each for each in names(likeness_of_label(value)) if not is_generic(each)]
    if found and all(is_name(each) for each in found):
        yield Candidate("author", "、".join(found), f"piece:{name[:40]}", BY_TEMPLATE, place)
    elif is_publication(value):
        yield Candidate("source", value, f"piece:{name[:40]}", BY_TEMPLATE - 4, place)


def likeness_of_label(value: str) -> str:
    """The value without its label (作者：)."""
    label = re.match(r"\s*(?:本文|文章)?作者\s?[:|]\s?", likeness(value))
    return value[label.end() :] if label else value
