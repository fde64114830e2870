"""Names of publications: known ones, what looks like one, and how a source is written."""

import re
from functools import cache

from pipelines.likeness import likeness
from seeds.words import read

HAN = r"\u3400-\u9fff"
# 甘肃工人报, 新华网, 央视新闻客户端, 云南省总工会微信公众号
PUBLICATION = re.compile(
    rf"《?[{HAN}\w·\-—－V]{{1,18}}(?:日报|晚报|早报|时报|都市报|工人报|商报|周刊|周报|杂志|报社?|网站?|社|台|在线|频道|新闻|"
    r"客户端|公众号|观察|融媒体?(?:中心)?|新媒体|发布|传媒|视听|时刻)》?",
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
    r"^\s{0,8}(?:(?:信息|文章|稿件|新闻|消息|图文|本文)?来源(?:于|自)?|稿源|出处|转载自|转自)\s{0,4}[:：]?\s{0,4}"
)
# What editors add after it: 人民网-文化频道 原创稿.
AFTER = re.compile(
    r"\s{1,4}(?:原创稿?|独家|转载|综合|责任编辑.{0,12}|作者.{0,20})$|"
    rf"\s{{0,3}}(?:{PROVINCES})?\s?举报$|\s?分享到?$|官方账号$|"
    rf"\s?\((?:{PROVINCES}|广州|深圳|杭州|南京|成都|武汉|西安|长沙|济南|青岛|厦门|沈阳|郑州)\)$|"
    # what stands beside it: counters, sharing, 游民星空[整理]
    r"(?:\s{1,3}|\s?\[\s?)(?:(?:新浪|腾讯)?微博|整理|编译|综合|转载|原创|评论\d{0,8}条?|参与互动|我要评论|分享)\s?\]?\s{0,2}\d{0,6}$|"
    r"\s+(?:关注|打开|下载|扫码|点击|进入|返回|查看|分享|投稿).{0,20}$|"
    r"\s?(?:有?\d{1,8}人参与|\d{1,8}条?评论)\s{0,2}$|\s?\((?:ID|微信号?|公众号)\s?[:：].{1,30}\)$",
)
VIA = re.compile(r"\s{0,3}[-－—–]{1,2}\s{0,3}")
NOTHING = re.compile(
    r"(?:综合.{1,40}|未知|不详|无|网络|互联网|本站|本网|本[站网报]原创|原创稿?件?|转载|综合|本报|整理|其他|佚名|(?:手机|本站|移动|新闻|官方)?(?:客户端|频道|网站|官网|网页|电脑版)|新闻|在线|admin|-+|[:：|/])?",
    re.IGNORECASE,
)


# What begins a remark or an invitation (下载客户端), never a publication.
NO_NAME = (
    "此件",
    "主动",
    "公开",
    "已",
    "未",
    "本",
    "下载",
    "打开",
    "关注",
    "扫",
    "进入",
    "更多",
    "返回",
    "登录",
    "听",
    "安装",
    "订阅",
    "加入",
)
# What any site calls its own columns; beside a date such a word is a menu's, not a source.
COLUMN = re.compile(
    r"(?:国内|国际|社会|财经|体育|娱乐|科技|军事|时政|时事|热点|热门|焦点|图片|视频|最新|今日|滚动|要闻|本地|地方|综合|教育|健康|汽车|房产|"
    r"旅游|文化|文娱|新闻|即时|头条|推荐|独家|深度|原创|专题|理论|评论|舆论|公司|行业|产业|市场|股票|基金|理财|商业|法治|社区|民生|"
    r"城市|生活|时尚|女性|媒体|工会|劳动|经济|金融|证券|政务|党建|相关|精彩|重要|省内|市内|区县|各地|基层|图文|港澳|两岸|海外){1,2}"
    r"(?:新闻|频道|观察|在线|时刻|发布|资讯|网|台|社)"
)
# Portals name their channels after themselves: 新浪娱乐, 腾讯体育, 凤凰网财经, 网易综合.
CHANNEL = re.compile(
    r"(?:新浪|搜狐|网易|腾讯|凤凰网?|人民网|新华网|中新网|央视网|和讯|中金|东方网|红网|环球网|中国网|光明网)(?:网)?(?:综合|独家|"
    r"娱乐|体育|财经|科技|新闻|军事|汽车|房产|教育|女性|健康|音乐|游戏|时尚|股票|证券|数码|读书|国际|国内|社会|历史|文化|"
    r"公益|旅游|视频|博客|评论|商业|智能|家居|亲子|美食|艺术|大[粤苏浙成湘楚渝秦闽辽豫燕鲁]网?|滚动|原创|微博)(?:[-－—·].{2,10})?"
)


TWICE = re.compile(r"^(?P<name>\S{2,20}) (?P=name)$")  # printed by the template and by the editor
ADDRESS = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)  # where a page lies is not who wrote it


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
    if copy.startswith(NO_NAME):
        return False
    plain = copy.replace("《", "").replace("》", "")
    if COLUMN.fullmatch(plain) and copy not in known():
        return False
    return copy in known() or bool(PUBLICATION.fullmatch(plain) or CHANNEL.fullmatch(plain))


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
    text = TWICE.sub(r"\g<name>", text)
    if text.startswith("《") and text.find("》") == len(text) - 1:
        text = text[1:-1].strip()
    return "" if NOTHING.fullmatch(text) or ADDRESS.match(text) or len(text) > 40 else text


def chain(source: str) -> tuple[str, ...]:
    """The publications of a source, the carrier first: 中工网—《工人日报》 came to 中工网 from 工人日报.

    >>> chain("中工网—《工人日报》"), chain("人民网－人民日报"), chain("新华社")
    (('中工网', '工人日报'), ('人民网', '人民日报'), ('新华社',))
    """
    return tuple(part for part in (piece.strip("《》 ") for piece in VIA.split(source)) if part)
