"""Plus signs that a mirror turned into spaces by decoding the text like a web form."""

import re

HAN = "\u4e00-\u9fff"
SLOTS = (
    "互联网|物联网|大数据|云计算|人工智能|区块链|数字化?|数智化?|智慧|智能|党建|工会|工建|团建|服务|文化|旅游|金融|健康|生态|教育|医疗"
    "|康养|产业|科技|标准|品牌|创新|线上|线下|AI|5G|北斗|机器人|新媒体|直播|电商|司法|法院|法律|信用|绿色|普惠|公司|基地|农户|合作社"
    "|企业|院校|学校|机关|社区|网格|支部|劳模|工匠|技能|师徒|政府|市场|保险|慈善|志愿服务?|志愿者|义工|社工|文旅|体育|农业|制造|工业互联网"
)
NOUNS = (
    "维权|服务|模式|机制|体系|矩阵|格局|平台|工作法|行动|工程|方案|政策|制度|治理|架构|框架|布局|网络|队伍|团队|组合|党建|工会|思维"
    "|模型|联盟|课程|计划|产业"
)
SLOT = re.compile(SLOTS)
# “大数据 ”: an open slot before a closing quote
OPEN = re.compile(f"(?<=[“‘])(?:{SLOTS}) (?=[”’])")
# 1 N, 1 3 N
COUNTED = re.compile(
    r"(?<![0-9A-Za-z.,%年月日 ])(?:\d{1,2}|[一二三四五六七八九十])(?: (?:\d{1,2}|[NnXx])){0,4} [NnXx](?: (?:\d{1,2}|[NnXx])){0,4}"
    r"(?![0-9A-Za-z ])"
)
# “工会 院校(产业研究院) 工匠学院”: quoted, slots parted by single spaces
PART = rf"[{HAN}A-Za-z0-9·、]{{1,10}}(?:[(（][^()（）\n]{{1,12}}[)）])?"
CHAIN = re.compile(rf"(?<=[“‘])(?P<parts>{PART}(?: {PART}){{1,7}})(?=[”’](?P<after>.{{0,6}}))")
NOUN_AFTER = re.compile(f"^.{{0,5}}(?:{NOUNS})")
SURE = 0.75


def looks_decoded(text: str) -> bool:
    """Whether the page can have lost its plus signs: one that still holds a plus was not decoded.

    >>> looks_decoded("构建“大数据 ”体系"), looks_decoded("“互联网+”与“大数据 ”")
    (True, False)
    """
    return "+" not in text and "＋" not in text and " " in text


def _confidence(chain: re.Match[str]) -> float:
    """How surely a quoted chain was joined by plus signs and not a slogan in two halves."""
    parts = chain["parts"].split(" ")
    known = sum(SLOT.fullmatch(part.split("(")[0].split("（")[0]) is not None for part in parts)
    lengths = {len(part) for part in parts}
    found = (
        0.45 * (NOUN_AFTER.match(chain["after"].lstrip("”’")) is not None)
        + 0.3 * (known >= 1)
        + 0.15 * (known >= 2)
        + 0.15 * (len(parts) >= 3)
        + 0.1 * (len(lengths) > 1)
        + 0.1 * any("(" in part or "（" in part for part in parts)
    )
    is_slogan = len(lengths) == 1 and min(lengths) >= 3
    return found * 0.4 if is_slogan else found


def _join(chain: re.Match[str]) -> str:
    return chain[0].replace(" ", "+") if _confidence(chain) >= SURE else chain[0]


def restore_plus(text: str) -> str:
    """Put plus signs back where the page lost them all.

    >>> restore_plus("构建“大数据 ”体系，形成“1 N”矩阵")
    '构建“大数据+”体系，形成“1+N”矩阵'
    >>> restore_plus("开展“不忘初心 牢记使命”活动")
    '开展“不忘初心 牢记使命”活动'
    """
    if not looks_decoded(text):
        return text
    text = OPEN.sub(lambda found: found[0].replace(" ", "+"), text)
    text = COUNTED.sub(lambda found: found[0].replace(" ", "+"), text)
    return CHAIN.sub(_join, text)
