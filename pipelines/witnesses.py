"""What the lines of a page and its addresses say of the article's fields."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.address import date_in_url
from pipelines.bylines import behind_publication, is_account, read_line
from pipelines.labels import TOKEN
from pipelines.likeness import likeness
from pipelines.parts import Candidate, Field, Label, Line
from pipelines.people import is_name, is_surely_name, names
from pipelines.pieces import AUTHORS, said, spaced, words
from pipelines.signatures import only_names
from pipelines.sources import is_publication
from pipelines.titles import bare, ranked_titles

URL = 70.0  # a day in an address was written by a machine; what editors typed into metas goes first
HEAD = 72.0  # what the head of a plain text says; headings in markup are candidates of their own
TOLD: frozenset[Label] = frozenset({"byline", "editor", "author-note", "subtitle"})
STORY: frozenset[Label] = frozenset({"body", "heading"})
HEADS: dict[Label, Field] = {"title": "title", "subtitle": "subtitle", "kicker": "kicker"}
ADDRESS = re.compile(r"https?://[\w.:/?&=%~#-]{4,300}")
# A cell that is nothing but a label: the next one holds its value (government documents in tables).
LABEL_CELL = re.compile(r"[\u3400-\u9fff ]{2,12}:")
TITLE_CELL = re.compile(r"(?:文件)?(?:标 {0,8}题|名 {0,8}称) {0,2}:")
# Class and id names that templates give to the places of title and source.
TITLE_PLACE = re.compile(
    r"(?:^|[#._-])(?:article|news|post|rumor|content|detail|main)?[-_]?(?:title|headline|biaoti)(?:$|[#._-])",
    re.IGNORECASE,
)
SOURCE_PLACE = re.compile(
    r"source|laiyuan|media[-_]?name|author[-_]?name|author-info|from(?:$|[._-])|column[-_]?name",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(r"本文来源|责任编辑|责编|作者:|编辑:")
HEAD_LINES = 400  # lines before the story that can name it; menus of a thousand lines are not read
FAR = 12  # lines after the story within which it may still be signed
SOURCE = 16  # characters of the longest publication that stands on a line of its own
LISTED = 0.3  # share of a dated line's characters inside links that makes it a list's
NEAR = 4  # lines between a byline and a name that belongs to it


def witnesses(
    lines: Sequence[Line], labels: Sequence[Label], titles: Sequence[str] = ()
) -> Iterator[Candidate]:
    """Every candidate that the labelled lines of a page give; `titles` are what its markup calls it."""
    story = [at for at, label in enumerate(labels) if label in STORY]
    first, last = (story[0], story[-1]) if story else (len(lines), len(lines))
    edges = {*story[:2], *story[-2:]}
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label in TOLD and (strays(line, at - last) or (at and is_label(lines[at - 1]))):
            continue  # another story's, or a cell whose label stands before it
        if label in TOLD or at in edges:
            yield from spoken(line, first - at if at < first else at - last, edge=at in edges, late=at > last)
        if at < first and (label in TOLD or first - at <= FAR):
            yield from (each for each in said(line) if label in TOLD or each.field == "author")
        if label == "title":
            yield from ranked_titles(line.text)
    yield from signing([lines[at].text for at in (*story[2:OPENS], *story[-CLOSES:-2])])
    head, heading = lines[max(first - HEAD_LINES, 0) : first], labels[max(first - HEAD_LINES, 0) : first]
    yield from headed(head, heading)
    yield from entitled(head, titles)
    yield from recent(head)
    yield from followed(head)
    yield from celled(head)
    yield from placed(head, heading)


def spoken(line: Line, distance: int, *, edge: bool, late: bool) -> Iterator[Candidate]:
    """A line that dates or signs the story. The nearer, the more it is believed: other stories' lists carry dates."""
    for found in read_line(spaced(line)):
        if edge and (found.field == "published" or not certain(found)):
            continue  # a day in the first sentence is the event's
        lateness = 12.0 if late and found.field == "published" else 0.0
        yield replace(
            found, weight=found.weight - lateness - min(max(distance, 0) * 0.2, 10.0 if late else 4.0)
        )


