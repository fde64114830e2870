"""Text that a machine has rewritten: synonyms exchanged, numbers mangled. Named, never repaired: the truth is lost."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines.likeness import likeness
from seeds.words import read

Kind = Literal["synonyms", "numerals", "masked digits", "impossible number"]

# A newspaper may quote one such turn, or misprint one number; several different ones are no accident.
TURNS, NUMERALS, MASKED = 3, 3, 3
# 壹場, 伍天: numerals of cheques before a plain measure word. 陆 is land and a family name.
CHEQUE = re.compile(r"[壹贰叁肆伍柒捌玖](?=[天个场次年月日人名位条项种点小轮级届])")
AMOUNT = re.compile(r"人民币|元整|[佰仟拾]")
# 2*2*年, 5**人; a masked telephone or identity number has four stars or more in a row
STARS = re.compile(r"(?<![\d*])(?=[\d*]{0,8}\d)(?:\d{0,3}\*{1,3}){1,3}\d{0,4}(?=[年月日万亿元个名人户件%])")
CROWD = re.compile(
    r"(?<![\d.])(?P<count>\d{1,6}(?:\.\d{1,3})?)\s?(?P<unit>万亿|亿)\s?[多余]?\s?[个名位]?(?P<who>工人|职工|员工|会员|农民工|劳动者|群众|党员|人口)"
)
MANKIND = 90.0  # 亿; there are no more people


@dataclass(frozen=True, slots=True)
class Spun:
    """One kind of mangling, with what was seen of it."""

    kind: Kind
    seen: tuple[str, ...]

    @property
    def reason(self) -> str:
        return f"{REASONS[self.kind]}: {'、'.join(self.seen[:5])}"


REASONS: dict[Kind, str] = {
    "synonyms": "a machine exchanged words of this text for others",
    "numerals": "numbers were rewritten as numerals of cheques",
    "masked digits": "digits of this text were masked",
    "impossible number": "more people are counted than there are",
}


@cache
def turns() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(read("spun"), key=len, reverse=True))))


def spun(text: str) -> tuple[Spun, ...]:
    """How a machine has mangled a text, the surest kind first.

    >>> [found.kind for found in spun("天下总工会展开慰劳，办事职工，援助下巴医务人员。")]
    ['synonyms']
    >>> spun("全国总工会开展慰问，服务职工。伍天保主席出席，捐款人民币伍拾万元整。")
    ()
    """
    copy = likeness(text)
    found: list[Spun] = []
    words = tuple(dict.fromkeys(turns().findall(copy)))
    if len(words) >= TURNS:
        found.append(Spun("synonyms", words))
    cheques = [
        match.start()
        for match in CHEQUE.finditer(copy)
        if not AMOUNT.search(copy, match.start() - 8, match.start() + 8)
    ]
    if len(cheques) >= NUMERALS and len({copy[at] for at in cheques}) > 1:
        found.append(Spun("numerals", tuple(text[at : at + 2] for at in cheques)))
    stars = tuple(match[0] for match in STARS.finditer(copy))
    if len(stars) >= MASKED:
        found.append(Spun("masked digits", stars))
    if crowds := tuple(match[0] for match in CROWD.finditer(copy) if is_impossible(match)):
        found.append(Spun("impossible number", crowds))
    return tuple(found)


def is_impossible(match: re.Match[str]) -> bool:
    """Whether more people are counted than live.

    >>> is_impossible(CROWD.search("2000亿个工人")), is_impossible(CROWD.search("3亿职工"))
    (True, False)
    """
    return float(match["count"]) * (10_000 if match["unit"] == "万亿" else 1) > MANKIND
