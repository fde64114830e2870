"""What each line of a page is: story, or one of the kinds of furniture around it."""

import re
from collections.abc import Sequence

from pipelines.bylines import READ, read_byline
from pipelines.clean.looks import END, STOP, Look, looks
from pipelines.clean.wrapper import is_wrapper, wrapper_at
from pipelines.clean.zones import headed, signed_end, tail_start, title_inside, window
from pipelines.likeness import likeness
from pipelines.parts import Label, Line

HEADING = 34  # characters of the longest sub-heading
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
LISTED = 60  # characters of the longest title in a list of other stories


def classify(lines: Sequence[Line], *, region: tuple[int, int] | None = None) -> tuple[Label, ...]:
    """What each line is. `region` bounds the story where somebody knows it: first line, and one past the last.

    Works on the blocks of a page and on plain text (tag "", nothing linked), where the head is told apart as well.
    In the story a line is cut only if it is furniture wherever it stands, opens a list of other stories, or belongs
    to a tail that reaches the story's end.

    >>> story = Line("全国总工会近日印发通知，部署开展送温暖活动，要求各级工会深入一线走访慰问。")
    >>> classify([Line("当前位置:首页 > 要闻"), story, Line("走访慰问"), story, Line("责任编辑：李方"), Line("相关新闻")])
    ('breadcrumb', 'body', 'heading', 'body', 'editor', 'related')
    """
    return labels_of(looks(lines), region=region)


def labels_of(seen: Sequence[Look], *, region: tuple[int, int] | None = None) -> tuple[Label, ...]:
    """The same for lines that have been looked at: looking costs most, and the whole chain labels twice."""
    first, end = region or window(seen)
    if region is None and not any(each.tag for each in seen):
        return plain(seen, first, end)
    return (*(before(each) for each in seen[:first]), *story(seen, first, end))


def story(seen: Sequence[Look], first: int, end: int) -> tuple[Label, ...]:
    """The labels from a story's first line on: the story, a notice's signature, and what follows."""
    signed = signed_end(seen, end) if end else end
    signature: list[Label] = ["body"] * (signed - end)
    return (*inside(seen[first:end]), *signature, *after(seen[signed:]))


def plain(seen: Sequence[Look], first: int, end: int) -> tuple[Label, ...]:
    """The labels of a text without markup."""
    found = headed(seen, first)
    if "title" not in found.values() and title_inside(seen, first, end):
        found = {first: "title"}
        first += 1
        while first < end and not seen[first].prose and (seen[first].said or seen[first].family):
            first += 1
    head = [found.get(at) or before(each) for at, each in enumerate(seen[:first])]
    return (*head, *story(seen, first, end))


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


def after(seen: Sequence[Look]) -> list[Label]:
    """The labels of the lines after the story; a block head names what follows it."""
    labels: list[Label] = []
    opened: Label | None = None
    for each in seen:
        if each.family is not None and each.family.zone == "block":
            opened = each.family.label
        elif each.prose and each.tag and opened == "related":
            opened = None  # a page's container decides whether the story went on
        labels.append(behind(each, opened))
    return labels


def behind(each: Look, opened: Label | None) -> Label:
    """The label of one line after the story, in the list that was opened last."""
    if each.family is not None:
        return each.family.label
    return "comments" if each.talk else each.said or opened or unlisted(each)


def unlisted(each: Look) -> Label:
    if each.linked:
        return "related"
    return "body" if each.prose and each.tag else "outside"  # a page's container decides, not the window


def inside(seen: Sequence[Look]) -> list[Label]:
    """The labels of the lines between a story's first and last sentence."""
    tail = tail_start(seen)
    first = next((at for at, each in enumerate(seen) if each.prose), 0)
    labels: list[Label] = []
    opened: Label | None = None
    for at, each in enumerate(seen):
        if each.family is not None and each.family.zone == "block" and lists(seen, at):
            opened = each.family.label
        elif opened and not is_listed(each):
            opened = None
        labels.append(opened or in_story(each, at_end=at >= tail or at < first) or shape(seen, at))
    return labels


def lists(seen: Sequence[Look], at: int) -> bool:
    """Whether a block head is followed by a list, or by nothing more."""
    return at + 1 == len(seen) or is_listed(seen[at + 1])


