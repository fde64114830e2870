"""Where a story begins and ends among the lines of a page, and which lines before it are its title."""

import re
from collections.abc import Sequence

from pipelines.clean.looks import Look
from pipelines.likeness import likeness
from pipelines.parts import Label
from pipelines.people import is_surely_name
from pipelines.sources import is_publication

WORTH = 200  # Han characters of one line that count towards a story: a long disclaimer must not outweigh one
DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
# Whom a document addresses: 各县区总工会：, 国务院各部委、各直属机构：, 同志们：
ADDRESSED = re.compile(
    r"^各|^尊敬的|^亲爱的|(?:会|局|厅|委|部|院|府|处|站|社|机构|单位|公司|企业|部门|们|同志|朋友|先生|女士|职工):$"
)
# What the heads of lists weigh: after comments and spam no story goes on, after related news one may.
BLOCKS: dict[Label, float] = {"related": -30.0, "comments": -60.0, "spam": -60.0}
ATTACHED = re.compile(r"附件?\s?\d{0,2}\s?[:.、]")
SIGNATURE = re.compile(
    r"\(?(?:此件.{2,10}|联系人.{2,60}|联系电话.{2,40})\)?|附件?\s?\d{0,2}\s?[:.、].{0,80}|\d{1,2}\s?[.、].{2,60}|"
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年.{2,8}日|"
    r".{0,24}(?:会|委|局|厅|部|院|府|公司|办公室|中心|处|社|校|学|团)(?:\s.{0,24}(?:会|委|局|厅|部|院|府|公司|办公室|中心|处))?",
)
NOTICE = re.compile(r"通知|公告|公示|启事|通告|招聘|邀请|征集|方案|办法|意见|细则|函$|决定|批复|名单")


def worth(each: Look) -> float:
    """What a line says for (below zero: against) standing in a story."""
    if each.prose:
        return float(min(each.han, WORTH))
    if each.linked:
        return -25.0
    if each.family is not None:
        return BLOCKS.get(each.family.label, -20.0) if each.family.zone == "block" else -20.0
    return -4.0


def window(looks: Sequence[Look]) -> tuple[int, int]:
    """The stretch of lines with the most prose and the least furniture; it ends with prose."""
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
    while 0 < first < end and is_salutation(looks[first - 1]):
        first -= 1
    return first, end


def opens(each: Look) -> bool:
    """A story begins with a sentence or with whom it addresses (各县区总工会：)."""
    return each.prose or is_salutation(each)


def is_salutation(each: Look) -> bool:
    plain = each.family is None and each.said is None and not each.linked
    return plain and each.copy.endswith(":") and each.han > 4 and bool(ADDRESSED.search(each.copy))


def signed_end(looks: Sequence[Look], end: int) -> int:
    """The end of a notice with attachments, contacts, signature and day: short lines after its last sentence."""
    run = end
    while run < min(len(looks), end + 12) and is_signature(looks[run]):
        run += 1
    official = any(DAY.fullmatch(each.copy) or ATTACHED.match(each.copy) for each in looks[end:run])
    notice = official or any(NOTICE.search(each.copy) for each in looks[:end][:12] if not each.prose)
    return run if run > end and notice else end


def is_signature(each: Look) -> bool:
    plain = each.family is None or each.family.label == "contact"
    return plain and not each.linked and bool(SIGNATURE.fullmatch(each.copy) or not each.copy)


def tail_start(looks: Sequence[Look]) -> int:
    """Where the run of furniture begins that reaches the end."""
    at = len(looks)
    while at and (looks[at - 1].family is not None or looks[at - 1].said or not looks[at - 1].copy):
        at -= 1
    return at


TITLE = range(6, 81)  # characters of a headline in plain text
CHANNEL = 5  # a shorter line before the headline is a channel (理论, 工运)


def headed(looks: Sequence[Look], first: int) -> dict[int, Label]:
    """The title, subtitle and bare author among the lines before the story of a plain text.

    Without markup the first line that can be a headline is one; the next is its subtitle unless it repeats it.
    """
    found: dict[int, Label] = {}
    for at, each in enumerate(looks[:first]):
        if each.family or each.said or each.linked:
            continue
        if is_surely_name(each.copy) and "title" in found.values():
            found[at] = "byline"
        elif len(each.copy) in TITLE and each.han >= CHANNEL and is_headline(each.copy):
            found[at] = rank(looks, found, each)
    return found


def is_headline(copy: str) -> bool:
    """A line that is neither a salutation (同志们：) nor a publication's name."""
    return not copy.endswith(":") and not is_publication(copy)


def rank(looks: Sequence[Look], found: dict[int, Label], each: Look) -> Label:
    """Title, then subtitle; what only says again a part of the title is an echo."""
    titles = [looks[at].copy for at, label in found.items() if label == "title"]
    if not titles:
        return "title"
    return (
        "echo"
        if likeness(each.copy) in titles[0]
        else "subtitle"
        if "subtitle" not in found.values()
        else "outside"
    )


def title_inside(looks: Sequence[Look], first: int, end: int) -> bool:
    """Whether the first line of the prose is a headline that holds a stop (涉事账号被无限期封禁！)."""
    if end - first < 2:
        return False
    line, following = looks[first], looks[first + 1]
    brief = len(line.copy) <= 60 and not line.copy.endswith(("。", ";", ":", ",", "”", "…"))
    return brief and (bool(following.said) or (following.prose and following.han > 1.5 * line.han))
