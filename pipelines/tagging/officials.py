"""People whom a text names with a public office or a public honour; private persons are never indexed."""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.tagging.reading import Text
from seeds.words import read

HAN = r"\u4e00-\u9fff"
# A body whose officers are public, and near it the office right before the name.
PUBLIC = re.compile(
    r"总工会|工会联合会|产业工会|海员建设工会|机械冶金建材工会|教科文卫体工会|能源化学地质工会|国防邮电工会|财贸轻纺烟草工会|农林水利气象工会"
    r"|全总|省总|市总|县总|区总|州总|人大|政协|市委|省委|县委|区委|州委|党委|中央|国务院|政府|部|厅|局|委员会|法院|检察院|书记处|党组|国际劳工"
)
OFFICE = (
    r"(?:主席|副主席|常务副主席|书记|副书记|常委|部长|副部长|主任|副主任|局长|副局长|厅长|副厅长|省长|副省长|市长|副市长|县长|副县长|区长"
    r"|副区长|州长|院长|检察长|巡视员|委员长|副委员长|总理|副总理|总书记|国家主席|秘书长|副秘书长|调研员|组长|党组成员|委员|干事)"
)
HONOUR = r"(?:全国劳动模范|全国劳模|省劳动模范|省劳模|市劳动模范|市劳模|劳动模范|大国工匠|五一劳动奖章获得者|劳模代表|全国先进工作者|工匠年度人物)"
TITLED = re.compile(rf"(?P<office>{OFFICE})(?P<name>[{HAN}]{{2,4}})")
HONOURED = re.compile(rf"(?P<office>{HONOUR})[、，：]?(?P<name>[{HAN}]{{2,4}})")
# What can follow a name. Without it a name's end is a guess, and no guess is indexed.
AFTER = re.compile(
    r"(?:[、，。；：）（\"\s]|$|表示|介绍|说|指出|强调|认为|出席|主持|参加|讲话|致辞|宣布|宣读|带队|率|到|在|对|为|作|做|向|与|和|及|等|一行|同志|"
    r"深入|前往|赴|代表|就|围绕|调研|走访|慰问|看望|要求|会见|陪同|宣讲|授课|担任|当选|任|主讲|发表|解读|告诉|谈|现场|分别|的)"
)
SPEAKER = re.compile(
    rf"(?<![{HAN}])(?P<name>[{HAN}]{{2,4}})(?=表示|指出|说|介绍|认为|举例|坦言|告诉|强调|回忆|感慨)"
)
LEADING = re.compile(r"^(?:、|，|和|及)(?P<name>[\u4e00-\u9fff]{2,4})")
NOT_NAMES = frozenset(
    "会议 会上 单位 代表 委员 主席 书记 主任 部长 同志 分别 以及 办公 工会 职工 全委 成员 副书 副主 候选 联席 常务".split()
)


@cache
def surnames() -> frozenset[str]:
    return frozenset(read("surnames"))


def people(text: Text) -> tuple[str, ...]:
    """Names in the order of their first mention.

    >>> from pipelines.tagging.reading import read
    >>> people(read("", "省人大常委会副主任、省总工会主席周农对代表团表示欢迎。职工王小明说很开心。"))
    ('周农',)
    """
    known = surnames()
    found = dict.fromkeys(
        name for line in text.whole.split("\n") for name in in_line(line.replace(" ", ""), known)
    )
    return tuple(found)


def speakers(text: Text) -> frozenset[str]:
    """Who is quoted, private persons too: names to keep out of the keywords, never to be indexed."""
    known = surnames()
    return frozenset(m["name"] for m in SPEAKER.finditer(text.body) if is_person(m["name"], known))


def in_line(line: str, known: frozenset[str]) -> Iterator[str]:
    for match in TITLED.finditer(line):
        if PUBLIC.search(line, max(0, match.start() - 24), match.end("office")):
            yield from run(line, match.start("name"), known)
    for match in HONOURED.finditer(line):
        yield from run(line, match.start("name"), known)


def run(line: str, at: int, known: frozenset[str]) -> Iterator[str]:
    """A name and those joined to it: 副主席张三、李四."""
    for _ in range(6):
        name = name_at(line, at, known)
        if not name:
            return
        yield name
        following = LEADING.match(line, at + len(name)) or LEADING.match(line[at + len(name) :])
        if not following:
            return
        at += len(name) + 1


def name_at(line: str, at: int, known: frozenset[str]) -> str:
    """The name that begins here and surely ends: three characters, then two, then four."""
    for size in (3, 2, 4):
        name = line[at : at + size]
        if len(name) == size and is_person(name, known) and AFTER.match(line, at + size):
            return name
    return ""


def is_person(name: str, known: frozenset[str]) -> bool:
    family = name[:2] if name[:2] in known else name[:1]
    if family not in known or name[:2] in NOT_NAMES or len(name) - len(family) not in (1, 2):
        return False
    return not re.search(
        r"[某等的在和与及说为了对向从将把被给就到率带也还都来去作做谈会市县区省工总主副者一二三四五六七八九十]",
        name[len(family) :],
    )
