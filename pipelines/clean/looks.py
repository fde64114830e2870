"""A line as the classifier sees it: how much prose it holds, which furniture it is, what its byline says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.bylines import is_line, read_byline, read_line
from pipelines.clean.echoes import grams, key
from pipelines.clean.families import Family, kind
from pipelines.clean.wrapper import wrapper_at
from pipelines.labels import KINDS, tokens
from pipelines.likeness import likeness
from pipelines.parts import Label, Line
from pipelines.pieces import spaced
from pipelines.remarks import tails

STOP = re.compile(r"[。！？!?；;…]|[，,].{0,80}[，,。:：]")
END = re.compile(r"[。！？!?”’）)…：:；;]\s{0,3}$")
HAN = re.compile(r"[\u3400-\u9fff]")
EDGES = " \t\r\n\u3000\xa0\u200b\ufeff"
LINKED = 0.5
PROSE = 8  # Han characters of the shortest sentence
BYLINE = 90  # characters of the longest line that only dates or signs, unless it is all labels
MAYBE = re.compile(
    r"\d{4}|[:|/／〔]|记者|通讯员|作者|编辑|责编|来源|供稿|转自|据|撰稿|评论员|执笔|主笔|编译|采写|^原创\s|^[(（□■●◎○☉▲◆]|\s文$"
)
SENTENCES = re.compile(r"。.{6,}")
SIGNS = frozenset({"published", "source", "author", "correspondent"})


@dataclass(frozen=True, slots=True)
class Look:
    """`copy` is the line's likeness, `family` its kind of furniture, `said` what its byline makes of it.

    `strong`: the line says its source behind a label, so it is no sentence wherever it stands. `talk`: the template
    calls its place one for comments.
    """

    copy: str
    han: int
    prose: bool
    linked: bool
    family: Family | None
    said: Label | None
    strong: bool
    tag: str
    talk: bool


def looks(lines: Sequence[Line]) -> tuple[Look, ...]:
    """Every line's look; a farm's wrapped copy of the lead is told by the lead that follows it."""
    seen = [look(line) for line in lines]
    for at, line in enumerate(lines[:8]):
        if (
            seen[at].prose
            and wrapper_at(line.text) is not None
            and repeated(line.text, lines[at + 1 : at + 12])
        ):
            seen[at] = replace(seen[at], prose=False, said="wrapper")
            following = range(at + 1, min(at + 4, len(seen)))
            seen = [
                keyed(each, line.text) if number in following else each for number, each in enumerate(seen)
            ]
    return tuple(seen)


def keyed(each: Look, wrapper: str) -> Look:
    """A line that is nothing but the keyword which a farm's wrapper sentence is about is the farm's, too."""
    about = ABOUT.search(likeness(wrapper[-200:]))
    return replace(each, said="wrapper") if about and each.copy == about["key"].strip() else each


ABOUT = re.compile(r"关于(?P<key>[^?？。,，]{2,60})[?？]")


def repeated(text: str, following: Sequence[Line]) -> bool:
    """Whether one of the following lines is held by the text."""
    own = grams(key(text))
    parts = [grams(key(line.text)) for line in following if len(line.text) >= 40]
    return any(part and len(part & own) >= 0.85 * len(part) for part in parts)


def look(line: Line) -> Look:
    copy = likeness(line.text).strip(EDGES)
    family = kind(copy) if copy else None
    if family is not None and family.label == "caption" and (CLOCK.match(copy) or STRONG.match(copy)):
        family = None  # 2019-05-06 10:00 来源： 新华社
    han = len(HAN.findall(copy))
    linked = line.linked > LINKED
    silent = linked and not (CLOCK.match(copy) or STRONG.match(copy))
    said = None if family or silent else says(spaced(line), copy)
    prose = family is None and said is None and not linked and han >= PROSE and bool(STOP.search(copy))
    strong = said == "byline" and is_strong(copy)
    return Look(copy, han, prose, linked, family, said, strong, line.tag, talks(line.path[-8:]))


@lru_cache(maxsize=512)
def talks(path: tuple[str, ...]) -> bool:
    """Whether the template calls a place one for comments; the lines of a page share few places."""
    return bool(TALK.search("/".join(path)))


TALK = re.compile(r"comment|pinglun|reply|gentie|tie-|post_comment", re.IGNORECASE)
# A line that is no sentence wherever it stands: a source behind its label, a day with its hour.
STRONG = re.compile(
    r"[(\[【]?(?:本文|信息|文章|稿件)?来源\s?[:|]|原创\s?:\s?|(?:发布|发稿|发表)(?:时间|日期)\s?:"
)
LABELLED = frozenset({"source", "time", "author", "editor", "tool"})
# A day with its hour, behind the site's address at most: http://www.sina.com.cn 2009年11月09日13:48 新浪娱乐
CLOCK = re.compile(r"(?:(?:(?:https?:)?//|www\.)\S{4,60}?\s{0,3})?\d{4}\s?[-/.年].{3,8}?\d{1,2}:\d\d")


def is_strong(copy: str) -> bool:
    several = sum(token.kind in LABELLED for token in tokens(copy)) > 1
    return bool(STRONG.match(copy)) or (len(copy) <= 60 and bool(CLOCK.search(copy))) or several


def says(text: str, copy: str) -> Label | None:
    """Whether a line dates, signs or credits the story instead of telling it."""
    if len(copy) > BYLINE * 2 or not MAYBE.search(copy) or wrapper_at(text):
        return None  # a farm's wrapped lead may begin with the source: 来源:中工网晚上7点，…
    if len(copy) <= BYLINE and copy.startswith(("(", "作者", "本文", "【")) and is_note(text):
        return "author-note"
    if (len(copy) > BYLINE and STOP.search(copy)) or SENTENCES.search(copy) or not is_line(text):
        return None
    if STRONG.match(copy) and len(copy) <= BYLINE // 2:
        return "byline"  # 来源：网络 says nothing, and still is no sentence
    found = {each.field for each in read_line(text) if not each.rule.startswith("dateline")}
    if "editor" in found or signs_off(text):
        return "editor"
    return "byline" if found & SIGNS else None


def signs_off(text: str) -> bool:
    """Whether editors or reviewers sign, be it by a log-in name (责编：Demi Xia, 校对|黄慧敏)."""
    return any(KINDS.get(each.role) in ("editor", "reviewer") for each in read_byline(text).credits)


def is_note(text: str) -> bool:
    """Whether a line says who the author is, by post or with the paper that reported it."""
    return any(
        tail.kind in ("author_post", "granted", "material_source") or tail.person for tail in tails(text)
    )
