"""Union bodies that a text names: by grammar, the generic ones resolved by the article's region."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipelines.tagging.lexicon import Lexicon, lexicon
from pipelines.tagging.places import names
from pipelines.tagging.reading import Text, blank
from seeds.gazetteer import Gazetteer, gazetteer, level_of
from seeds.words import aliases, groups

HAN = r"\u4e00-\u9fff"
# 大同市总坚持, 市总、: the short form of 总工会 needs what can follow a body, or 总人口 would be a union.
AS_TOTAL = (
    r"总(?=[、，。；：\"）]|坚持|牢牢|致力|带领|要求|决定|组织|举办|开展|联合|领导|机关|党组|权益|启动|召开|强化|积极|把|将|以|为|在|与"
    r"|还|推出|印发|出台|工会|副主席|主席|率先|依托|会同|投入|首批|全面|精心|不断|持续|通过|始终|创新)"
)
ZONES = r"(?:高新区|高新技术产业开发区|经开区|经济技术开发区|经济开发区|开发区|新城区|新区|高区|园区|工业园|产业园|自贸区|保税区|示范区|度假区|管理区|矿区|林区|农场)"
UNIT = rf"[{HAN}]{{1,8}}?(?:街道|镇|乡|社区|{ZONES})"
GENERIC = re.compile(rf"(?<![{HAN}])?(?P<level>省|市|州|区|县|旗|盟|自治区|地区)(?:总工会|{AS_TOTAL})")
LOCAL = re.compile(rf"(?P<unit>(?:{UNIT})?)(?:总工会|{AS_TOTAL})")
ALONE = re.compile(rf"(?<![{HAN}])(?P<unit>{UNIT}|{ZONES})总工会")
FEDERATION = re.compile(r"(?:工会联合会|联合工会|工联会|(?<=..)行业工会(?!联合))")
NATIONAL = re.compile(
    r"中国(?!特色|式|工会|的|各)(?P<trade>[\u4e00-\u9fff]{2,12}?)工会(?!联合会|组织|工作|会员|系统|代表|第|运动|干部)"
)
ENTERPRISE = re.compile(
    rf"(?<![{HAN}A-Za-z0-9])(?P<name>[{HAN}A-Za-z0-9]{{2,18}}?)工会(?=[{HAN}]{{0,2}}"
    r"(?:打造|开展|组织|举办|主席|副主席|加强|联合|启动|成立|获|被|把|在|以|为|积极|坚持|深入|、|，|。|\n|$|等|代表|荣获|推出|创新|依托|建立|通过|将))"
)
LED_BY = re.compile(
    r"^(?:由|在|对|向|和|与|据|从|到|经|以|为|让|请|给|被|是|为了|近日|日前|近年来|今年来|今年以来|其中|图为|目前|同时|此外|记者从|"
    r"\d{1,4}[年月日])+"
)
WORKPLACE = re.compile(
    r"(?:集团|公司|厂|矿|局|院|校|大学|学院|医院|银行|钢铁|石化|油田|电力|供电|烟草|公交|地铁|铁路|机场|港口|系统|机关|街道|镇|乡|社区"
    r"|园区|开发区|商会|协会|中心|建材|建设建材|产业|教育|卫生|管桩|汽车|能源|化工|煤矿|煤业|科技|水务|燃气|邮政|航空|重工|股份|酒店)$"
)
NAMELESS = re.compile(
    r"(?:总|分|子|母|本|省|市|区|县|集团|公司|总公司|分公司|企业|学校|医院|机关|街道|乡镇|镇|乡|系统|产业|局|院|中心|商会|协会|直属)+"
)
GENERAL = re.compile(
    r"各|县直|市直|省直|区直|基层|企业工会|上级|下级|本级|所有|全国|我国|各地|该|全市|全省|全区|全县|非公|民营|加入|组建|建立|成立|的|到|职工|有|们|代表|并"
)
STOP = re.compile(
    r".*(?:的|在|由|和|与|及|、|，|。|；|：|\"|（|加入|组建|成立|建立|牵头|指导|联合|举行|召开|是|为|对|向|等|了|首个|首家|全国)"
)
LEVELS = {"省": 1, "自治区": 1, "州": 2, "盟": 2, "地区": 2, "市": 2, "区": 3, "县": 3, "旗": 3}


@cache
def named_bodies() -> Lexicon:
    return lexicon(aliases("unions"))


def unions(text: Text, regions: Iterable[str]) -> tuple[str, ...]:
    """Canonical names in the order of their first mention."""
    passage = blank(re.compile(r"《[^》\n]{1,60}》"), text.whole)
    codes = tuple(regions)
    found = [*own_names(passage), *local(passage, codes), *federations(passage), *enterprises(passage)]
    generic = [(at, resolved(level, codes)) for at, level in generics(passage)]
    ordered = [name for _, name in sorted([*found, *generic]) if name]
    return without_parts(dict.fromkeys(ordered))


def own_names(passage: str) -> Iterator[tuple[int, str]]:
    """Bodies with names of their own, and industrial unions by their form."""
    known = aliases("unions")
    for hit in named_bodies().find(passage):
        if not is_word_part(hit.word, passage, hit.end):
            yield hit.at, known[hit.word]
    for match in NATIONAL.finditer(passage):
        if not any(word in match[0] for word in ("总工会", "基层", "企业", "特色")) and match[0] not in known:
            yield match.start(), match[0]


def is_word_part(word: str, passage: str, end: int) -> bool:
    """全总 in 全总部, 劳联 on the mainland, 职工盟 …: a short form must stand alone."""
    if word == "全总":
        return passage[end : end + 1] in {"部", "结", "体", "数", "量"}
    if word in {"劳联", "职工盟", "国际工联"}:
        return not any(name in passage for name in ("香港", "港", "澳", "国际"))
    return False


def local(passage: str, codes: Sequence[str]) -> Iterator[tuple[int, str]]:
    """新会区总工会, 大同市总, 龙城街道总工会: a place or a named unit before 总工会."""
    nearest: dict[int, tuple[int, str]] = {}
    for hit in names().find(passage):
        match = LOCAL.match(passage, hit.end)
        if (
            match
            and not named_alone(hit.word, match["unit"])
            and (match.end() not in nearest or is_full(hit.word))
        ):
            before = passage[max(0, hit.at - 30) : hit.at]
            unit = match["unit"]
            nearest[match.end()] = hit.at, f"{unit}总工会" if unit else official(hit.word, before, codes)
    yield from nearest.values()
    for match in ALONE.finditer(passage):
        unit = STOP.sub("", LED_BY.sub("", match["unit"]))
        if len(unit) > 1 and not next(names().find(unit), None) and not GENERAL.search(unit):
            yield match.start(), f"{unit}总工会"


def is_full(word: str) -> bool:
    return any(place.full for place in gazetteer().named[word])


def named_alone(word: str, unit: str) -> bool:
    """Words the list of bodies holds already, and units that swallowed a sentence."""
    return word.endswith("总工会") or bool(re.search(r"[的和与在及]", unit))


def official(word: str, before: str, codes: Sequence[str]) -> str:
    """大同 → 大同市总工会; of several divisions with one name the parent is said: 北京市朝阳区总工会."""
    known = gazetteer()
    full = [place for place in known.named[word] if place.full]
    if not full:
        place = min(known.named[word], key=lambda place: place.level)
        return f"{known.known_as(place.code)}总工会"
    if len({place.code for place in full}) == 1:
        return f"{word}总工会"
    here = [parent_names(place.code, known) for place in full if place.code in codes]
    said = [[name for name in parent_names(place.code, known) if name in before] for place in full]
    parent = next((names_above[0] for names_above in (*said, *here) if names_above), "")
    return f"{parent}{word}总工会"


def parent_names(code: str, known: Gazetteer) -> tuple[str, ...]:
    return tuple(known.official[above] for above in reversed(known.parents(code)))


def federations(passage: str) -> Iterator[tuple[int, str]]:
    """衢江区网约送餐员联合工会, 工会联合会 of a trade or a quarter; 工联会 is one where Hong Kong is not meant."""
    hongkong = any(word in passage for word in ("香港", *groups("traps")["hongkong"]) if word != "工联会")
    for match in FEDERATION.finditer(passage):
        before = STOP.sub("", passage[max(0, match.start() - 24) : match.start()].rsplit("\n", 1)[-1])
        if match[0] == "工联会" and hongkong:
            yield match.start(), "香港工会联合会"
            continue
        name = from_last_place(LED_BY.sub("", before))
        if is_federation(name, match[0]):
            kind = "工会联合会" if match[0] == "工联会" else match[0]
            yield match.start() - len(name), name + kind


def is_federation(name: str, kind: str) -> bool:
    """Whether the words before 联合工会 name one; a trade's union must also say whose."""
    if not 1 < len(name) < 17 or re.search(r"[\d＿第届]|选举|产生|推动|各|进一步|一家|多家", name):
        return False
    return kind != "行业工会" or next(names().find(name[:8]), None) is not None


