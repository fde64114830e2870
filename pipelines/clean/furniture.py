"""What each line of a page is: story, or one of the kinds of furniture around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.bylines import read_byline, read_line
from pipelines.clean.families import Family, kind
from pipelines.clean.wrapper import is_wrapper, wrapper_at
from pipelines.likeness import likeness
from pipelines.parts import Label, Line
from pipelines.remarks import tails

STOP = re.compile(r"[。！？!?；;…]|[，,].{0,80}[，,。:：]")
END = re.compile(r"[。！？!?”’）)…：:；;]\s{0,3}$")
HAN = re.compile(r"[\u3400-\u9fff]")
EDGES = " \t\r\n\u3000\xa0\u200b\ufeff"
WORTH = 200  # Han characters of one line that count towards a story: a long disclaimer must not outweigh one
LINKED = 0.5
HEADING = 34  # characters of the longest sub-heading
BYLINE_FIELDS = frozenset({"published", "source", "author", "correspondent"})


@dataclass(frozen=True, slots=True)
class Look:
    """A line as the classifier sees it. `family` is its kind of furniture, `said` what its byline says."""

    copy: str
    han: int
    prose: bool
    linked: bool
    family: Family | None
    said: Label | None
    tag: str


def look(line: Line) -> Look:
    copy = likeness(line.text).strip(EDGES)
    family = kind(copy) if copy else None
    han = len(HAN.findall(copy))
    linked = line.linked > LINKED
    said = None if family or linked else says(line.text, copy)
    prose = family is None and said is None and not linked and han >= 8 and bool(STOP.search(copy))
    return Look(copy, han, prose, linked, family, said, line.tag)


MAYBE = re.compile(r"\d{4}|[:|/／〔]|记者|通讯员|作者|编辑|责编|来源|供稿|转自|据|^[(（]")


def says(text: str, copy: str) -> Label | None:
    """Whether a line dates, signs or credits the story instead of telling it."""
    if len(copy) > 200 or not MAYBE.search(copy):
        return None
    if any(tail.kind == "author_post" for tail in tails(text)) and len(copy) <= 90 and alone(copy):
        return "author-note"
    if len(copy) > 90 and STOP.search(copy):
        return None
    found = {candidate.field for candidate in read_line(text) if not candidate.rule.startswith("dateline")}
    if "editor" in found:
        return "editor"
    return "byline" if found & BYLINE_FIELDS and is_only(copy) else None


def alone(copy: str) -> bool:
    return copy.startswith(("(", "作者", "本文作者", "【"))


def is_only(copy: str) -> bool:
    """Whether a line is a byline and not a sentence that begins like one."""
    return not re.search(r"。.{6,}", copy)


def classify(lines: Sequence[Line], *, region: tuple[int, int] | None = None) -> tuple[Label, ...]:
    """What each line is. `region` bounds the story where somebody knows it: first line, and one past the last.

    Works on the blocks of a page and on plain text (tag "", nothing linked). In the story a line is cut only if it is
    furniture wherever it stands, opens a list of other stories, or belongs to a tail that reaches the story's end.

    >>> story = Line("全国总工会近日印发通知，部署开展送温暖活动，要求各级工会深入一线走访慰问。")
    >>> classify([Line("当前位置:首页 > 要闻"), story, Line("走访慰问"), story, Line("责任编辑：李方"), Line("相关新闻")])
    ('breadcrumb', 'body', 'heading', 'body', 'editor', 'related')
    """
    looks = [look(line) for line in lines]
    first, end = region or window(looks)
    labels: list[Label] = [before(each) for each in looks[:first]]
    labels += inside(looks[first:end])
    labels += after(looks[end:])
    return tuple(labels)


def worth(each: Look) -> float:
    """What a line says for being part of the story."""
    if each.prose:
        return float(min(each.han, WORTH))
    if each.linked:
        return -25.0
    if each.family is not None:
        return -60.0 if each.family.zone == "block" else -20.0
    return -4.0


def window(looks: Sequence[Look]) -> tuple[int, int]:
    """The stretch of lines with the most prose and the least furniture; it begins and ends with prose."""
    best, first, end = 0.0, 0, 0
    total, start = 0.0, 0
    for at, each in enumerate(looks):
        total += worth(each)
        if total <= 0:
            total, start = 0.0, at + 1
        elif total > best:
            best, first, end = total, start, at + 1
    while first < end and not opens(looks[first]):
        first += 1
    return first, signed_end(looks, end)


def opens(each: Look) -> bool:
    return each.prose or (
        each.family is None and each.said is None and each.copy.endswith(":") and each.han > 4
    )


SIGNATURE = re.compile(
    r"\(?(?:此件.{2,10}|联系人.{2,40})\)?|附件?\s?\d{0,2}\s?[:.、].{2,80}|\d{4}年\d{1,2}月\d{1,2}日|.{2,24}(?:会|委|局|厅|部|院|府|公司|办公室|中心)"
)
DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)


def signed_end(looks: Sequence[Look], end: int) -> int:
    """The end of a notice with its attachments, signature and day, which are short lines after the last sentence."""
    following = looks[end : end + 8]
    run = 0
    while run < len(following) and is_signature(following[run]):
        run += 1
    dated = any(DAY.fullmatch(each.copy) or each.copy.startswith(("附件", "附:")) for each in following[:run])
    return end + run if dated else end


def is_signature(each: Look) -> bool:
    return (
        not each.linked
        and (each.family is None or each.family.label == "contact")
        and bool(SIGNATURE.fullmatch(each.copy))
    )


def before(each: Look) -> Label:
    """The label of a line before the story."""
    if each.family is not None:
        return each.family.label
    if each.said:
        return each.said
    if each.tag == "h1" and each.han >= 4:
        return "title"
    if each.prose and each.tag:  # a page's container decides, not the window
        return "body"
    return "navigation" if each.linked else "outside"


def after(looks: Sequence[Look]) -> list[Label]:
    """The labels of the lines after the story; a block head names what follows it."""
    labels: list[Label] = []
    opened: Label | None = None
    for each in looks:
        if each.family is not None and each.family.zone == "block":
            opened = each.family.label
        labels.append(each.family.label if each.family else each.said or opened or unlisted(each))
    return labels


def unlisted(each: Look) -> Label:
    if each.linked:
        return "related"
    return "body" if each.prose and each.tag else "outside"  # a page's container decides, not the window


def inside(looks: Sequence[Look]) -> list[Label]:
    """The labels of the lines between a story's first and last sentence."""
    tail = tail_start(looks)
    labels: list[Label] = []
    opened: Label | None = None
    for at, each in enumerate(looks):
        if each.family is not None and each.family.zone == "block" and lists(looks, at):
            opened = each.family.label
        elif opened and not is_listed(each):
            opened = None
        labels.append(opened or in_story(each, at_end=at >= tail) or shape(looks, at))
    return labels


