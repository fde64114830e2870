"""The region whose body acts in a text: by its name, by its paper's home, or none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.article import Evidence, Region
from pipelines.tagging.places import Mention, Role, hidden, mentions, named_in
from pipelines.tagging.reading import Text
from seeds.gazetteer import NATION, gazetteer, level_of
from seeds.words import groups

TRUST: Mapping[Role, float] = {
    "body": 3.5,
    "actor": 3.0,
    "plain": 2.0,
    "dateline": 2.5,
    "venue": 1.0,
    "listed": 0.8,
}
ABBREVIATIONS = dict(
    pair.split(":")
    for pair in (
        "京:110000 津:120000 沪:310000 渝:500000 冀:130000 晋:140000 辽:210000 吉:220000 苏:320000 浙:330000 皖:340000 "
        "闽:350000 赣:360000 鲁:370000 豫:410000 鄂:420000 湘:430000 粤:440000 桂:450000 琼:460000 川:510000 蜀:510000 "
        "黔:520000 滇:530000 陕:610000 甘:620000 青:630000 宁:640000 疆:650000 藏:540000 港:810000 澳:820000 台:710000 "
        "穗:440100 蓉:510100 莞:441900 深:440300 杭:330100 甬:330200 邕:450100 榕:350100 汉:420100 蒙:150000 漳:350600 泉:350500 莆:350300 锡:320200 邢:130500 邯:130400 潍:370700 烟:370600 淄:370300 绵:510700 徐:320300 郑:410100 洛:410300 兰:620100"
    ).split()
)
# 来湘访问, 在蓉举行: a one-character name only inside such a frame.
FRAME = re.compile(
    rf"(?P<verb>来|在|抵)(?P<name>[{''.join(ABBREVIATIONS)}])"
    r"(?=(?:召开|举行|举办|启动|开幕|闭幕|落幕|揭牌|揭晓|成立|上线|发布|访问|考察|调研|交流|参加|开展|进行|开赛|开班|务工|就业|工作))"
)
ARRIVED = re.compile(rf"(?:来|莅|抵)(?P<name>[{''.join(ABBREVIATIONS)}])$")
CAPITAL = "110000"  # where bodies of the nation sit: in Beijing, but not of it
OURS = re.compile(
    r"(?:我|全|该)(?P<level>省|市|州|区|县|自治区)|(?<![\u4e00-\u9fff])(?P<body>省|市|州|区|县)(?:总工会|总)"
)
LEVEL = {"省": 1, "自治区": 1, "州": 2, "市": 2, "区": 3, "县": 3}
ABOUT_HERE = re.compile(r"(?:我|全)(?:市|省|州|县|区)|(?<![\u4e00-\u9fff])(?:市|省|州|县|区)总")


@dataclass(frozen=True, slots=True)
class Found:
    """The regions, why, and what was weighed and left."""

    regions: tuple[Region, ...]
    rule: str = ""
    lost: tuple[tuple[str, str], ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(region.code for region in self.regions)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        value = " ".join(self.codes)
        return (Evidence("regions", value, self.rule, "", self.lost),) if self.rule else ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention that means one division; `code` is "" where it stays open."""

    mention: Mention
    code: str


def regions(text: Text, home: str = "") -> Found:
    """The acting body's region. `home` is the division of the paper or portal, "" where unknown."""
    named = resolve(mentions(text), text, home)
    visited = FRAME.search(text.title) or ARRIVED.search(text.title)
    if visited:
        return as_found((ABBREVIATIONS[visited["name"]],), f"short form {visited[0]}", named)
    for rule, codes in (
        ("headline", weigh([r for r in named if r.mention.title], named)),
        ("lead", weigh([r for r in named if not r.mention.title], named)),
    ):
        if codes:
            return settle(codes, rule, named, text, home)
    return otherwise(text, home, named)


