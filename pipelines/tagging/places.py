"""The places that a text names, each with what stands around it: who acts there, who only passes through."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pipelines.tagging.lexicon import Lexicon, edges, lexicon
from pipelines.tagging.reading import FILLER, Text, blank
from seeds.gazetteer import Gazetteer, Place, gazetteer
from seeds.words import groups

# What the place does in its sentence; the order is the order of trust.
Role = Literal["body", "actor", "plain", "dateline", "venue", "listed"]

BODY = r"(?:总工会|工会|总(?=[、，。；：\"在把将以与]|[坚致牢还要率带积着持全举开组联领党]))"
# What follows the name of a place that acts: its union, its offices, its papers' "we".
ACTOR = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:总工会|工会|工联会|人社局|人社厅|人力资源|人大|政协|法院|检察院|公安|司法局|应急|卫健|教育局"
    r"|住建|妇联|团委|市委|县委|区委|省委|州委|政府|集团|公司|企业|医院|劳模|职工|工人|农民工|骑手|快递|各级|出台|印发|启动|举办"
    r"|开展|召开|成立|建成|推出|表彰|命名|打造|推进|组织|发布|首|市总|警方)"
)
SUFFIXED = re.compile(
    r"(?:市|县|区|州|省|盟|旗|地区)?(?:总工会|工会|市总|县总|区总|法院|检察院|人社局|税务局|职工|农民工)"
)
VENUE = re.compile(
    r"[^，。；\n]{0,24}?(?:召开|举行|举办|开幕|闭幕|落幕|启动|揭晓|揭牌|开班|开赛|收官|拉开|上演|登场|发布|参加|圆满|出席)"
)
REPORT = re.compile(r"(?:讯|电)[ ）)】]?|\d{1,2}月\d{1,2}日(?:电|讯)")
AGENCY = re.compile(r"(?:新华社|中新社|人民网|中新网|新华网|央视网?|中国网|中工网|人民日报)$")
SIGNED = {f"{mark}（" for mark in f"{FILLER}网报社台"}  # 中国证券网（上海）: where a paper sits
HEADING = re.compile(r"[ ]?[：:丨|｜—]")
LISTED = re.compile(r"、|和|及|与")
BEFORE_STREET = re.compile(r"[\u4e00-\u9fff]{0,3}(?:路|街|大道|巷|弄)(?!道)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at its place; `places` are the divisions that it can mean."""

    at: int
    name: str
    places: tuple[Place, ...]
    title: bool
    role: Role = "plain"

    @property
    def end(self) -> int:
        return self.at + len(self.name)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.code for place in self.places))


@cache
def names() -> Lexicon:
    return lexicon(gazetteer().named)


@cache
def masks() -> tuple[re.Pattern[str], ...]:
    """What hides names: works and papers in book marks, media, fixed words, streets and schools."""
    traps = groups("traps")
    media, words = (
        "|".join(map(re.escape, sorted(traps[g], key=len, reverse=True))) for g in ("media", "words")
    )
    return (
        re.compile(r"《[^》\n]{1,60}》"),
        re.compile(
            rf"[\u4e00-\u9fff]{{2,6}}(?:{media}|[\u4e00-\u9fff]{{0,2}}报(?![告道导名送警备考销价酬到复])|证券网)"
        ),
        re.compile(words),
        re.compile(r"(?<=[会局委部门院])会同"),  # 总工会会同县人社局: together with
        re.compile(
            r"(?:[\u4e00-\u9fff]{2,12} ?[|｜] ?){4,80}(?:[\u4e00-\u9fff]{2,12}$)?", re.MULTILINE
        ),  # a farm's tail
        re.compile(r"(?:手机|电话|邮编|网址|http)[^，。；\n]{0,40}"),
    )