def tail_start(looks: Sequence[Look]) -> int:
    """Where the run of furniture begins that reaches the end."""
    at = len(looks)
    while at and (looks[at - 1].family is not None or looks[at - 1].said or not looks[at - 1].copy):
        at -= 1
    return at


def lists(looks: Sequence[Look], at: int) -> bool:
    """Whether a block head is followed by a list, or by nothing more."""
    following = looks[at + 1 : at + 3]
    return not following or is_listed(following[0])


def is_listed(each: Look) -> bool:
    """A line of a list of other stories: linked, or a title without a sentence."""
    return (
        each.linked
        or (each.family is not None and not each.prose)
        or (not each.prose and len(each.copy) <= 60 and not END.search(each.copy))
    )


def in_story(each: Look, *, at_end: bool) -> Label | None:
    """Why a line inside the story is cut, None where it stays."""
    if each.family is not None and (each.family.zone == "any" or at_end):
        return each.family.label
    if each.said == "author-note":
        return "author-note"
    if each.said == "editor" or (each.said and at_end):
        return each.said
    if is_wrapper(each.copy) and wrapper_at(each.copy) is None and len(each.copy) < 160:
        return "wrapper"
    return None


def shape(looks: Sequence[Look], at: int) -> Label:
    """Body or sub-heading: a short line without a stop between paragraphs."""
    each = looks[at]
    short = len(each.copy) <= HEADING and not END.search(each.copy) and not STOP.search(each.copy)
    follows = at + 1 < len(looks) and looks[at + 1].prose
    return "heading" if each.tag in ("h2", "h3", "h4", "h5", "h6") or (short and follows) else "body"


# Furniture that editors' tools glue to the last sentence.
GLUED = re.compile(
    r"(?<=[。！？!?”’）)…\u3400-\u9fff])\s{0,8}(?P<tail>"
    r"返回搜狐[,，]?\s?查看更多.{0,20}"
    r"|[(（\[【]?\s?(?:责任编辑|责编|编辑|编审|校对|网络编辑)\s?[:：/]\s?[\u3400-\u9fff\w、 _]{0,24}[)）\]】]?"
    r"|(?<=[。！？!?”…）)])\s{0,8}[(（\[【]?\s?(?:本文)?(?:文章|稿件|新闻)?来源\s?[:：]\s?[^。，,]{2,24}[)）\]】]?"
    r"|[\[【(]?(?:编辑|责编)?\s?[\]】)]?(?:查看更多|展开全文|阅读全文|阅读原文|点击进入专题.{0,20}|更多精彩.{0,30}|【?纠错】?)"
    r"|(?:扫描|扫码|长按)[^。]{0,10}二维码[^。]{0,30}[。！!]?"
    r")\s{0,8}$",
)
SEEN = 120  # characters of a paragraph's end that glued furniture can fill


def split_tail(text: str) -> int | None:
    """Where furniture begins that is glued to a paragraph's end, None where there is none.

    >>> text = "各界人士前往送别。返回搜狐，查看更多"
    >>> text[split_tail(text):]
    '返回搜狐，查看更多'
    >>> split_tail("市总工会主席到会讲话。（记者 张三）") is None
    True
    """
    start = max(len(text) - SEEN, 0)
    found = GLUED.search(likeness(text[start:]))
    if found and start + found.start("tail") > 0:
        return start + found.start("tail")
    return wrapper_at(text)


SOURCE_FIRST = re.compile(r"^\s{0,8}(?:信息|文章|稿件)?来源\s?:\s?")


def split_head(text: str) -> int | None:
    """Where the story begins in a paragraph that opens with its source, None where it opens with the story.

    >>> split_head("来源:中工网今年来,江苏省盐城市建湖县总工会紧紧按照部署")
    6
    >>> split_head("来源:中工网") is None
    True
    """
    if not SOURCE_FIRST.match(likeness(text[:40])):
        return None
    rest = read_byline(text).rest
    return len(text) - len(rest) if rest else None
