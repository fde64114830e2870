"""Titles: the site's name cut off, rival readings compared, keywords and kickers told from the headline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.likeness import likeness
from pipelines.parts import Candidate, Field
from pipelines.segment import words
from pipelines.sources import is_publication

# 标题--时政--人民网, 标题_新浪新闻, 标题-中工网, 标题 | 网站; "·" and a single blank are the headline's own.
JOINT = re.compile(
    r"\s{0,3}(?:-{2,4}|—{2,4}|_{1,3}|\|{1,2}|[｜丨│∣]|»|›|(?<=\s)[-–—](?=\s)|(?<![A-Za-z\d\s])-(?=[\u3400-\u9fff])|(?<=\s)-(?=[\u3400-\u9fff])|(?<=[^\s-])-(?=\s))\s{0,3}"
)
SITE = re.compile(
    r".{0,16}(?:网|网站|新闻|频道|日报|晚报|早报|时报|报|社|台|在线|门户|总工会|工会|政府|委员会|局|厅|部|正文|首页|中心|资讯|平台|客户端|"
    r"要闻|时政|国内|国际|社会|财经|经济|科技|体育|娱乐|教育|文化|军事|评论|理论|专题|公司|协会|大学|News)|[\w.-]{2,40}\.(?:com|cn|net|org)(?:\.cn)?",
    re.IGNORECASE,
)
NOT_A_TITLE = re.compile(
    r"(?:首页|正文|网站首页|新闻中心|详细内容|文章内容|内容页|新闻详情|详情|标题|无标题|提示|404.{0,20}|[\d\W]{0,20})"
)
BADGES = ("原创", "转载", "首发", "独家")  # glued to a headline by some templates
RIVALS = 60  # titles that are compared with each other
SPACES = re.compile(r"\s+")
# 原标题：打通最后一公里（引题） 某市建成驿站百家（主题） 方便户外劳动者（副题）
ORIGINAL = re.compile(r"^[(\[【]?(?:本文)?原标题\s?:\s?")
RANKED = re.compile(r"(?P<text>[^()]{2,80}?)\s{0,2}\((?P<rank>引题|肩题|眉题|主题|副题|副标题)\)")
RANKS: dict[str, Field] = {
    "引题": "kicker", "肩题": "kicker", "眉题": "kicker", "主题": "title", "副题": "subtitle", "副标题": "subtitle"
}  # fmt: skip
RANK = 64.0  # an editor wrote which is which; headings and metas say only the headline


def ranked_titles(text: str) -> tuple[Candidate, ...]:
    """Kicker, headline and subtitle of a line that gives the original title with their ranks.

    >>> [(each.field, each.value) for each in ranked_titles("原标题：行业协商更有底气（引题）合同覆盖九万人（主题）")]
    [('kicker', '行业协商更有底气'), ('title', '合同覆盖九万人')]
    >>> ranked_titles("原标题：主题教育走深走实（二）")
    ()
    """
    copy = likeness(text[:400])
    opening = ORIGINAL.match(copy)
    found = RANKED.finditer(copy, opening.end()) if opening else ()
    return tuple(
        Candidate(
            RANKS[each["rank"]],
            text[each.start("text") : each.end("text")].strip(),
            "line:原标题",
            RANK,
            text[:80],
        )
        for each in found
    )


@dataclass(frozen=True, slots=True)
class Titled:
    """The headline, the candidate it comes from, and those that lost."""

    title: str
    rule: str
    place: str
    lost: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...] = ()


def bare(text: str) -> str:
    """A title as compared: simplified, without signs and blanks."""
    return re.sub(r"[\W_]+", "", likeness(text)).lower()


def without_site(title: str, site: str = "") -> str:
    """A title without the names of site and channels that templates add.

    >>> without_site("工会送温暖 情暖职工心--时政--人民网"), without_site("产业工人队伍建设改革_新浪新闻")
    ('工会送温暖 情暖职工心', '产业工人队伍建设改革')
    >>> without_site("书记谈党建丨深化党建引领"), without_site("1-10月全市新增会员"), without_site("德国-法国铁路工会罢工")
    ('书记谈党建丨深化党建引领', '1-10月全市新增会员', '德国-法国铁路工会罢工')
    """
    while joints := list(JOINT.finditer(title)):
        head, tail = title[: joints[-1].start()], title[joints[-1].end() :]
        if len(bare(head)) < 4 or not is_site(tail, site):
            break
        title = head
    return title.strip(" -_|—")


# Portals whose pages carry other papers' texts: their name is never the source of one.
PORTALS = re.compile(
    r"网易|新浪|搜狐|腾讯|凤凰|百度|头条|一点资讯|微信|知乎|简书|豆瓣|天涯|雅虎|奇摩|Yahoo|MSN|UC|快报|看点|百家号|大鱼",
    re.IGNORECASE,
)


def site_of(title: str) -> str:
    """The publication that a page's title ends with, "" for carriers and for what is no publication's name.

    >>> site_of("1-2月期發票千萬獎開出18張 - 自由財經"), site_of("停牌增持补仓_网易财经"), site_of("工会送温暖")
    ('自由財經', '', '')
    """
    joints = list(JOINT.finditer(title))
    parts = [part.strip() for part in title[joints[0].end() :].split("/")] if joints else []
    tails = [*(title[joint.end() :].strip() for joint in reversed(joints)), *parts]
    return next((part for part in tails if is_press(part)), "")


def is_press(name: str) -> bool:
    """Whether a site's name is that of a publication which prints its own texts.

    >>> is_press("自由財經"), is_press("网易财经"), is_press("示例商贸公司")
    (True, False, False)
    """
    copy = likeness(name)
    # 网 at the end is a site that reprints, but not in Taiwan and Hong Kong, whose papers call their own sites so.
    return is_publication(name) and not PORTALS.search(copy) and (not copy.endswith("网") or copy != name)


def is_site(text: str, site: str) -> bool:
    """Whether the last part of a page title names a site or a channel."""
    part = text.strip()
    if not part or (site and bare(part) and bare(part) in bare(site)):
        return True
    return len(part) <= 18 and (is_publication(part) or bool(SITE.fullmatch(likeness(part))))


def tidy_title(text: str) -> str:
    """A title on one line, without its site."""
    text = SPACES.sub(" ", text.replace("\u200b", "").replace("\ufeff", "")).strip()
    return text if len(text) <= 160 else ""


def best(candidates: Sequence[Candidate], *, body: str, site: str = "", farmed: str = "") -> Titled | None:
    """The headline that most candidates agree on; heavier rules count for more.

    A heading is confirmed by the page title that begins with it; a page title counts without its site.
    """
    values = [(tidied, each) for each in candidates if (tidied := cleaned(each, site))]
    values = [
        (text, each) for text, each in values if not NOT_A_TITLE.fullmatch(text) and not is_publication(text)
    ]
    said = {text for text, _ in values}
    values = [(text[2:] if text[:2] in BADGES and text[2:] in said else text, each) for text, each in values]
    if not values:
        return None
    values = sorted(values, key=lambda pair: -pair[1].weight)[:RIVALS]
    scored = [(score(text, each, values), -at, text, each) for at, (text, each) in enumerate(values)]
    _, _, title, winner = max(scored)
    chosen, doubts = without_keyword(title, body, farmed)
    lost = tuple(
        dict.fromkeys((each.rule, each.value) for _, each in values if bare(each.value) != bare(chosen))
    )
    return Titled(chosen, winner.rule, winner.place, lost[:8], doubts)


def cleaned(each: Candidate, site: str) -> str:
    text = tidy_title(each.value)
    if each.rule.startswith(("css:", "xpath:")):
        return text
    return without_site(text, site)


def score(text: str, each: Candidate, values: Sequence[tuple[str, Candidate]]) -> float:
    """The rule's weight and a bonus for every other rule that says the same, less for one that only contains it."""
    plain = bare(text)
    total = each.weight
    if len(plain) < 4:
        total -= 60
    if text.endswith(("…", "...")):
        total -= 30
    said: set[str] = set()
    for other, candidate in values:
        if candidate is each or candidate.rule in said:
            continue
        rival = bare(other)
        if rival == plain:
            total += 25
            said.add(candidate.rule)
        elif len(plain) >= 8 and plain in rival:
            total += 8
            said.add(candidate.rule)
    return total


