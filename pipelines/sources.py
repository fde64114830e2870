"""Names of publications: known ones, what looks like one, and how a source is written."""

import re
from functools import cache

from pipelines.likeness import likeness
from seeds.words import read

HAN = r"\u3400-\u9fff"
# 甘肃工人报, 新华网, 央视新闻客户端, 云南省总工会微信公众号
PUBLICATION = re.compile(
    rf"《?[{HAN}\w·\-—－V]{{1,18}}(?:日报|晚报|早报|时报|都市报|工人报|商报|周刊|周报|杂志|报社?|网站?|社|台|在线|频道|新闻|"
    r"客户端|公众号|观察|融媒体?(?:中心)?|发布|传媒|视听|时刻)》?",
)
ORGANISATION = re.compile(
    rf"[{HAN}\w]{{1,24}}(?:总工会|工会|委员会|委|局|厅|政府|办公室|办事处|中心|学会|协会|联合会|公司|集团|大学|学院|医院|法院|检察院)",
)
# Where a self-publisher's account is registered; sites print it behind the account's name.
PROVINCES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|"
    "陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
# What stands before the name in a meta tag or after a label.
LABEL = re.compile(
    r"^\s*(?:(?:信息|文章|稿件|新闻|消息|图文|本文)?来源(?:于|自)?|稿源|出处|转载自|转自)\s*[:：]?\s*"
)
# What editors add after it: 人民网-文化频道 原创稿.
AFTER = re.compile(
    r"\s+(?:原创稿?|独家|转载|综合|责任编辑.{0,12}|作者.{0,20})$|"
    rf"\s{{0,3}}(?:{PROVINCES})?\s?举报$|\s?分享到?$|官方账号$|"
    rf"\s?\((?:{PROVINCES})\)$",
)
VIA = re.compile(r"\s*[-－—–]{1,2}\s*")
NOTHING = re.compile(
    r"(?:综合.{1,40}|未知|不详|无|网络|互联网|本站|本网|原创|转载|综合|本报|整理|其他|佚名|(?:手机|本站|移动|新闻|官方)?(?:客户端|频道|网站|官网|网页|电脑版)|新闻|在线|admin|-+|[:：|/])?",
    re.IGNORECASE,
)


@cache
def known() -> tuple[str, ...]:
    """Known names, the longest first, simplified."""
    return tuple(sorted(read("sources"), key=len, reverse=True))


def known_prefix(text: str) -> int:
    """How many characters of the text's beginning are a known publication.

    >>> known_prefix("中工网今年来,江苏省盐城市"), known_prefix("今年来")
    (3, 0)
    """
    copy = likeness(text[:20])
    return next((len(name) for name in known() if copy.startswith(name)), 0)


def is_publication(text: str) -> bool:
    """Whether a short text names a newspaper, a site or a channel.

    >>> is_publication("甘肃工人报"), is_publication("中工網—《工人日報》"), is_publication("宣传教育部")
    (True, True, False)
    """
    copy = likeness(text).strip()
    if copy.startswith(("此件", "主动", "公开", "已", "未", "本")):
        return False
    return copy in known() or bool(PUBLICATION.fullmatch(copy.replace("《", "").replace("》", "")))


def is_organisation(text: str) -> bool:
    """Whether a short text names a union, an office or another body that publishes."""
    return bool(ORGANISATION.fullmatch(likeness(text).strip()))


def tidy_source(text: str) -> str:
    """A source as a reader would quote it: no label, no remark, one pair of brackets at most.

    >>> tidy_source("来源：人民网-文化频道 原创稿"), tidy_source("中工网—《工人日报》"), tidy_source("《工人日报》")
    ('人民网-文化频道', '中工网—《工人日报》', '工人日报')
    >>> tidy_source("来源："), tidy_source("网络")
    ('', '')
    """
    copy = likeness(text)
    if label := LABEL.match(copy):
        text, copy = text[label.end() :], copy[label.end() :]
    if after := AFTER.search(copy):
        text = text[: after.start()]
    text = re.sub(r"\s+", " ", text).strip(" 　:：|,，、;；\u200b")
    if text.startswith("《") and text.find("》") == len(text) - 1:
        text = text[1:-1].strip()
    return "" if NOTHING.fullmatch(text) or len(text) > 40 else text


def chain(source: str) -> tuple[str, ...]:
    """The publications of a source, the carrier first: 中工网—《工人日报》 came to 中工网 from 工人日报.

    >>> chain("中工网—《工人日报》"), chain("人民网－人民日报"), chain("新华社")
    (('中工网', '工人日报'), ('人民网', '人民日报'), ('新华社',))
    """
    return tuple(part for part in (piece.strip("《》 ") for piece in VIA.split(source)) if part)
