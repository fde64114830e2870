"""Date, source, byline, editor and sign-off lines: one grammar for what stands around a story."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.dates import Dated
from pipelines.labels import HAN, KINDS, Token, tokens, value_after
from pipelines.likeness import likeness
from pipelines.parts import Candidate
from pipelines.people import Credit, credits_of, is_generic, is_name, is_surely_name, names, person
from pipelines.remarks import Reference, Tail, opening, reference, tails
from pipelines.signatures import closing, only_names, signature
from pipelines.sources import PROVINCES, is_organisation, is_publication, known_prefix, tidy_source

READ = 400  # characters of a line that can be a byline; a source may be glued to a long paragraph
PROSE = 40  # characters; in a longer line only its first and last brackets are a byline
CLOSING = 46.0  # a signature at the end of a paragraph, behind those that stand alone
BESIDE = "｜|,，:：()（）[]【】·-　 \xa0"
# 2024-05-13 06:16发布于北京经济日报官方账号
ACCOUNT = re.compile(rf"^发布于(?:{PROVINCES})?|官方账号$|^(?:原创|转载|独家|首发)\s")
ISSUED = re.compile(
    r"^(?:星期|周)[一二三四五六日天]\s{0,3}|\s{0,3}第\s?[A-Z]?\d{1,3}\s?版.*$"
)  # of a printed paper
VERSION = re.compile(r"^\W?\d{1,3}\.\d{1,3}\.\d{1,5}")  # 3.4.40 (2019-9-5 9:38:01 PM): a player was built
DEPARTMENT = re.compile(rf"[{HAN}]{{2,14}}[部办处科室]")
ISSUE = re.compile(r"第(?P<issue>\d{1,6})期")
PAGE = re.compile(r"第(?P<page>[A-Z]?\d{1,3})版")
CHANGED = ("更新", "创建", "上传", "录入", "添加")
OWNED = frozenset(
    {"source", "author", "correspondent", "editor", "reviewer", "contributor", "publisher", "photo"}
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line says around a story; texts keep the characters of the line.

    `changed`: the date is one of change, not of publication. `labelled`: a label says what the date or source is.
    `rest` is the story that was glued to the line, `account` an unknown name before the date.
    """

    date: Dated | None = None
    changed: bool = False
    labelled: bool = False
    source: str = ""
    credits: tuple[Credit, ...] = ()
    publisher: str = ""
    account: str = ""
    issue: str = ""
    page: str = ""
    rest: str = ""

    @property
    def empty(self) -> bool:
        return not (self.date or self.source or self.credits or self.publisher)


@lru_cache(maxsize=128)  # a line is asked several times in a row: is it a byline, which, by whom
def read_byline(text: str) -> Byline:
    """The line as labels and values, and what stands unlabelled beside its date.

    >>> read_byline("張璽 2025年03月17日09:05 來源：工人日報").source
    '工人日報'
    """
    copy = likeness(text)
    marks = tokens(copy)
    byline = Byline(issue=group(ISSUE, copy, "issue"), page=group(PAGE, copy, "page"))
    for at, token in enumerate(marks):
        if (
            token.kind == "date"
            and at
            and marks[at - 1].kind == "other-date"
            and token.start - marks[at - 1].end < 3
        ):
            continue  # when a document was drawn up or takes effect
        start, end = value_after(copy, token, marks[at + 1 :])
        byline = with_token(byline, token, text[start:end])
    if byline.empty:
        return signed(text, byline)
    for piece in unowned(text, marks):
        byline = beside(byline, dated(read_beside(piece), byline))
    return byline if byline.account else replace(byline, account=account(text, marks, byline))


def dated(found: Byline, byline: Byline) -> Byline:
    """What an unlabelled piece says is believed beside a date; without one only signatures are."""
    return found if byline.date else Byline(credits=found.credits if roles(found) else ())


