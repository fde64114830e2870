"""Remarks around a story: its dateline, the print page it stood on, and where it really comes from."""

import re
from dataclasses import dataclass

from pipelines.dates import Dated, dates
from pipelines.likeness import likeness
from pipelines.people import Credit, credits_of, is_name, is_surely_name, person, pieces
from pipelines.signatures import bracketed
from pipelines.sources import is_publication, known_prefix

HAN = r"\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Tail:
    """A remark that says where a text really comes from.

    `kind` is via, reprint, contributed, source_tail, author_post, names_tail, granted or material_source.
    """

    kind: str
    value: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The page of a printed paper."""

    paper: str
    page: str
    date: Dated | None


# 《 人民日报 》( 2024年05月10日 04 版): the paper's own reference; an opening bracket may be lost.
REFERENCE = re.compile(
    rf"(?:《\s?)?(?P<paper>[{HAN}]{{2,12}})\s?》\s?\((?P<date>[^()]{{8,24}}?)\s{{0,4}}第?\s?(?P<page>[A-Z]?\d{{1,3}})\s?版[^()]{{0,12}}\)"
)
SLASHED = re.compile(
    rf"(?P<paper>[{HAN}]{{2,12}}[报刊])/(?P<date>\d{{4}}\s?年/\d{{1,2}}\s?月/\d{{1,2}}\s?日)/第\s?(?P<page>[A-Z]?\d{{1,3}})\s?版"
)


def reference(text: str) -> Reference | None:
    """The print page that a line refers to.

    >>> (found := reference("《工人日报》（2021年12月22日 02版）")) and (found.paper, found.date.iso, found.page)
    ('工人日报', '2021-12-22', '02')
    """
    copy = likeness(text[:200])
    match = REFERENCE.search(copy) or SLASHED.search(copy)
    if not match:
        return None
    found = dates(match["date"])
    paper = text[match.start("paper") : match.end("paper")]
    return Reference(paper, match["page"], found[0] if found else None)


# 本报乌鲁木齐7月9日电(…): organisation, place and day before the bracket; without a bracket the day or 讯 ends it.
DATELINE = re.compile(
    rf"^\s{{0,8}}(?P<head>[{HAN}\w·\-]{{2,20}}?)(?P<day>(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日)?(?:专|综合)?(?P<sign>[讯电]|消息)\s{{0,3}}(?P<bracket>\((?P<inside>[^()]{{2,60}})\))?",
)
WIRED = re.compile("(?:专|專|综合|綜合)?[讯訊电電]$")  # 【明報專訊】
LEAD_BRACKET = re.compile(
    r"^\s{0,8}(?:【(?P<paper>[^【】]{2,12})】\s?)?[(〔【](?P<inside>[^()〔〕【】]{2,60})[)〕】]"
)
# 记者张三报道：, 示例日报讯 记者 张三 李四 报道
REPORTS = re.compile(
    rf"^\s{{0,8}}(?:[{HAN}\w]{{2,12}}[讯电]\s{{0,3}})?(?P<inside>[{HAN}]{{0,8}}记者\s?[{HAN}、 ]{{2,16}}?)\s?(?:现场|综合|专题)?报道\s?[:,]"
)
AGENCIES = (
    "本报",
    "本网",
    "本刊",
    "本台",
    "新华社",
    "中新社",
    "中新网",
    "新华网",
    "人民网",
    "央视网",
    "总台",
)


def dateline_organisation(head: str, *, dated: bool) -> str:
    """The publication in 新华社乌鲁木齐5月9日电; the place is not part of it."""
    copy = likeness(head)
    if agency := next((name for name in AGENCIES if copy.startswith(name)), ""):
        return head[: len(agency)]
    if dated and (size := known_prefix(copy)):
        return head[:size]
    return head


def opening(text: str) -> tuple[str, tuple[Credit, ...]]:
    """The publication and the people that a story's first words name.

    >>> opening("徐州日报讯(记者 邬政 通讯员 胥明虎)为更好发挥作用")[0]
    '徐州日报'
    >>> opening("通讯技术日新月异，电商平台越来越多")
    ('', ())
    """
    copy = likeness(text[:120])
    if match := DATELINE.match(copy):
        head = text[match.start("head") : match.end("head")]
        where = dateline_organisation(head, dated=bool(match["day"]))
        inside = text[match.start("inside") : match.end("inside")] if match["bracket"] else ""
        signed = credits_of(inside, organisation=where) or unlabelled(inside, where) if inside else ()
        if signed or (match["day"] and where) or is_publication(where) or likeness(where) in AGENCIES:
            return where, signed
    if match := REPORTS.match(copy):
        return "", credits_of(text[match.start("inside") : match.end("inside")])
    if match := LEAD_BRACKET.match(copy):
        inside = text[match.start("inside") : match.end("inside")]
        paper = text[match.start("paper") : match.end("paper")] if match["paper"] else WIRED.sub("", inside)
        where = paper if is_publication(paper) else ""
        return where, credits_of(inside, organisation=where) or tuple(bracketed(inside))
    return "", ()


def unlabelled(inside: str, where: str) -> tuple[Credit, ...]:
    """Names alone in a dateline's bracket: 中新网5月6日电 (张三)."""
    words = pieces(inside)
    return (Credit("记者", where, tuple(words)),) if words and all(is_name(word) for word in words) else ()


