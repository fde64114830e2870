"""A page's visible lines, what each reading takes for the story, and the candidates for its fields.

A body is never new text: it is a choice among the page's own lines, so what is left out can always be named. Three
readings choose: the portal's selectors, trafilatura, and the page's layout (where prose is dense, after the title,
away from lists of links). What they agree on is the story.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml import etree

from pipelines.chain import between_comments, chain, declared, joined, nodes, text_of
from pipelines.document import Block, blocks
from pipelines.parts import Candidate, Label, Line
from seeds.portal import Extract

SPACES = re.compile(r"\s+")
HAN = re.compile(r"[\u3400-\u9fff]")
STOPS = re.compile("[。！？；，：、“”,!?;]")
# Class and id names that templates give to what surrounds a story.
SURROUNDINGS = re.compile(
    "recommend|relat|comment|footer|sidebar|aside|breadcrumb|crumb|share|rank|copyright|tuijian|xgxw|pinglun|menu|"
    "login|banner|advert|guess|popup|toolbar|qrcode",
    re.IGNORECASE,
)
# Labels whose lines never count for a story, however much they look like prose.
FURNITURE: frozenset[Label] = frozenset(
    {
        "navigation", "breadcrumb", "copyright", "disclaimer", "licence", "contact", "share", "related", "comments",
        "keywords", "self-url", "app-tail", "advertisement", "spam", "hidden", "interface", "repeated", "byline", "editor",
    }
)  # fmt: skip
PROSE_CAP = 400  # Han characters of one line that count: one long disclaimer must not outweigh a story
DISSENT = 0.35  # what a line is worth that trafilatura left out
DECAY = 500.0  # characters of furniture after the title that make prose e times less likely to be the story
PARAGRAPHS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
NEAR = 5000  # characters behind the last line found where the next one is looked for first
HUGE = 100_000  # in longer texts a line is looked for nowhere else: 46,000 lines in 1 MB would take seven seconds
HEADLINE = (
    36  # characters of the longest headline inside a digest, and of the shortest paragraph that it announces
)
ANNOUNCED = 0.4  # share of its pairs of characters that the paragraph repeats
GRACE = 80.0  # characters of byline and share bar that cost nothing
DESCEND = 0.62  # a child holding this share of the story's weight is the better container


@dataclass(frozen=True, slots=True)
class Reading:
    """A page taken apart.

    `seconded` says which lines trafilatura takes for the story (all, where it was not asked);
    `selected` which lines the portal's body selector holds, None where no selector applied; `dropped` which lines its
    remove list names. `elements` and `hidden` stand beside `lines`.
    """

    lines: tuple[Line, ...]
    elements: tuple[etree._Element, ...]
    hidden: tuple[bool, ...]
    seconded: tuple[bool, ...]
    selected: tuple[bool, ...] | None
    dropped: tuple[bool, ...]
    candidates: tuple[Candidate, ...]


def squeezed(text: str) -> str:
    return SPACES.sub("", text)


def read(root: etree._Element, extract: Extract | None = None) -> Reading:
    """Take a page apart by the portal's chains; without them trafilatura is asked."""
    plan = extract or Extract()
    found: list[Block] = list(blocks(root))
    elements = tuple(block.element for block in found)
    selected = within(found, selection(root, plan.body))
    removed = within(found, [node for entry in plan.remove for node in nodes(root, entry)])
    return Reading(
        lines=tuple(block.line for block in found),
        elements=elements,
        hidden=tuple(block.hidden for block in found),
        seconded=(True,) * len(found) if selected else seconded(root, found),
        selected=selected,
        dropped=removed or (False,) * len(found),
        candidates=tuple(candidates(root, plan)),
    )


def candidates(root: etree._Element, plan: Extract) -> list[Candidate]:
    """Every field candidate that markup gives, the portal's chains first."""
    return [
        *chain(root, "title", plan.title),
        *chain(root, "subtitle", plan.subtitle),
        *chain(root, "kicker", plan.kicker),
        *joined(root, plan.join_date),
        *chain(root, "published", plan.date),
        *chain(root, "source", plan.source),
        *chain(root, "author", plan.author),
        *chain(root, "editor", plan.editor),
        *chain(root, "channel", plan.channel),
        *declared(root),
    ]


def selection(root: etree._Element, entries: Sequence[str]) -> list[etree._Element]:
    """The elements of the first entry that selects any text."""
    for entry in entries:
        kind, _, name = entry.partition(":")
        found = between_comments(root, name) if kind == "comment" else nodes(root, entry)
        elements = [node for node in found if isinstance(node, etree._Element)]
        if any(text_of(element) for element in elements):
            return elements
    return []


def within(found: Sequence[Block], elements: Sequence[etree._Element]) -> tuple[bool, ...] | None:
    """Which blocks stand inside any of the elements; None where there are no elements."""
    if not elements:
        return None
    roots = set(elements)
    return tuple(
        block.element in roots or any(parent in roots for parent in block.element.iterancestors())
        for block in found
    )


def seconded(root: etree._Element, found: Sequence[Block]) -> tuple[bool, ...]:
    """Which blocks trafilatura takes for the story.

    Its fast mode on our own tree says the same of every block as its full mode on the bytes (36 of 36 pages) in 0.6 of
    the time.
    """
    tree = deepcopy(root)  # trafilatura prunes what it is given
    etree.strip_elements(tree, etree.Comment, "script", "style", "noscript", with_tail=False)
    agreed = squeezed(trafilatura.extract(tree, include_comments=False, fast=True) or "")
    return stand_in([squeezed(block.line.text) for block in found], agreed)