# SEO keyword(original title), as farms write it; the bracket may also hold a column's name or (图).
BRACKETED = re.compile(r"^(?P<first>.{4,60}?)\s?[(（](?P<second>[^()（）]{4,60})[)）]$")


def without_keyword(title: str, body: str, farmed: str = "") -> tuple[str, tuple[str, ...]]:
    """The part of a doubled title that the body supports, and the doubt that remains.

    `farmed` is what a content farm says on the page in its own words; a keyword stands there, too.

    >>> body = "探索建立六大系统集成机制，引领工会改革纵深前行。"
    >>> without_keyword("三个着力基层工会建设(构建六大机制谱写工会改革)", body, "关于三个着力基层工会建设?")[0]
    '构建六大机制谱写工会改革'
    >>> without_keyword("在中部地区崛起中争先出彩（推动高质量发展·权威发布）", "河南推动高质量发展。")[0]
    '在中部地区崛起中争先出彩（推动高质量发展·权威发布）'
    """
    match = BRACKETED.match(title)
    if not match:
        return title, ()
    first, second = match["first"].strip(), match["second"].strip()
    if is_keyword(second, first, body):
        return first, (f"the title ended with a search keyword in brackets: {second}",)
    if is_headline(second, first, body, farmed):
        return second, (f"the title began with a search keyword: {first}",)
    return title, ()


def parts(text: str, size: int) -> set[str]:
    plain = bare(text)
    return {plain[at : at + size] for at in range(len(plain) - size + 1)}


def support(text: str, body: str) -> float:
    """The share of a text's three-character phrases that the body says."""
    phrases, told = parts(text, 3), bare(body)
    return sum(phrase in told for phrase in phrases) / len(phrases) if phrases else 0.0


def is_headline(second: str, first: str, body: str, farmed: str) -> bool:
    """Whether the bracket holds the headline: a farm repeats the words before it, or the body knows only the bracket."""
    if len(bare(second)) < 8 or not parts(first, 2) & parts(second, 2):
        return False
    if bare(first) in bare(farmed):
        return support(second, body) > 0
    return len(second) >= len(first) and support(first, body) == 0 and support(second, body) >= 0.15


def is_keyword(second: str, first: str, body: str) -> bool:
    """A short phrase of the title's own words in another order, which the body never says: 党建带动工会."""
    if len(second) > 10 or re.search(r"[，。、：:·！？\d]", second) or second in body:
        return False
    told = [word for word in words(likeness(second)) if len(word) > 1]
    shared = [word for word in told if word in likeness(first)]
    return len(told) >= 2 and len(shared) >= 2 and len(shared) * 3 >= len(told) * 2 - 1
