"""Labels of source and sign-off lines (来源：…责编：…), and where their values end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipelines.dates import Dated, dates

HAN = r"\u3400-\u9fff"

Kind = Literal[
    "source", "time", "author", "correspondent", "editor", "reviewer", "contributor", "publisher", "photo", "tool",
    "date", "other-date", "gap",
]  # fmt: skip

# A label and what its value is. Editors and reviewers keep their own role.
WORDS: tuple[tuple[Kind, str], ...] = (
    (
        "source",
        "信息来源 文章来源 稿件来源 新闻来源 消息来源 图文来源 内容来源 本文来源 来源于 来源 稿源 出处 发布单位 发布机构 发布部门 发文机关 发文单位 公布机关 原创",
    ),
    (
        "time",
        "发布时间 发布日期 发表时间 发表日期 发稿时间 本期出版日期 出版日期 创建时间 更新时间 更新日期 上传时间 添加时间 录入时间 首发时间 时间 日期 出版 发布 更新",
    ),
    (
        "other-date",
        "成文日期 成文时间 印发日期 生效日期 实施日期 施行日期 截止日期 截止时间 报名时间 活动时间 会议时间 开标时间 有效期",
    ),
    (
        "author",
        "文章作者 本文作者 专栏作者 特约作者 作者 撰文 特约撰稿人 特约撰稿 撰稿人 撰稿 采写 采访 执笔人 执笔 主笔 编译 口述 文字 图文 文图 文 本报记者 本刊记者 特约记者 见习记者 记者 报道员",
    ),
    ("correspondent", "特约通讯员 本报通讯员 通讯员"),
    (
        "editor",
        "责任编辑 责任编审 执行编辑 值班编辑 本期编辑 网络编辑 新媒体编辑 责任编委 编辑 责编 编审 副主编 执行主编 主编 美编 编校 编发",
    ),
    (
        "reviewer",
        "一审 二审 三审 初审 复审 终审 审核人 审核 审校 审读 审签 审稿 责任校对 校对 核稿人 核稿 拟稿人 拟稿 签发 总监制 监制 策划 值班主任 值班编委 值班总编 排版 制作 出品 统筹 设计 视频 配音 剪辑 整理 翻译 校译 选稿 摘编 编排 采编",
    ),
    ("contributor", "供稿单位 供稿人 供稿 来稿单位 投稿"),
    ("publisher", "发布者 发布人 录入者 录入人 录入 上传者 上传"),
    (
        "photo",
        "摄影 摄像 供图 数据来源 资料来源 素材来源 视频来源 题图来源 封面来源 图片来源 图片 图源 图 摄",
    ),
    (
        "tool",
        "浏览次数 浏览量 浏览数 浏览 点击次数 点击量 点击数 点击率 点击 阅读次数 阅读量 阅读数 阅读 访问量 访问次数 查看 人气 字体大小 字体 字号 分享到 分享 关键词 标签 索引号 文号 发文字号 主题分类 原标题 标题 主题词",
    ),
)
KINDS: dict[str, Kind] = {label: kind for kind, labels in WORDS for label in labels.split()}
LABELS = "|".join(r"[ ]{0,2}".join(label) for label in sorted(KINDS, key=len, reverse=True))  # 来 源, 作 者
TOKEN = re.compile(
    # 文/张三 is signed with a stroke; the other labels want a colon or a bar. 责任编辑 | 孙亚美
    rf"(?P<label>{LABELS})[ ]{{0,2}}(?P<mark>[:|]|/(?!图|文))"
    # 来源于 财新网, 转自 新华社: these need no colon behind a date
    rf"|(?<=[\d ])(?P<from>来源于|来源自|转载自|转自)[ ]{{1,2}}(?=[{HAN}])"
    rf"|(?P<both>文[/、]?图|图[/、]文)(?:[ ]?[:|/]|[ ])"
    rf"|(?P<tool>返回上页|大字|小字|打印|收藏|纠错|关闭窗口|【(?:字[体号]|留言|评论|打印|关闭|收藏)|跟[贴帖]\s?\d|点击[数量]?\d|手机看新闻|保存到博客|我来说两句|我要(?:评论|分享)|"
    rf"参与互动|有?\d{{1,8}}人参与|\d{{1,8}}\s?条评论|评论\(?\d{{1,8}})"
    rf"|(?P<gap>[ ]{{2,}}|[ ]?\|[ ]?)",
)
# 作者 王之言 高孜然: without a colon a label is believed only where it opens a short line.
OPENING = re.compile(
    rf"^[□■●◎○☉▲◆]?\s?(?:[{HAN}]{{0,8}}《[^《》]{{1,12}}》)?[\[(【]?(?P<label>专栏作者|特约撰稿人?|作者|撰文|编辑|责编|责任编辑|来源)[ ]"
    rf"(?=[{HAN}])"
)
PREFIX = re.compile(rf"(?<=[{HAN}]) [{HAN}]{{1,6}}[经报社网刊台]$")  # whose editor the next label names
SHORT = 40
BEFORE_STROKE = " ([【|/,、。"  # what may stand before a one-character label: 全文: is not 文:
PAIRS = {")": "(", "]": "[", "】": "【", "〕": "〔", "}": "{"}


@dataclass(frozen=True, slots=True)
class Token:
    """A label, a date or a divider inside a line, by offsets; a label's value begins at `end`."""

    kind: Kind
    label: str
    start: int
    end: int
    dated: Dated | None = None