def settle(codes: Sequence[str], rule: str, named: Sequence[Resolved], text: Text, home: str) -> Found:
    """The named regions, unless only lent as a venue to a body of the nation."""
    line = {above for code in codes for above in (code, *gazetteer().parents(code))}
    roles = {r.mention.role for r in named if r.code in line}
    seat = tuple(codes) == (CAPITAL,) and not roles & {"body", "actor"}
    lent = seat or roles <= {"venue", "listed"}
    if lent and is_national(text.head):
        return as_found((NATION,), "a body of the nation acts", named)
    return as_found(refined(codes, home, text), rule, named)


def refined(codes: Sequence[str], home: str, text: Text) -> tuple[str, ...]:
    """The paper's own city instead of its province where the text says 我市 or 市总."""
    known = gazetteer()
    if (
        len(codes) == 1
        and home
        and home != codes[0]
        and known.within(home, codes[0])
        and ABOUT_HERE.search(text.head)
    ):
        return (home,) if level_of(home) > level_of(codes[0]) and is_ours(text.head, home) else tuple(codes)
    return tuple(codes)


def is_ours(head: str, home: str) -> bool:
    """Whether the text's 我市, 县总 speaks of a division of this one's level."""
    levels = {LEVEL[found["level"] or found["body"]] for found in OURS.finditer(head)}
    level = level_of(home)
    return level in levels or (level == 3 and 2 in levels) or (level == 1 and bool(levels))


def otherwise(text: Text, home: str, named: Sequence[Resolved]) -> Found:
    """No place is named in headline or lead: the first guess that has a reason."""
    code, rule = next(guesses(text, home), ("", ""))
    if rule:
        return as_found((code,) if code else (), rule, named)
    return from_body(text) or nationwide(text, named)


def guesses(text: Text, home: str) -> Iterator[tuple[str, str]]:
    """Short forms, institutions, a country, the paper's home, a body of the nation, with the reason for each.

    The code "" says that the place must stay open: 我市 without a paper that tells whose.
    """
    frame = FRAME.search(text.head)
    if frame:
        yield ABBREVIATIONS[frame["name"]], f"short form {frame[0]}"
    for group, code in (("hongkong", "810000"), ("macao", "820000"), ("taiwan", "710000")):
        if sum(word in text.head for word in groups("traps")[group]) > 1:
            yield code, f"institutions of {group}"
    abroad = foreign(text)
    if abroad:
        yield abroad, "a country"
    if ABOUT_HERE.search(text.head):
        yield (
            home,
            "the paper's home and 我市 or 市总" if home else "open: 我市 or 市总, and no home is known",
        )
    if is_national(text.head):
        yield NATION, "a body of the nation"
    if home:
        yield home, "the paper's home"


def from_body(text: Text) -> Found | None:
    """A union body or office named again and again further down."""
    rest = resolve(named_in("", text.rest[:1500], text.year), text, "")
    counts = Counter(r.code for r in rest if r.code and r.mention.role in {"body", "actor"})
    if not counts:
        return None
    code, times = counts.most_common(1)[0]
    return as_found((code,), "body", rest) if times > 1 else None


def nationwide(text: Text, named: Sequence[Resolved]) -> Found:
    head = hidden(text.head).replace("全国第", "")  # 全国第十个安全生产月 happens in every workshop
    if any(word in head for word in groups("traps")["nationwide"]):
        return as_found((NATION,), "the nation is named", named)
    return as_found((), "open: " + " ".join(sorted({r.mention.name for r in named})) if named else "", named)


def foreign(text: Text) -> str:
    """The country that a text without a Chinese place names first, in its headline if it has one."""
    known = gazetteer().abroad
    for passage in (text.title, text.lead[:120]):
        hits = sorted((passage.find(name), code) for name, code in known.items() if name in passage)
        outward = re.search(r"访问|出访|访华|来华|中国|我国|全总|一带一路|中欧|中美|中外|外贸", passage)
        if hits and not outward:
            return hits[0][1]
    return ""


def is_national(head: str) -> bool:
    return any(word in head for word in groups("traps")["national"])