def account(text: str, marks: Sequence[Token], byline: Byline) -> str:
    """An unknown name beside the hour, the account that published: 华夏人文 2020-03-09 18:14:21; "" where there is none."""
    if not byline.date or byline.source or byline.publisher or byline.credits:
        return ""
    before = text[: marks[0].start].strip(BESIDE)
    original = bool(ACCOUNT.match(before))
    before = tidy_source(ACCOUNT.sub("", before).strip(BESIDE))
    if is_account(before) or (original and re.fullmatch(r"[A-Za-z]\w{2,15}", before)):
        return before
    at = next(at for at, token in enumerate(marks) if token.dated is byline.date)
    end = marks[at + 1].start if at + 1 < len(marks) else len(text)
    after = tidy_source(text[marks[at].end : end].strip(" |,:·"))
    return after if byline.date.precision != "day" and is_account(after) else ""


# What else stands beside the hour: counters, tools, weekdays, other labels.
NO_ACCOUNT = re.compile(
    r"评论|分享|字号|阅读|浏览|点击|收藏|举报|参与|打印|关注|星期|周[一二三四五六日]|来源|作者|更新|发布|发表|回复|点赞|热度|人气|转发|下载|"
    r"编辑|导读|正文|首页|大小|纠错|返回|原创|次数|听新闻|朗读|收听|播放|最[后新]|出版|上午|下午|北京时间|来自|举办|\d[月日]|(?:消息|[讯电])$"
)


def is_account(piece: str) -> bool:
    """Whether a word may be the name of an account.

    >>> is_account("华夏人文"), is_account("新浪财经-自媒体综合"), is_account("我要评论"), is_account("23")
    (True, True, False, False)
    """
    plain = re.fullmatch(rf"[{HAN}\w]{{2,12}}(?:[-－—·][{HAN}\w]{{2,8}})?", piece)
    return bool(plain and re.search(rf"[{HAN}]", piece) and piece not in KINDS) and not NO_ACCOUNT.search(
        likeness(piece)
    )


def roles(byline: Byline) -> bool:
    """Whether somebody signs in a role, not only by a name."""
    return any(each.role for each in byline.credits)


def group(pattern: re.Pattern[str], copy: str, name: str) -> str:
    match = pattern.search(copy)
    return match[name] if match else ""


def signed(text: str, byline: Byline) -> Byline:
    """A line that is nothing but roles and names: 本报记者 余嘉熙 本报通讯员 王佳宁."""
    line = text.strip(BESIDE)
    if len(line) > PROSE * 2:
        return byline
    found = signature(line)
    return replace(byline, source=found.source, credits=found.credits)


def with_token(byline: Byline, token: Token, value: str) -> Byline:
    """The byline with what one label or date says; an empty value says nothing."""
    match token.kind:
        case "date":
            return byline if byline.date else replace(byline, date=token.dated)
        case "time":
            return replace(
                byline, labelled=True, changed=byline.date is None and token.label.startswith(CHANGED)
            )
        case "source" if value and not byline.source:
            return original(byline, value) if token.label == "原创" else with_source(byline, value)
        case "publisher" if value:
            return replace(byline, publisher=value)
        case "author" | "correspondent" | "editor" | "reviewer" | "contributor" if value:
            return replace(byline, credits=(*byline.credits, *credit(token, value)))
        case _:
            return byline


def original(byline: Byline, value: str) -> Byline:
    """原创：39健康网 names a publication; 「原创： 张三 某公众号」, as WeChat prints it, a writer and an account."""
    first, _, rest = value.partition(" ")
    if is_publication(value) or not rest:
        return replace(byline, source=value)
    people = (Credit("", "", (first,)),) if is_name(first) else ()
    return replace(byline, credits=(*byline.credits, *people), account=rest.split(" ")[0])


def with_source(byline: Byline, value: str) -> Byline:
    """A source ends where a known name is followed by the story, or by a signature."""
    size = known_prefix(value)
    if size and len(value) > size + 8 and likeness(value)[size] not in "-—–－·(（/、 ":
        return replace(byline, source=value[:size], labelled=True, rest=value[size:])
    first, _, rest = value.partition(" ")
    if rest and is_publication(first) and (people := read_beside(rest).credits):
        return replace(byline, source=first, labelled=True, credits=(*byline.credits, *people))
    return replace(byline, source=value, labelled=True)