# A remark stands alone on its line or in the last bracket of a paragraph.
BRACKET = re.compile(r"[(〔【](?P<inside>[^()〔〕【】]{2,80})[)〕】]\s{0,3}$")
VIA = re.compile(
    rf"^(?:讯\s{{0,3}})?据(?P<value>《[^《》]{{2,20}}》|[{HAN}\w·\-—“”]{{2,24}}?)(?:消息|报道|讯|$)\s{{0,3}}(?P<post>[^。]{{0,40}})$"
)
REPRINT = re.compile(
    r"^(?:本文|文章)?(?:转自|转载自|转载于|原载于?|摘自|选自|来自)\s?[:：]?\s?(?P<value>[^。，,]{2,30})$"
)
CONTRIBUTED = re.compile(rf"^(?P<value>[{HAN}\w]{{2,30}})供稿$")
POSTED = re.compile(
    r"^(?:本文)?作者(?:[:：]\s?(?P<name>[^，,。]{2,20})[，,]|(?P<alone>[^，,。:：]{2,8})[，, ])?(?:为|系|是|单位[:：])\s?(?P<value>.{2,70})$"
)
# 本文为某某授权网易财经《亦观察》专栏发布
GRANTED = re.compile(
    r"^本文(?:为|系|由)(?P<name>[^，,。授]{2,12}?)授权(?P<value>[^，,。]{2,24}?)(?:发布|刊发|刊登|转载|使用)"
)
MATERIAL = re.compile(
    r"^(?:本文)?(?:资料|素材|内容|图片|数据)?(?:来源[:：]?)?综合(?:整理|编译|摘编)?自?\s?(?P<mixed>[^。]{2,40})$|^(?:资料|素材|数据)来源[:：]\s?(?P<value>.{2,40})$"
)


def tails(text: str) -> tuple[Tail, ...]:
    """What a tail line or the last bracket of a paragraph says of the text's origin.

    >>> tails("(内江市总工会供稿)")[0].value, tails("转自:全国总工会")[0].kind
    ('内江市总工会', 'reprint')
    >>> tails("会议由市总工会主席张三主持。")
    ()
    """
    line = text.strip(" 　\xa0")
    end = line[-90:]
    if bracket := BRACKET.search(likeness(end)):
        inside = end[bracket.start("inside") : bracket.end("inside")].strip()
        return remark(inside) or (
            bare_remark(inside) if len(inside) <= 16 or len(inside) + 4 > len(line) else ()
        )
    return remark(line) if len(line) <= 60 else ()


def remark(piece: str) -> tuple[Tail, ...]:
    copy = likeness(piece)
    if (via := VIA.match(copy)) and (
        via["post"] or copy.endswith(("消息", "讯", "》", "报道")) or is_publication(via["value"])
    ):
        return (
            Tail("via", slice_of(piece, via, "value").strip("《》"), person(slice_of(piece, via, "post"))),
        )
    for kind, pattern in (("reprint", REPRINT), ("contributed", CONTRIBUTED)):
        if match := pattern.match(copy):
            return (Tail(kind, slice_of(piece, match, "value")),)
    if posted := POSTED.match(copy):
        name = slice_of(piece, posted, "name") or slice_of(piece, posted, "alone")
        value = slice_of(piece, posted, "value")
        return (Tail("author_post", value, name if name and is_name(name) else person(value)),)
    if granted := GRANTED.match(copy):
        column = slice_of(piece, granted, "value")
        title = re.search("《(.{2,20}?)》", column)
        return (Tail("granted", title[1] if title else column, slice_of(piece, granted, "name")),)
    if material := MATERIAL.match(copy):
        group = "value" if material["value"] else "mixed"
        return (Tail("material_source", slice_of(piece, material, group)),)
    return ()


def bare_remark(piece: str) -> tuple[Tail, ...]:
    """A bracket that holds nothing but a publication or names."""
    if is_publication(piece) and len(piece) <= 14:
        return (Tail("source_tail", piece),)
    words = [word for word in re.split(r"[\s、,，]+", piece.rstrip("…等")) if word]
    if words and all(is_surely_name(word) or likeness(word) == "通讯员" for word in words):
        return (Tail("names_tail", piece),)
    return ()


def slice_of(text: str, match: re.Match[str], group: str) -> str:
    """The original characters of a group that was matched on the likeness."""
    return text[match.start(group) : match.end(group)].strip() if match[group] else ""
