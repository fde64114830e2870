"""Signatures without a label: 石佳/中国青年报, 上報快訊／范姜佳鈺, 张三 文/图, and those that end a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.labels import HAN, KINDS
from pipelines.likeness import likeness
from pipelines.people import (
    BESIDE,
    DISPATCH,
    Credit,
    credits_of,
    is_name,
    is_surely_name,
    names,
    pieces,
    reporter,
)
from pipelines.sources import is_publication

BULLETS = "□■●◎○☉▲◆▪•※"
# 张三/文, 张三 李四 文/图: who wrote, behind the name
TRAILING = re.compile(
    rf"(?P<who>[{HAN}·、 ]{{2,30}}?)(?:\s?/\s?|\s{{1,3}})(?:文/图|图/文|文[、/]?图|图文|文字|撰文|文)(?:\s.{{0,16}})?"
)
# Two sides of one stroke: person and paper, desk and person.
STROKE = re.compile(r"(?P<left>[^/|]{2,24}?)\s?/\s?(?P<right>[^/|]{2,24})")
# 原创 张小三 示例观察站: badge, writer and account, as WeChat prints them
ORIGINALLY = re.compile(rf"原创\s{{1,2}}(?P<who>[{HAN}·]{{2,8}})\s{{1,2}}[^\s,。]{{2,20}}$")
# 《示例》记者 张三/文 李四/编辑: everybody's duty behind the name
DUTIES = re.compile(
    r"(?P<who>[^/|]{2,24}?)\s?/\s?(?P<duty>文字?|图片?|编辑|摄影|整理|视频|制图)(?:\s{1,3}|$)"
)
DESK = re.compile(rf"[{HAN}\w]{{2,8}}(?:中心|快讯|组|编辑部|即时|新闻部|记者)")
WIRE = re.compile(r"(?:快讯|即时|综合|新闻中心|编辑部)$")
# (记者 张三), (编译/林靖东), (文/王五): the last brackets of a paragraph
LAST_BRACKET = re.compile(r"\s{0,3}[(〔【\[](?P<inside>[^()〔〕【】\[\]]{2,60})[)〕】\]]\s{0,3}$")
BRACKETS = 3
ALONE = 16  # characters of the longest bracket that holds names alone
INSIDE = re.compile(rf"(?P<role>[{HAN}]{{1,5}}(?:/图)?)\s?[:/|]\s?(?P<who>.{{2,40}})")
# …迈上新台阶。本报记者 张三: a signature glued to the last stop
GLUED = re.compile(
    rf"[。!?”…]\s{{0,4}}(?P<sign>(?:[{HAN}·]{{0,8}})(?:记者|通讯员|特约撰稿人?|评论员)\s?[:|/]?\s{{0,2}}[{HAN}·、 ]{{2,24}})\s{{0,3}}$"
)
WRITING = frozenset(
    "文 作者 编译 撰文 撰稿 采写 执笔 记者 本报记者 通讯员 特约撰稿人 特约撰稿 评论员 口述 文字 文/图".split()
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the publication that stands beside ("" where none does)."""

    source: str = ""
    credits: tuple[Credit, ...] = ()


def only_names(text: str) -> tuple[str, ...]:
    """The names of a text that holds nothing else.

    >>> only_names("张三、李 四"), only_names("张三丰先生")
    (('张三', '李四'), ())
    """
    found = [each for each in pieces(text) if not BESIDE.fullmatch(likeness(each))]
    return tuple(found) if found and all(is_surely_name(each) for each in found) else ()


def signature(text: str) -> Signature:
    """Who signs a line that is nothing but a signature.

    >>> signature("石佳/中国青年报").source, signature("上報快訊／范姜佳鈺").credits[0].names
    ('中国青年报', ('范姜佳鈺',))
    >>> signature("张三 文/图").credits[0].names, signature("工资/社保").credits
    (('张三',), ())
    """
    line = text.strip().lstrip(BULLETS).strip()
    copy = likeness(line)
    found = next((one for read in FORMS if (one := read(line, copy))), None)
    if found:
        return found
    people = only_names(line) if line != text.strip() else ()  # a bullet before names alone
    return Signature("", credits_of(line) or ((Credit("", "", people),) if people else ()))