@lru_cache(maxsize=128)  # a line is asked several times in a row: is it a byline, which, by whom
def tokens(copy: str) -> tuple[Token, ...]:
    """Labels, dates and dividers of a line's likeness, left to right, none inside a date.

    >>> [(token.kind, token.label) for token in tokens("来源: 长江网  责编:徐微")]
    [('source', '来源'), ('gap', ''), ('editor', '责编')]
    """
    dated = dates(copy)
    found = [Token("date", "", each.start, each.end, each) for each in dated]
    found += [each for each in labels(copy) if not any(day.start <= each.start < day.end for day in dated)]
    return tuple(sorted(found, key=lambda token: token.start))


def labels(copy: str) -> Iterator[Token]:
    start = 0
    if len(copy) <= SHORT and (opening := OPENING.match(copy)):
        start = opening.end()
        yield Token(KINDS[opening["label"]], opening["label"], opening.start("label"), start)
    for match in TOKEN.finditer(copy, start):
        label = (match["label"] or "").replace(" ", "")
        if len(label) == 1 and match.start() and copy[match.start() - 1] not in BEFORE_STROKE:
            continue
        yield Token(kind_of(match, label), label, match.start(), match.end())


def kind_of(match: re.Match[str], label: str) -> Kind:
    if label:
        return KINDS[label]
    if match["from"]:
        return "source"
    return "author" if match["both"] else "tool" if match["tool"] else "gap"


def value_after(copy: str, token: Token, following: Sequence[Token]) -> tuple[int, int]:
    """Where the value of a label stands: up to the next token, its own brackets kept.

    >>> copy = "来源:滨工V家(微信公众号) 时间:2026-02-13"
    >>> first, *others = tokens(copy)
    >>> copy[slice(*value_after(copy, first, others))]
    '滨工V家(微信公众号)'
    """
    start = token.end
    while start < len(copy) and copy[start] in " :|":
        start += 1
    next_one = next((other for other in following if other.start >= start), None)
    end = closed(copy, start, next_one.start if next_one else len(copy))
    if next_one and next_one.label and (prefix := PREFIX.search(copy, start, end)):
        end = prefix.start()  # 每经记者：张小三 每经编辑：李小四
    while end > start and copy[end - 1] in " ,;、":
        end -= 1
    return start, end


def closed(copy: str, start: int, end: int) -> int:
    """Where a value ends that must not close a bracket it has not opened."""
    opened: list[str] = []
    for at in range(start, end):
        if copy[at] in PAIRS.values():
            opened.append(copy[at])
        elif copy[at] in PAIRS and (not opened or opened.pop() != PAIRS[copy[at]]):
            return at
    return end