def certain(found: Candidate) -> bool:
    """Whether a candidate from inside the story may be believed: 「记者：你怎么看？」 is a question, no signature."""
    if found.field != "author" or found.rule not in QUESTIONED:
        return True
    return all(is_name(name) for name in names(found.value))


QUESTIONED = ("line:记者", "line:作者", "line:本报记者", "line:文", "line:评论员", "line:")
OPENS, CLOSES = 10, 5  # paragraphs in which a story may be signed
SIGNED_BY = 40  # characters of the longest line that does nothing but sign
INSIDE = 4.0  # a line inside the story is believed that much less than one around it


def signing(texts: Sequence[str]) -> Iterator[Candidate]:
    """Authors who sign on a line of their own behind a summary, or before the last remarks."""
    for text in texts:
        if len(text) <= SIGNED_BY and not text.rstrip().endswith(("。", "！", "？", "：", ":", "?")):
            for found in read_line(text):
                if found.field in ("author", "correspondent") and certain(found):
                    yield replace(found, weight=found.weight - INSIDE)


FOLLOW = re.compile(r"\+?\s?(?:加?关注|订阅|已关注)")


def followed(lines: Sequence[Line]) -> Iterator[Candidate]:
    """The account that a button beside it offers to follow: 去驴行 | 关注."""
    for line, following in pairwise(lines[-14:]):
        if FOLLOW.fullmatch(likeness(following.text[:8])) and is_account(line.text):
            yield Candidate("source", line.text, "line:to follow", 34.0, line.text)