def trailing(line: str, copy: str) -> Signature | None:
    """Read 张三 文/图."""
    found = TRAILING.fullmatch(copy)
    people = only_names(line[: found.end("who")]) if found else ()
    return Signature("", (Credit("文", "", people),)) if people else None


def originally(line: str, copy: str) -> Signature | None:
    """Read 原创 张小三 示例观察站."""
    found = ORIGINALLY.match(copy)
    if not found or not is_surely_name(found["who"]):
        return None
    return Signature("", (Credit("", "", (line[found.start("who") : found.end("who")],)),))


def dutiful(line: str, copy: str) -> Signature | None:
    """Read 《示例》记者 张三/文 李四/编辑."""
    found = DUTIES.findall(copy)
    written = tuple(credit for who, duty in found if duty[0] == "文" for credit in writers(who))
    return Signature("", written) if len(found) > 1 and line else None


def behind_paper(line: str, copy: str) -> Signature | None:
    """A publication, a stroke and who signs: 聯合報 / 記者王大明／台北即時報導."""
    paper, stroke, _ = copy.partition("/")
    if not stroke or not is_publication(paper):
        return None
    rest = line[len(paper) + 1 :].strip()
    signed = credits_of(rest) or tuple(Credit("", paper.strip(), (name,)) for name in only_names(rest))
    return Signature(line[: len(paper)].strip(), signed) if signed else None


def writers(who: str) -> Iterator[Credit]:
    """Who stands before /文: a reporter with a paper, or names alone."""
    people = only_names(who)
    yield from (Credit("文", "", people),) if people else strict(credits_of(who))


def two_sided(line: str, copy: str) -> Signature | None:
    """Read 石佳/中国青年报, 張三／台北報導, 上報快訊／范姜佳鈺."""
    stroke = STROKE.fullmatch(copy)
    if not stroke:
        return None
    left, right = line[: stroke.end("left")].strip(), line[stroke.start("right") :].strip()
    if people := only_names(left):
        paper = right if is_publication(right) else ""
        signs = paper or DISPATCH.fullmatch(likeness(right))
        return Signature(paper, (Credit("", paper, people),)) if signs else None
    people = only_names(reporter(right)) if is_publication(left) or DESK.fullmatch(likeness(left)) else ()
    wire = WIRE.search(likeness(left))
    paper = left[: wire.start()] if wire else left
    return Signature(paper if is_publication(paper) else "", (Credit("", left, people),)) if people else None


# The more a form says of itself, the earlier it is tried.
FORMS = (trailing, originally, behind_paper, two_sided, dutiful)


def closing(text: str) -> Iterator[Credit]:
    """Who signs at the end of a paragraph: in its last brackets, or behind its last stop.

    >>> [each.names for each in closing("研究结果已发表在科学刊物上。（编译/林靖东）")]
    [('林靖东',)]
    >>> list(closing("会议由市总工会主席主持。（详见第二版）"))
    []
    """
    end = text.rstrip()[-120:]
    for _ in range(BRACKETS):
        bracket = LAST_BRACKET.search(likeness(end))
        if not bracket:
            break
        yield from bracketed(end[bracket.start("inside") : bracket.end("inside")])
        end = end[: bracket.start()]
    if glued := GLUED.search(likeness(end)):
        yield from strict(credits_of(end[glued.start("sign") : glued.end("sign")]))


def bracketed(inside: str) -> Iterator[Credit]:
    """The writers that a bracket names, by role or with a label; whoever took a picture or edited is passed over."""
    if signed := credits_of(inside):
        yield from strict(signed)
    elif (labelled := INSIDE.fullmatch(likeness(inside))) and labelled["role"] in WRITING & {*KINDS, "文/图"}:
        people = tuple(name for name in names(inside[labelled.start("who") :]) if not is_publication(name))
        yield from strict((Credit(labelled["role"].removesuffix("/图"), "", people),))
    elif len(inside) <= ALONE and (people := only_names(inside)):
        yield Credit("", "", people)


def strict(found: tuple[Credit, ...]) -> Iterator[Credit]:
    """Only what is surely a person's name: 「（记者：你怎么看）」 signs nothing."""
    return (each for each in found if each.names and all(is_name(name) for name in each.names))