def resolve(found: Sequence[Mention], text: Text, home: str) -> list[Resolved]:
    """One division for every mention where the text or the paper's home decides."""
    sure = {mention.codes[0] for mention in found if len(mention.codes) == 1}
    return [Resolved(mention, decide(mention, sure, text, home)) for mention in found]


def decide(mention: Mention, sure: Iterable[str], text: Text, home: str) -> str:
    """The division that a name means: the only one, the one whose parents or children the text names, the one at
    home, the one of the highest level; "" where none of these tells.
    """
    codes = mention.codes
    if len(codes) == 1:
        return codes[0]
    for family in (sure, [home] if home else []):
        weights = {code: kinship(code, family) for code in codes}
        best = max(weights.values())
        winners = [code for code in codes if weights[code] == best]
        if best and len(winners) == 1:
            return winners[0]
    return by_level(codes, text)


def kinship(code: str, others: Iterable[str]) -> float:
    """How much of a division's family is among others: its parents by their nearness, its children, itself."""
    known = gazetteer()
    return sum(
        level_of(other) if known.within(code, other) and other != code else known.within(other, code) / 2
        for other in others
    )


def by_level(codes: Sequence[str], text: Text) -> str:
    """吉林 is the province unless the text speaks of a city's union."""
    levels = sorted(codes, key=level_of)
    first, second = levels[0], levels[1]
    if level_of(first) == level_of(second):
        return ""
    city = re.search(r"全市|我市|市总|市委|市政府", text.head)
    return second if city and level_of(second) == 2 and not re.search(r"全省|省总|省委", text.head) else first


def weigh(chosen: Sequence[Resolved], everything: Sequence[Resolved]) -> tuple[str, ...]:
    """The best supported division and what is named beside it as its equal."""
    points = trust_in(r for r in chosen if r.mention.role != "listed") or trust_in(chosen)
    if not points:
        return ()
    known = gazetteer()
    total = {c: p + sum(points.get(a, 0) for a in known.parents(c)) for c, p in points.items()}
    best = max(total, key=total.__getitem__)  # the first named among equals
    return (deepest(host(best, everything), everything),)


def host(code: str, everything: Sequence[Resolved]) -> str:
    """The division above that acts by its own body, where this one only lends the hall: 省总工会 meets in 太原."""
    roles = {r.mention.role for r in everything if r.code == code}
    acting = {r.code for r in everything if r.mention.role == "body"}
    above = [parent for parent in gazetteer().parents(code) if parent in acting]
    return above[-1] if above and roles == {"venue"} else code


def trust_in(found: Iterable[Resolved]) -> dict[str, float]:
    """The sum of the trust in every division, in the order in which they are named."""
    points: dict[str, float] = {}
    for resolved in found:
        if resolved.code:
            points[resolved.code] = points.get(resolved.code, 0.0) + TRUST[resolved.mention.role]
    return points


def deepest(code: str, everything: Sequence[Resolved]) -> str:
    """The division inside `code` that the text names most surely, else `code` itself."""
    known = gazetteer()
    acts = any(r.code == code and r.mention.role == "body" for r in everything)
    idle: set[Role] = {"listed", "venue"} if acts else {"listed"}
    points = trust_in(
        r for r in everything if r.code != code and known.within(r.code, code) and r.mention.role not in idle
    )
    if not points:
        return code
    best = max(points, key=points.__getitem__)
    rivals = [c for c in points if points[c] == points[best] and not known.within(best, c) and c != best]
    if any(not known.within(rival, best) for rival in rivals):
        return code
    return deepest(best, [r for r in everything if r.code != code])


def as_found(codes: Sequence[str], rule: str, named: Sequence[Resolved]) -> Found:
    known = gazetteer()
    lost = dict.fromkeys(
        (r.mention.role, known.path(r.code) if r.code else f"{r.mention.name} ?")
        for r in named
        if r.code not in codes
    )
    return Found(tuple(Region(code, known.path(code)) for code in codes), rule, tuple(lost)[:6])
