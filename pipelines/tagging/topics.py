"""Which topics a text is about: weighted cues by place, masks and counter-cues, at most three, with their evidence."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Literal

from archive.article import Evidence, Topic
from pipelines.tagging.lexicon import Lexicon, edges, lexicon
from pipelines.tagging.reading import PLAIN, Text, blank
from seeds.taxonomy import Cue, taxonomy

Spot = Literal["title", "lead", "heading", "body"]

# Weights by place as measured in the taxonomy proposal; a text without a headline has to be told by its lead.
PLACE: Mapping[Spot, float] = {"title": 3.0, "lead": 2.0, "heading": 1.5, "body": 1.0}
UNTITLED_LEAD = 3.0
THRESHOLD = 9.0
RELATIVE = 0.40  # of the best topic's score
MOST = 3
BRIEF = 120  # characters of lead within which one word of work is enough
STRONG = 3.0  # at least one cue of this weight; hints alone name nothing
LISTED = 0.4  # a cue among the items of a list
FULL_BODY = 700  # characters of body from which its cues are thinned out by length
BODY_CAP = 8.0  # what the body alone can add: less than the threshold

# A line of its own without a full stop.
HEADING = re.compile(r"^[^。；！？\n]{4,30}$", re.MULTILINE)
# 劳模评选、技能竞赛、送清凉: three items or more; each is named in passing.
LIST = re.compile(r"[^，。；：！？、\n]{1,16}(?:、[^，。；：！？、\n等]{1,16}){2,12}")
# Slogans and declarations of purpose that open or close any report.
SLOGAN = re.compile(
    r"以[^，。；\n]{4,40}(?:为指导|为统领|为引领|为遵循)"
    r"|(?:为|为了|通过)?(?:进一步|深入|全面|认真|切实)?(?:学习贯彻|贯彻落实|贯彻|学习宣传贯彻)(?:落实)?(?:党的)?"
    r"[^，。；：\n]{2,30}(?:精神|部署|要求|思想|决策|论述)(?=，)"
    r"|(?<=传达学习|学习贯彻|贯彻落实|学习宣传|深入贯彻|认真学习)[^，。；\n]{4,60}?(?:精神|部署|讲话|贺信)"
    r"|(?:增强|保持和增强)[^，。；\n]{0,12}(?:政治性|先进性|群众性)[^，。；\n]{0,12}"
    r"|弘扬[^，。；\n]{0,4}(?:劳模精神|劳动精神|工匠精神)[^，。；\n]{0,16}"
    r"|(?:推动|促进|助力|服务)?构建和谐劳动关系"
)
# A palace of culture or a rest station that only lends its hall.
VENUE = re.compile(
    r"在[^，。；\n]{0,14}(?:文化宫|活动中心|服务中心|驿站|职工之家|体育馆|疗养院|工匠学院)[^，。；\n]{0,6}"
    r"(?=(?:隆重|圆满|顺利)?(?:举行|召开|举办|开幕|启动|上演|演出|落幕|开赛|开班|闭幕|开讲|揭幕))"
    r"|[^，。；\n在]{0,10}文化宫(?=承办|协办|主办|联合)"
)


@dataclass(frozen=True, slots=True)
class Vote:
    """What one cue says for one subtopic."""

    topic: str
    cue: str
    spot: Spot
    points: float

    def __str__(self) -> str:
        return f"{self.cue} {self.points:+.1f} {self.spot}"


@dataclass(frozen=True, slots=True)
class Index:
    """The cues of the taxonomy by their words: single words go through the lexicon, joint ones are looked up."""

    words: Lexicon
    single: Mapping[str, tuple[tuple[str, Cue], ...]]
    joint: tuple[tuple[str, Cue], ...]
    strong: Mapping[str, frozenset[str]]
    needs: Mapping[str, tuple[str, ...]]


@cache
def index() -> Index:
    single: dict[str, list[tuple[str, Cue]]] = defaultdict(list)
    joint: list[tuple[str, Cue]] = []
    known = taxonomy()
    for sub in known.subtopics:
        for cue in sub.cues:
            if len(cue.words) == 1:
                single[cue.words[0].translate(PLAIN)].append((sub.id, cue))
            else:
                joint.append((sub.id, cue))
    return Index(
        lexicon([*single, *(mask.lower() for mask in known.masks)]),
        {word: tuple(cues) for word, cues in single.items()},
        tuple(joint),
        {
            s.id: frozenset("&".join(c.words).translate(PLAIN) for c in s.cues if c.weight >= STRONG)
            for s in known.subtopics
        },
        {s.id: s.needs for s in known.subtopics if s.needs},
    )


def topics(text: Text, context: Iterable[str] = ()) -> tuple[tuple[Topic, ...], tuple[Evidence, ...]]:
    """The topics of a text, the surest first, and the evidence for each.

    `context` holds what the region says: "@abroad", "@hkmotw".
    """
    if not about_labour(text):
        return (), ()
    votes = (*cast(text), *joint_votes(text), *context_votes(context))
    by_topic: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_topic[vote.topic].append(vote)
    scores = {topic: score(found) for topic, found in by_topic.items()}
    order = sorted(scores, key=lambda topic: (-scores[topic], topic))
    chosen = tuple(choose(order, scores, by_topic, text))
    return (
        tuple(Topic(topic, round(scores[topic], 1)) for topic in chosen),
        tuple(evidence(topic, scores, by_topic[topic], order) for topic in chosen),
    )


def about_labour(text: Text) -> bool:
    """Whether the headline names anything of the world of work, or the lead does: twice, beside a silent headline."""
    known = labour_words()
    if next(known.find(text.title), None):
        return True
    named = len(list(known.find(text.lead)))
    return named > (1 if text.title and len(text.lead) > BRIEF else 0)


@cache
def labour_words() -> Lexicon:
    return lexicon(taxonomy().labour)


def cast(text: Text) -> Iterable[Vote]:
    """The votes of single words in headline, lead and body."""
    lead = PLACE["lead"] if text.title else UNTITLED_LEAD
    yield from spot_votes(text.title, "title", PLACE["title"], edges(text.title_words))
    yield from spot_votes(text.lead, "lead", lead, edges(text.lead_words))
    thinned = min(1.0, FULL_BODY / max(len(text.rest), 1)) ** 0.5
    yield from spot_votes("\n".join(HEADING.findall(text.rest)), "heading", PLACE["heading"])
    yield from spot_votes(text.rest, "body", PLACE["body"] * thinned)


def spot_votes(passage: str, spot: Spot, weight: float, cuts: frozenset[int] = frozenset()) -> Iterable[Vote]:
    """A cue said n times counts 1 + log2(n)/2; as an item of a list it counts less."""
    known, counts = index(), Counter[str]()
    passage = blank(VENUE, blank(SLOGAN, passage))
    lists = [found.span() for found in LIST.finditer(passage)] if spot != "title" else []
    for hit in known.words.find(passage, cuts):
        listed = any(start <= hit.at < end for start, end in lists)
        counts[hit.word] += LISTED if listed else 1.0  # type: ignore[assignment]  # a Counter of shares
    for word, times in counts.items():
        often = times if times < 1 else 1 + 0.5 * log2(times)
        for topic, cue in known.single.get(word, ()):
            if spot == "title" or not cue.title_only:
                yield Vote(topic, word, spot, cue.weight * weight * often)


def joint_votes(text: Text) -> Iterable[Vote]:
    """The votes of cues whose words must all stand in headline and lead."""
    title, head = (blank(SLOGAN, passage) for passage in (text.title, text.head))
    for topic, cue in index().joint:
        if all(word in head for word in cue.words):
            spot: Spot = "title" if all(word in title for word in cue.words) else "lead"
            yield Vote(topic, "&".join(cue.words), spot, cue.weight * PLACE[spot])


def context_votes(context: Iterable[str]) -> Iterable[Vote]:
    for word in context:
        for topic, cue in index().single.get(word, ()):
            yield Vote(topic, word, "lead", cue.weight * PLACE["lead"])


def score(votes: Iterable[Vote]) -> float:
    """Headline and lead count as they are; the body adds only so much."""
    head = sum(vote.points for vote in votes if vote.spot != "body")
    body = sum(vote.points for vote in votes if vote.spot == "body")
    return head + min(body, BODY_CAP)


def choose(
    order: Iterable[str], scores: Mapping[str, float], votes: Mapping[str, list[Vote]], text: Text
) -> list[str]:
    """The topics over the threshold that are not dwarfed by the best one and rest on more than hints."""
    passing = [t for t in order if scores[t] >= THRESHOLD and is_named(t, votes[t], text)]
    return [topic for topic in passing if scores[topic] >= RELATIVE * scores[passing[0]]][:MOST]


def is_named(topic: str, votes: Iterable[Vote], text: Text) -> bool:
    known = index()
    needs = known.needs.get(topic, ())
    strong = any(vote.cue in known.strong[topic] for vote in votes if vote.points > 0)
    return strong and (not needs or any(word in text.head for word in needs))


def evidence(
    topic: str, scores: Mapping[str, float], votes: Iterable[Vote], order: Iterable[str]
) -> Evidence:
    """The cues that spoke loudest, and who came next."""
    loudest = sorted(votes, key=lambda vote: -abs(vote.points))[:6]
    rivals = [other for other in order if other != topic and scores[other] > 0][:3]
    return Evidence(
        field="topics",
        value=topic,
        rule="; ".join(map(str, loudest)),
        place=loudest[0].spot,
        lost=tuple((other, f"{scores[other]:.1f}") for other in rivals),
    )