def credit(token: Token, value: str) -> tuple[Credit, ...]:
    """The people behind a label; a department that contributes stays one name."""
    if token.kind == "contributor":
        return (Credit(token.label, "", (value,)),)
    value = value.split("，系", maxsplit=1)[0]
    role = token.label or "文"  # 文/图 is no word of the table
    parts = credits_of(value, first=role, strict=False)
    parts = tuple(part for part in parts if part.role in (role, *SIGNING))
    people = tuple(name for part in parts for name in part.names) if len(value) <= PROSE else ()
    people = people or tuple(filter(None, [person(value)]))
    corresponding = tuple(name for part in parts if part.role == "通讯员" for name in part.names)
    return (Credit(role, "", people, corresponding),) if people else ()


def unowned(text: str, marks: Sequence[Token]) -> Iterator[str]:
    """The pieces of a line that belong to no label: before the first, after dates, tools and gaps."""
    yield text[: marks[0].start]
    ends = [token.start for token in marks[1:]] + [len(text)]
    for token, end in zip(marks, ends, strict=True):
        if token.kind not in OWNED:
            yield text[token.end : end]


def read_beside(text: str) -> Byline:
    """An unlabelled piece beside a date: a publication, signed roles, a name or a department."""
    piece = ISSUED.sub("", ACCOUNT.sub("", text.strip(BESIDE)).strip(BESIDE)).strip(BESIDE)
    if not 2 <= len(piece) <= PROSE:
        return Byline()
    if is_publication(piece):
        return Byline(source=piece)
    found = signature(piece)
    if found.credits:
        return Byline(source=found.source, credits=found.credits)
    if is_surely_name(piece):
        return Byline(credits=(Credit("", "", (piece,)),))
    if DEPARTMENT.fullmatch(likeness(piece)) or is_organisation(piece):
        return Byline(publisher=piece)
    return behind_publication(piece)


def behind_publication(piece: str) -> Byline:
    """A publication and who signs behind it: 21世纪经济报道 张三 北京报道."""
    first, *others = re.split(r"\s?[|/]\s?|\s", piece, maxsplit=1)
    rest = others[0] if others else ""
    if not rest or not is_publication(first):
        return Byline()
    people = only_names(rest)
    found = Byline(credits=(Credit("", "", people),)) if people else read_beside(rest)
    return beside(Byline(source=first), found)


def beside(byline: Byline, found: Byline) -> Byline:
    """The byline, completed by what an unlabelled piece says."""
    return replace(
        byline,
        source=byline.source or found.source,
        publisher=byline.publisher or found.publisher,
        credits=byline.credits or found.credits,
    )


SIGNING = ("记者", "通讯员", "实习生", "评论员")
AUTHORS = (
    "作者",
    "文章作者",
    "本文作者",
    "撰文",
    "撰稿",
    "撰稿人",
    "采写",
    "执笔",
    "执笔人",
    "主笔",
    "编译",
    "本报记者",
    "文字",
    "文",
    "记者",
    "评论员",
    "报道员",
    "特稿员",
    "撰稿人",
    "特约撰稿",
    "特约撰稿人",
    "专栏作者",
    "特约作者",
    "本刊记者",
    "特约记者",
    "见习记者",
    "口述",
    "实习生",
    "图文",
    "文图",
    "",
)


def read_line(text: str) -> tuple[Candidate, ...]:
    """Candidates that one line gives: a labelled or signed line whole, of a paragraph its first and last brackets.

    >>> [(each.field, each.value) for each in read_line("本报讯（记者 马春燕）为更好服务职工，市总工会近日召开会议，部署送温暖活动。")]
    [('author', '马春燕')]
    >>> read_line("记者从会上了解到，今年以来全市新建基层工会一百二十家，新增会员三千余人。")
    ()
    """
    line = text.strip(" 　\xa0|｜,，")
    found: list[Candidate] = []
    if page := reference(line):
        found += from_reference(page, line)
    elif is_line(line):
        found += from_byline(read_byline(line[:READ]), line)
    else:
        found += from_opening(line)
    if not any(each.field in ("author", "source") for each in found):
        found += [candidate for tail in tails(text) for candidate in from_tail(tail, line)]
    if not any(each.field == "author" for each in found):
        found += [one for each in closing(text) for one in from_credit(each, line[-60:], CLOSING)]
    return tuple(found)