def stand_in(lines: Sequence[str], text: str) -> tuple[bool, ...]:
    """Which lines of more than three characters stand in a text; in a huge one only where the order says.

    >>> stand_in(["工会送清凉", "首页", "送清凉到工地"], "各级工会送清凉到工地")
    (True, False, True)
    """
    out: list[bool] = []
    reached = 0
    for line in lines:
        at = text.find(line, reached, reached + NEAR) if len(line) > 3 else -1
        reached = max(reached, at)
        out.append(at >= 0 or (len(line) > 3 and len(text) <= HUGE and line in text))
    return tuple(out)


def prose(line: Line, label: Label) -> float:
    """How much running text a line holds: its Han characters outside links, none where it has no sentence in it.

    >>> prose(Line("首页"), "body"), prose(Line("全国总工会今天召开会议，部署送温暖。"), "body")
    (0.0, 16.0)
    """
    if label in FURNITURE or line.linked > 0.5:
        return 0.0
    if not STOPS.search(line.text) and len(line.text) < 40:
        return 0.0
    return min(len(HAN.findall(line.text)), PROSE_CAP) * (1 - line.linked)


def weights(
    reading: Reading, lines: Sequence[Line], labels: Sequence[Label], title_at: int | None
) -> list[float]:
    """What each line says for (or, below zero, against) its container being the story's."""
    out: list[float] = []
    passed, closed = 0.0, False
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        after = title_at is None or at > title_at
        if title_at is not None and after and line.tag == "h1" and len(line.text) > 8:
            closed = closed or squeezed(line.text) != squeezed(lines[title_at].text)
        worth = 0.0 if reading.hidden[at] else prose(line, label)
        if not worth:
            passed += min(len(line.text), 40) if after and not reading.hidden[at] else 0
            out.append(
                0.0 if reading.hidden[at] else -(min(len(line.text), 60) * 0.5 if line.linked > 0.5 else 3.0)
            )
            continue
        worth *= math.exp(-max(0.0, passed - GRACE) / DECAY) if after and title_at is not None else 1.0
        worth *= 1.0 if after else 0.3
        worth *= 0.4 if SURROUNDINGS.search(" ".join(line.path[-5:])) else 1.0
        worth *= 0.1 if closed else 1.0
        out.append(worth * (1.0 if reading.seconded[at] else DISSENT))
    return out


def container(reading: Reading, worth: Sequence[float]) -> etree._Element | None:
    """The element that holds the story: the heaviest one, then down while one child holds most of its prose."""
    total: dict[etree._Element, float] = defaultdict(float)
    gain: dict[etree._Element, float] = defaultdict(float)
    depth: dict[etree._Element, int] = {}
    above: dict[etree._Element, list[etree._Element]] = {}
    for element, weight in zip(reading.elements, worth, strict=True):
        if element not in above:
            above[element] = [element, *element.iterancestors()]
        chain_up = above[element]
        for level, node in enumerate(chain_up):
            total[node] += weight
            gain[node] += max(weight, 0.0)
            depth[node] = len(chain_up) - level
    if not gain or max(gain.values()) <= 0:
        return None
    node = max(total, key=lambda element: (total[element], depth[element]))
    while children := [child for child in node if child in gain and child.tag not in PARAGRAPHS]:
        heaviest = max(children, key=lambda child: gain[child])
        if gain[heaviest] < DESCEND * gain[node]:
            break
        node = heaviest
    return node


def story(
    reading: Reading, lines: Sequence[Line], labels: Sequence[Label], title_at: int | None
) -> tuple[bool, ...]:
    """Which lines stand in the story's container: all False where no line of prose does."""
    if reading.selected is not None:
        inside = list(reading.selected)
    else:
        node = container(reading, weights(reading, lines, labels, title_at))
        held = set() if node is None else set(node.iter())
        inside = [one in held for one in reading.elements]
    free = [chosen and not reading.hidden[at] and not reading.dropped[at] for at, chosen in enumerate(inside)]
    announced = announcements(lines, free)
    return tuple(chosen and (lines[at].linked < 0.6 or at in announced) for at, chosen in enumerate(free))


def announcements(lines: Sequence[Line], inside: Sequence[bool]) -> frozenset[int]:
    """Linked lines that are the headlines of a digest: each says what the paragraph after it tells, and they are several."""
    found = [
        at
        for at in range(len(lines) - 1)
        if inside[at] and inside[at + 1] and lines[at].linked >= 0.6 and announces(lines[at], lines[at + 1])
    ]
    return frozenset(found) if len(found) > 1 else frozenset()


def announces(headline: Line, paragraph: Line) -> bool:
    """Whether a headline's pairs of characters stand in the paragraph.

    >>> announces(Line("工会：送清凉活动启动"), Line("市总工会今天启动送清凉活动，走访一线职工，要求各级工会深入基层开展慰问。"))
    True
    """
    if not 6 <= len(headline.text) <= HEADLINE or paragraph.linked > 0.2 or not STOPS.search(paragraph.text):
        return False
    words = re.sub(r"\W", "", headline.text)
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    told = sum(pair in paragraph.text for pair in pairs)
    return len(paragraph.text) >= HEADLINE and bool(pairs) and told >= ANNOUNCED * len(pairs)