@cache
def around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What before a name, and what after it, says that the place does not act."""
    traps = groups("traps")
    before, after = (
        "|".join(map(re.escape, sorted(traps[g], key=len, reverse=True))) for g in ("before", "after")
    )
    return re.compile(rf"(?:{before})$"), re.compile(rf"(?:{after})(?!道|区|会)")


def hidden(text: str) -> str:
    """The text with everything hidden that only looks like a place."""
    first, media, *others = masks()
    text = blank(first, text)
    text = media.sub(lambda found: "＿" * len(found[0]) if holds_place(found[0]) else found[0], text)
    for pattern in others:
        text = blank(pattern, text)
    return text


def holds_place(word: str) -> bool:
    return next(names().find(word), None) is not None


def mentions(text: Text) -> tuple[Mention, ...]:
    """Every place named in headline and lead that could be where the story acts."""
    cuts = edges((*text.title_words, "\n", *text.lead_words))
    return named_in(text.title, text.lead, text.year, cuts)


def named_in(title: str, passage: str, year: int, cuts: frozenset[int] = frozenset()) -> tuple[Mention, ...]:
    """The same of any two passages; `cuts` are the edges of their words."""
    text = hidden(f"{title}\n{passage}")
    found = [
        Mention(hit.at, hit.word, in_year(gazetteer().named[hit.word], year), hit.at < len(title))
        for hit in names().find(text, cuts)
    ]
    return tuple(with_roles(settled(found, text), text))


def in_year(places: Sequence[Place], year: int) -> tuple[Place, ...]:
    """The divisions that bore the name in that year, all of them if none did; without a year those of today."""
    today = tuple(place for place in places if not place.until)
    if not year and today:
        return today
    return tuple(place for place in places if place.known_in(year)) or tuple(places)


def settled(found: Sequence[Mention], text: str) -> list[Mention]:
    """Names read together with their neighbours: a child after its parent, a short name only where it may stand."""
    kept: list[Mention] = []
    for mention in found:
        parent = kept[-1] if kept and is_joined(kept[-1], mention, text) else None
        places = children(mention.places, parent) if parent else ()
        places = places or admitted(mention, text)
        if places:
            kept.append(replace(mention, places=places))
    return kept


def is_joined(first: Mention, second: Mention, text: str) -> bool:
    """江苏省盐城市, 江苏盐城, 北京市 · 朝阳: nothing or a level word between them."""
    return text[first.end : second.at] in {"", "省", "市", "州", "·", "地区", "区"}


def children(places: Iterable[Place], parent: Mention) -> tuple[Place, ...]:
    known = gazetteer()
    return tuple(
        place
        for place in places
        if any(place.code != code and known.within(place.code, code) for code in parent.codes)
    )


def admitted(mention: Mention, text: str) -> tuple[Place, ...]:
    """The divisions that a name may mean where it stands: full names always, short ones with their reasons."""
    full = tuple(place for place in mention.places if place.full)
    if full:
        return full
    after = text[mention.end : mention.end + 12]
    suffixed = SUFFIXED.match(after) is not None
    above = tuple(place for place in mention.places if place.level < 3)
    if suffixed:
        return by_suffix(mention.places, after) or mention.places
    if above and mention.name not in groups("traps")["ordinary"]:
        return above
    headed = HEADING.match(after) is not None and (mention.at == 0 or text[mention.at - 1] in "\n 【[|")
    return above if headed else ()


def by_suffix(places: Iterable[Place], after: str) -> tuple[Place, ...]:
    """市 after a short name means a city, 县 a county: 吉安县总工会 against 吉安市总工会."""
    return tuple(place for place in places if gazetteer().official[place.code].endswith(after[0]))


def with_roles(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The mentions that act or lend the place; those merely visited, helped or come from are left out."""
    dropped_end = -1
    before: Mention | None = None
    for chain in chains(found, text):
        linked = dropped_end >= 0 and text[dropped_end : chain[0].at] in {
            "",
            "、",
            "和",
            "及",
            "与",
            "市、",
            "县、",
        }
        if linked or is_dropped(chain, text):
            dropped_end = chain[-1].end
            continue
        does = role(chain, text)
        if before and does != "venue" and is_next_item(before, chain[0], text):
            does = "listed"
        dropped_end, before = -1, chain[-1]
        yield from (replace(mention, role=does) for mention in chain)


def chains(found: Sequence[Mention], text: str) -> Iterator[list[Mention]]:
    """Mentions that follow one another as parent and child: 江苏省|盐城市|建湖县 is one place."""
    chain: list[Mention] = []
    for mention in found:
        if chain and not (is_joined(chain[-1], mention, text) and children(mention.places, chain[-1])):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def is_next_item(first: Mention, second: Mention, text: str) -> bool:
    """北京、[武汉]等: a further item of a list, unless it is a part of the one before it."""
    return (
        not second.title
        and text[first.end : second.at] in {"、", "和", "及", "与"}
        and not children(second.places, first)
    )


def is_dropped(chain: Sequence[Mention], text: str) -> bool:
    """Whether the words around say that the place is not where the story acts."""
    before, after = around()
    behind, ahead = text[max(0, chain[0].at - 5) : chain[0].at], text[chain[-1].end : chain[-1].end + 8]
    if before.search(behind) and not re.match(BODY, ahead):
        return True
    if ahead.startswith("）") and text[max(0, chain[0].at - 2) : chain[0].at] in SIGNED:
        return True
    return bool(after.match(ahead)) or bool(BEFORE_STREET.match(ahead) and not mention_is_full(chain[-1]))


def mention_is_full(mention: Mention) -> bool:
    return any(place.full for place in mention.places)


def role(chain: Sequence[Mention], text: str) -> Role:
    """What the place does, from the words before its first name and after its last."""
    first, mention = chain[0], chain[-1]
    behind, ahead = text[max(0, first.at - 12) : first.at], text[mention.end : mention.end + 32]
    line = behind.rsplit("\n", 1)[-1]
    if re.match(BODY, ahead):
        return "body"
    if REPORT.match(ahead):
        return "venue" if AGENCY.search(line) or line.endswith(FILLER) else "dateline"
    if LISTED.match(ahead) and next(names().find(ahead[1:8]), None) and not mention.title:
        return "listed"
    if re.search(r"(?:在|于)[\u4e00-\u9fff]{0,6}$", line) and VENUE.match(ahead):
        return "venue"
    return "actor" if ACTOR.match(ahead) else "plain"


def home_of(name: str) -> str:
    """The division that a publication's name tells, "" if none or several: 徐州日报 → 320300.

    >>> home_of("徐州日报"), home_of("中工网"), home_of("朝阳日报社")
    ('320300', '', '211300')
    """
    hits = list(names().find(name))
    if not hits:
        return ""
    known: Gazetteer = gazetteer()
    places = sorted(known.named[hits[-1].word], key=lambda place: place.level)
    top = [place for place in places if place.level == places[0].level]
    return top[0].code if len(top) == 1 else ""