SENTENCE = re.compile(r"[。!?]|,.{1,60},")
GLUED = re.compile(r"^\s{0,4}(?:信息|文章|稿件)?来源\s?:")
LABELLED = re.compile(r"^[\[(【〔]{0,2}[\u3400-\u9fff ]{1,10}[:|]")


def is_line(line: str) -> bool:
    """Whether a line is short or labelled enough to be read whole.

    >>> is_line("来源：劳动观察 作者：罗菁,张锐杰 发布时间：2026-01-30 15:58"), is_line("他说，作者：要深入生活，要写。")
    (True, False)
    """
    copy = likeness(line[:READ])
    if VERSION.match(copy):
        return False
    if not SENTENCE.search(copy):
        return len(copy) <= PROSE * 4
    labelled = len(copy) <= PROSE * 3 and "。" not in copy and bool(LABELLED.match(copy))
    return labelled or bool(GLUED.match(copy))


def from_byline(byline: Byline, line: str) -> Iterator[Candidate]:
    place = line[:80]
    if byline.date and not byline.date.today:
        weight = 60.0 if byline.labelled else 59.0 if byline.date.precision != "day" else 54.0
        yield Candidate("published", byline.date.iso, "line", weight - (10 if byline.changed else 0), place)
    if source := tidy_source(byline.source):
        yield Candidate("source", source, "line", 60.0 if byline.labelled else 55.0, place)
    elif byline.account and byline.date and byline.date.precision != "day":
        yield Candidate("source", byline.account, "line:account", 34.0, place)
    elif (publisher := tidy_source(byline.publisher)) and not is_generic(publisher):
        yield Candidate("source", publisher, "line:publisher", 30.0, place)
    for each in byline.credits:
        yield from from_credit(each, place, 60.0)


def from_credit(each: Credit, place: str, weight: float) -> Iterator[Candidate]:
    if each.organisation and each.role in SIGNING and is_publication(each.organisation):
        yield Candidate("source", each.organisation, "line:reporter of", 32.0, place)
    people = "、".join(name for name in each.names if not is_generic(name))
    role = each.role
    if role.endswith("通讯员"):
        yield from (Candidate("correspondent", people, f"line:{role}", weight, place),) if people else ()
    elif "编" in role and role != "编译":  # who translated and condensed a report signs it
        named = [name for name in each.names if not (name.isascii() and is_generic(name))]  # NF055, biaoffeng
        if named:
            yield Candidate("editor", "、".join(named), f"line:{role}", weight - EDITORS.get(role, 1), place)
    elif people and role in AUTHORS:
        yield Candidate("author", people, f"line:{role}", weight, place)
        if each.correspondents:
            yield Candidate("correspondent", "、".join(each.correspondents), f"line:{role}", weight, place)


EDITORS = {"责任编辑": 0, "责编": 0, "编辑": 0.5}


def from_opening(line: str) -> Iterator[Candidate]:
    where, people = opening(line)
    if where and likeness(where) not in ("本报", "本网", "本刊", "本台") and is_publication(where):
        yield Candidate("source", where, "dateline", 40.0, line[:40])
    for each in people:
        yield from from_credit(each, line[:40], 58.0)


def from_reference(page: Reference, line: str) -> Iterator[Candidate]:
    if page.date:
        yield Candidate("published", page.date.iso, "print-page", 45.0, line[:80])
    yield Candidate("source", page.paper, "print-page", 45.0, line[:80])


def from_tail(tail: Tail, line: str) -> Iterator[Candidate]:
    place = line[-60:]
    if tail.kind in ("via", "reprint", "source_tail", "contributed", "granted") and (
        source := tidy_source(tail.value)
    ):
        weight = {"reprint": 50.0, "granted": 36.0, "source_tail": 42.0, "contributed": 28.0}.get(
            tail.kind, 38.0
        )
        yield Candidate("source", source, f"tail:{tail.kind}", weight, place)
    if tail.person:
        yield Candidate("author", tail.person, f"tail:{tail.kind}", 50.0, place)
    if tail.kind == "names_tail" and (people := names(tail.value)):
        yield Candidate("author", "、".join(people), "tail:names", 45.0, place)