def headed(lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[Candidate]:
    """What the head of a plain text says: title, subtitle, and a name that stands alone."""
    for line, label in zip(lines, labels, strict=True):
        if (field := HEADS.get(label)) and not line.tag:
            yield Candidate(field, line.text, "line:head", HEAD, line.text[:80])
        elif label == "byline" and is_surely_name(line.text):
            yield Candidate("author", line.text, "line:alone", 50.0, line.text)


def strays(line: Line, behind: int) -> bool:
    """Whether a byline stands too far behind the story to be its own; a sign-off names what it says."""
    listed = behind > 0 and line.linked > LISTED
    return (behind > FAR or listed) and not SIGN_OFF.search(likeness(line.text[:200]))


def is_label(line: Line) -> bool:
    return bool(LABEL_CELL.fullmatch(likeness(line.text[:30]).strip()))


def entitled(lines: Sequence[Line], titles: Sequence[str]) -> Iterator[Candidate]:
    """A line that a page's title begins with: what follows there is the site's."""
    plain = [bare(title) for title in titles]
    for line in lines:
        text = bare(line.text) if 8 <= len(line.text) <= 120 and line.linked < 0.5 else ""
        if len(text) >= 8 and any(title.startswith(text) and title != text for title in plain):
            yield Candidate("title", line.text, "line:in the page title", 57.0, line.text[:80])


RECENT = re.compile(
    r"(?:(?:发布|更新|发表)?(?:时间|日期|于)\s?:?\s?)?(?:\d{1,2}-\d{2}\s?\d{2}:\d{2}|\d{1,2}月\d{1,2}日\s?\d{2}:\d{2}|\d{1,3}\s?(?:秒|分钟|小时|天)前|昨天|今天|前天|刚刚).{0,16}"
)


def recent(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Dates that count from the visit (3小时前, 05-13 09:16); only the time of the fetch makes days of them."""
    for line in lines[-12:]:
        if len(line.text) <= 40 and RECENT.fullmatch(likeness(line.text).strip()):
            yield Candidate("published", line.text, "line:recent", 38.0, line.text)


def celled(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Fields of a table that puts label and value into cells of their own."""
    for line, following in pairwise(lines):
        copy = likeness(line.text[:30]).strip()
        if TITLE_CELL.fullmatch(copy):
            yield Candidate("title", following.text, "cell:标题", 80.0, line.text)
        elif LABEL_CELL.fullmatch(copy) and len(following.text) <= 60:
            for found in read_line(f"{copy.replace(' ', '')}{following.text}"):
                yield replace(found, rule=f"cell:{copy}", weight=found.weight + 2)


def placed(lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[Candidate]:
    """A title or a source that only its place tells: the template's class, or the neighbourhood of the date."""
    dated = {at for at, label in enumerate(labels) if label == "byline"}
    yield from alone(lines, labels, dated)
    for at, line in enumerate(lines):
        place = line.path[-1] if line.path else ""
        near = not dated.isdisjoint(range(at - NEAR, at + NEAR + 1))
        if line.linked < 0.5 and 6 <= len(line.text) <= 80 and TITLE_PLACE.search(place):
            yield Candidate("title", line.text, f"place:{place[:40]}", 58.0, place)
        if near and labels[at] not in MENUS:
            yield from neighbours(line)
        if (
            near
            and is_place_of_source(line, labels[at])
            and (named := is_publication(line.text) or SOURCE_PLACE.search(place))
        ):
            yield Candidate(
                "source", line.text, "line:near the date", 50.0 if named is True else 36.0, line.text
            )


def alone(lines: Sequence[Line], labels: Sequence[Label], dated: Collection[int]) -> Iterator[Candidate]:
    """A name that stands alone right beside the line of the date."""
    for at in {near for each in dated for near in (each - 1, each + 1) if 0 <= near < len(lines)}:
        line = lines[at]
        if (
            labels[at] == "outside"
            and len(line.text) <= SHORTEST
            and line.tag not in HEADINGS
            and is_surely_name(line.text)
        ):
            yield Candidate("author", line.text, "line:beside the date", 40.0, line.text)


SHORTEST = 8  # characters of a name


def neighbours(line: Line) -> Iterator[Candidate]:
    """Who signs on a line of its own by the date: 21世纪经济报道 张小三, or a name in an element for authors."""
    place = line.path[-1] if line.path else ""
    for_authors = bool(words(place) & AUTHORS)
    if len(line.text) > SIGNED_BY or (line.linked > 0.5 and not for_authors):
        return
    found = behind_publication(line.text.strip())
    if found.source and found.credits:
        yield Candidate("source", found.source, "line:near the date", 48.0, line.text)
        yield Candidate("author", "、".join(found.credits[0].names), "line:near the date", 48.0, line.text)
    elif for_authors and (people := only_names(line.text)):
        yield Candidate("author", "、".join(people), f"place:{place[:40]}", 48.0, line.text)


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MENUS: frozenset[Label] = frozenset(
    {"app-tail", "share", "interface", "breadcrumb", "contact", "related", "copyright"}
)


def is_place_of_source(line: Line, label: Label) -> bool:
    """Whether a line by the date may name the source: no heading of a column, no item of a menu."""
    named = any(each["label"] for each in TOKEN.finditer(likeness(line.text[:SOURCE])))  # 编辑：示例网
    return len(line.text) <= SOURCE and line.tag not in HEADINGS and label not in MENUS and not named


def addressed(
    url_date: tuple[str, str] | None, url: str, lines: Sequence[Line], labels: Sequence[Label]
) -> Iterator[Candidate]:
    """Days that stand in the page's own address, or in the one its text gives (本文地址：…)."""
    if url_date:
        yield Candidate("published", url_date[0], "url", URL, url)
    elif url and (found := date_in_url(url)):
        yield Candidate("published", found.iso, "url", URL, url)
    for line, label in zip(lines, labels, strict=True):
        address = ADDRESS.search(line.text[:400]) if label == "self-url" else None
        if address and (found := date_in_url(address[0])):
            yield Candidate("published", found.iso, "self-url", URL - 6, address[0])