def from_last_place(before: str) -> str:
    """The words from the nearest place on, or all of them."""
    hits = list(names().find(before))
    return before[hits[-1].at :] if hits else before


def enterprises(passage: str) -> Iterator[tuple[int, str]]:
    """德龙钢铁工会, 郑州公交集团工会: a workplace before 工会."""
    for match in ENTERPRISE.finditer(passage):
        name = LED_BY.sub("", match["name"])
        if NAMELESS.fullmatch(name):
            continue
        if WORKPLACE.search(name) and not GENERAL.search(name) and len(name) > 3:
            yield match.start(), f"{name}工会"


def generics(passage: str) -> Iterator[tuple[int, str]]:
    """市总工会, 省总 where no place stands before them."""
    for match in GENERIC.finditer(passage):
        before = passage[max(0, match.start() - 9) : match.start()]
        hits = list(names().find(before + match["level"]))
        if any(hit.end == len(before) + len(match["level"]) for hit in hits):
            continue  # 徐州市|总工会: the level belongs to a name
        if any(hit.end == len(before) for hit in hits) or before.endswith(
            ("全", "各", "开发", "新", "高", "园", "省、", "市、", "县、", "区、")
        ):
            continue
        yield match.start(), match["level"]


def resolved(level: str, codes: Sequence[str]) -> str:
    """The union of that level above or at the article's region; 市总工会 stays as it is where none is known."""
    known, wanted = gazetteer(), LEVELS[level]
    for code in codes:
        line = (*known.parents(code), code) if code in known.official else ()
        for above in reversed(line):
            if fits(known.official[above], level) and (level_of(above) == wanted or level == "市"):
                return f"{known.known_as(above)}总工会"
    return f"{level}总工会" if level in {"市", "省", "区", "县", "州"} else ""


def fits(name: str, level: str) -> bool:
    return (
        name.endswith(level)
        or (level == "省" and name.endswith("自治区"))
        or (level == "州" and name.endswith("自治州"))
    )


def without_parts(names_found: Iterable[str]) -> tuple[str, ...]:
    """A generic name that a resolved one repeats is left out."""
    found = tuple(names_found)
    generic = {"市总工会", "省总工会", "区总工会", "县总工会", "州总工会"}
    return tuple(
        name
        for name in found
        if not (name in generic and any(other != name and other.endswith(name) for other in found))
    )