def is_listed(each: Look) -> bool:
    """A line of a list of other stories: linked, or a title without a sentence."""
    return (
        each.linked
        or each.family is not None
        or (not each.prose and len(each.copy) <= LISTED and not END.search(each.copy))
    )


def in_story(each: Look, *, at_end: bool) -> Label | None:
    """Why a line inside the story is cut, None where it stays. `at_end`: before its first sentence or after its last."""
    if each.family is not None and (each.family.zone == "any" or at_end):
        return each.family.label
    if each.said in ("author-note", "editor", "wrapper") or each.strong or (each.said and at_end):
        return each.said
    if len(each.copy) < 160 and is_wrapper(each.copy) and not wrapper_at(each.copy):
        return "wrapper"
    return None


def shape(seen: Sequence[Look], at: int) -> Label:
    """Body or sub-heading: a short line without a stop between paragraphs."""
    each = seen[at]
    ended = END.search(each.copy.rstrip("”’"))
    short = len(each.copy) <= HEADING and not ended and not STOP.search(each.copy)
    follows = at + 1 < len(seen) and seen[at + 1].prose
    return "heading" if each.tag in HEADINGS or (short and follows) else "body"


# Furniture that editors' tools glue to the last sentence; it follows a stop or a bracket.
GLUED = re.compile(
    r"(?<=[。！？!?”’）)…\u3400-\u9fff])\s{0,8}(?P<tail>"
    r"返回搜狐[,，]?\s?查看更多.{0,20}|返回[\u3400-\u9fff]{2,8}首页\s?>{0,3}|(?:查看|点击)?(?:详[情细]|全文)\s?>{1,3}"
    r"|[(（\[【]\s?(?:责任编辑|责编|编辑|编审|校对|网络编辑)\s?[:：/]\s?[\u3400-\u9fff\w、,， _]{0,24}[)）\]】]"
    r"|(?<=[。！？!?”…）)\s])\s{0,8}(?:责任编辑|责编|编辑|编审|校对|网络编辑)\s?[:：/]\s?[\u3400-\u9fff\w、 _]{0,24}"
    r"|(?<=[。！？!?”…）)\s])\s{0,8}[(（\[【]?\s?(?:本文)?(?:文章|稿件|新闻)?来源\s?[:：]\s?[^。，,]{2,24}[)）\]】]?"
    r"|[\[【(]?(?:查看更多|展开全文|阅读全文|点击进入专题.{0,20}|更多精彩.{0,30}|纠错)[\]】)]?"
    r"|(?:扫描|扫码|长按)[^。]{0,10}二维码[^。]{0,30}[。！!]?"
    r")\s{0,8}(?:1\d{6})?$",  # （編輯：李小四）1090312, the day in the years of the Republic
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


# What ends a sentence, and may open a bracket, before a link that is no part of it.
SENTENCE_END = re.compile(r"[。！？!?”’…)）]\s{0,3}[(（\[【]?\s?$")
CLOSES = re.compile(r"[\s)）\]】>]{0,3}$")
POINTER = 40  # characters of the longest link that points on from a paragraph's end


def tail_of(line: Line) -> int | None:
    """Where furniture begins that is glued to a paragraph's end: by its words, or a link behind the last stop.

    A link inside a sentence belongs to it; one that follows its full stop points somewhere else: 详情>>, （另一则新闻）.
    """
    return first if (first := split_tail(line.text)) is not None else pointer(line)


def pointer(line: Line) -> int | None:
    """Where a link begins that follows the last sentence of a paragraph and ends it, with the bracket around it."""
    last = max(
        (each for each in line.pieces if LINK.search(each.name)), key=lambda each: each.end, default=None
    )
    if last is None or last.end - last.start > POINTER or not CLOSES.match(line.text, last.end):
        return None
    before = SENTENCE_END.search(line.text[: last.start])
    text = line.text[last.start : last.end]
    if before is None or before.start() < HEADING or END.search(text):
        return None
    bracket = re.search(r"[(（\[【]\s?$", line.text[: last.start])
    return bracket.start() if bracket else last.start


LINK = re.compile(r"(?:^|/)a(?=$|[./#])")

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
    rest = read_byline(text[:READ]).rest
    return min(len(text), READ) - len(rest) if rest else None
