"""A summary in the article's own sentences: at most two, verbatim, never a quotation or a slogan."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.tagging.reading import plain

LONGEST = 120  # characters of both together
SHORTEST = 14
LOOKED_AT = 40  # sentences; what an article is about stands in the first of them
END = re.compile(r"[。！？!?…]+[”’」』\"）)]?|\n")
DATELINE = re.compile(
    r"^[ \u3000]*(?:"
    r"[（(【][^（）()【】\n]{0,40}(?:讯|电|消息|记者|通讯员)[^（）()【】\n]{0,40}[）)】][ \u3000]*"
    r"|[\u4e00-\u9fff—－\-·“”《》]{2,20}?(?:讯|[电電]|消息)(?:[ \u3000]+|(?=[（(【“”])|(?=\d))(?:[（(【][^（）()\n]{0,60}[）)】])?[ \u3000]*"
    r"|[\u4e00-\u9fff]{2,14}\d{1,2}月\d{1,2}日[电電讯](?:[ \u3000]*[（(][^（）()\n]{0,60}[）)])?[ \u3000]*"
    r"|(?:[\u4e00-\u9fff—\-]{0,14}(?:记者|通讯员)[ :：][^，。\n]{2,24}?[报報][道导導]?[ \u3000]*)"
    r"){1,2}"
)
UNREADABLE = re.compile("[□■�]")  # a character was lost
WORDS = re.compile(r"[\u4e00-\u9fff]{6}")
QUOTE = re.compile(r"^[“\"「『‘]")
SPOKEN = re.compile(
    r"[”\"」』][^。]{0,14}(?:说|表示|介绍|感慨|告诉|坦言|笑着|谈|感叹|指出)|(?:说|表示|告诉记者|感慨|坦言)[：:，][“\"「]"
)
SLOGAN = re.compile(
    r"以习近平|为指导|桥梁和?纽带|娘家人|最强音|不竭动力|为契机|砥砺|凝心聚力|踔厉|奋进|新征程|添砖加瓦|保驾护航|桥梁|谱写|政治性|先进性|高度重视|"
    r"重要意义|重要论述|始终坚持|主力军作用|下一步|今后|将继续|要求(?:，|各级)|强调，|要坚持|要加强|要进一步|责任编辑|来源：|据悉，?$|如何"
)
ACTOR = re.compile(r"总工会|工会联合会|工会|全总|市总|省总|县总|区总|人社|法院|检察院|公司|集团|医院|学校")
ACT = re.compile(
    r"举行|召开|启动|举办|开展|印发|出台|成立|揭牌|发布|签订|签约|慰问|发放|下拨|投入|开班|开幕|闭幕|表彰|命名|授予|决定|当选|通过|建成|推出|打造|组建|"
    r"达成|调研|走访|追回|判决|改判|上线|公布|施行|实施|联合|罢工|停工|抗议|拖欠|查处|会见|访问"
)
DATE = re.compile(r"\d{1,2}月\d{1,2}日|近日|日前|\d{4}年|昨日|今日|今年|截至|连日来|\d{1,2}日")
NUMBER = re.compile(
    r"(?<![\d.,])\d[\d.,万亿]{0,15}(?:余|多)?(?:名|人|万|亿|元|家|个|场|次|项|件|户|%|％|份|期|所|支|台|套|处|座)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    number: int
    paragraph_start: bool


def summary(title: str, body: str) -> str:
    """At most two of the article's sentences, 120 characters in all, in their order; "" where none is fit."""
    found = list(sentences(body))
    shared = set(bigrams(plain(title)))
    scored = {s.number: worth(s, shared) for s in found}
    fit = [s for s in found if scored[s.number] > 0 and len(s.text) <= LONGEST]
    if not fit:
        return ""
    first = max(fit, key=lambda s: (scored[s.number], -s.number))
    second = companion(first, fit, scored)
    return "".join(s.text for s in sorted([first, *second], key=lambda s: s.number))


def companion(first: Sentence, fit: Sequence[Sentence], scored: dict[int, float]) -> list[Sentence]:
    """A second sentence that fits and adds a number, a name or a rule."""
    room = LONGEST - len(first.text)
    said = set(bigrams(plain(first.text)))
    others = [
        s
        for s in fit
        if s is not first and len(s.text) <= room and NUMBER.search(s.text) and overlap(s.text, said) < 0.5
    ]
    best = max(others, key=lambda s: (scored[s.number], -s.number), default=None)
    return [best] if best and scored[best.number] >= 0.35 * scored[first.number] else []


def sentences(body: str) -> Iterator[Sentence]:
    """The sentences of the first paragraphs, datelines stripped, headings left out."""
    number = 0
    for paragraph in body.split("\n"):
        for place, text in enumerate(split(DATELINE.sub("", paragraph, count=1))):
            if number >= LOOKED_AT:
                return
            yield Sentence(text, number, place == 0)
            number += 1


def split(paragraph: str) -> Iterator[str]:
    """Whole sentences; the end of one inside a quotation is not an end.

    >>> list(split("他说：“好。真好。”大家笑了。没说完"))
    ['他说：“好。真好。”', '大家笑了。']
    """
    start = 0
    for match in END.finditer(paragraph):
        piece = paragraph[start : match.end()]
        if piece.count("“") > piece.count("”"):
            continue
        if piece.strip():
            yield piece.strip()
        start = match.end()


def worth(sentence: Sentence, title: set[str]) -> float:
    """How well a sentence tells who did what, when and how much; 0 for quotations, slogans and fragments."""
    text = plain(sentence.text)
    if not is_quotable(text):
        return 0.0
    said = 3.0 * bool(ACTOR.search(text)) + 2.0 * bool(ACT.search(text)) + 2.0 * bool(DATE.search(text))
    said += 1.0 * bool(NUMBER.search(text)) + 6.0 * overlap_of(title, text)
    place = 4.0 / (1 + sentence.number / 3) + 0.5 * sentence.paragraph_start
    return max(0.0, said + place - 3.0 * len(SLOGAN.findall(text)) - 3.0 * ("？" in text))


def is_quotable(text: str) -> bool:
    """A whole sentence of the reporter's own, nothing lost from it."""
    if len(text) < SHORTEST or QUOTE.match(text) or UNREADABLE.search(text):
        return False
    return not SPOKEN.search(text) and WORDS.search(text) is not None


def bigrams(text: str) -> Iterator[str]:
    letters = re.sub(r"[^\u4e00-\u9fffa-z0-9]", "", text)
    return (letters[i : i + 2] for i in range(len(letters) - 1))


def overlap_of(title: set[str], text: str) -> float:
    """The share of the headline's pairs of characters that a sentence holds."""
    return sum(pair in text for pair in title) / len(title) if title else 0.0


def overlap(text: str, said: set[str]) -> float:
    pairs = set(bigrams(plain(text)))
    return len(pairs & said) / len(pairs) if pairs else 1.0
