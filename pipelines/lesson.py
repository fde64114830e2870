"""What an understood page teaches about its portal: lines that could be furniture, and where its template puts things."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from lxml import etree

from archive.article import Article
from archive.lesson import Layout, Lesson, Memory, Shown, Trial, Zone
from pipelines.chain import nodes, text_of
from pipelines.clean.echoes import key
from pipelines.clean.looks import STOP, look
from pipelines.clean.zones import NOTICE, is_signature
from pipelines.dates import read_date
from pipelines.extract import SURROUNDINGS, Reading, prose, selection
from pipelines.layout import BODY, Laid, body_lines
from pipelines.likeness import likeness
from pipelines.memory import can_be_known, familiar, number, place
from pipelines.parts import Line
from pipelines.verdict import LEAST_HAN

# Words of a site that speaks of itself, its rights or its readers' fingers, not of the news.
SPEAKS_OF_ITSELF = re.compile(
    r"声明|版权|著作权|转载|侵权|免责|本网|本站|本平台|本公众号|本号|本报(?:网|客户端|记者站)|小编|投稿|来稿|供稿|"
    r"关注我们|扫码|扫描|二维码|点击|订阅|下载|客户端|微信号|公众号|不代表|文责|责任自负|凡注明"
)
APART = (4, 0.3)  # different stories, and their share of the last ones
WITHIN = (4, 0.5)  # apart, but between the story's sentences
ITSELF = (4, 0.3)  # typed like the story, speaking of the site
TYPED = (
    10,
    0.8,
)  # typed like the story, speaking of anything: a sentence a union likes to end with stays longer
EDGE = 3  # story lines from an end that count as that end for what stands apart
RUN = 6  # the same for what is typed among the story's lines
MOST_SHOWN = 40
SIGNED = 100  # characters of the longest signature
AGREED = 0.9  # share of the story's prose that trafilatura must second, and that of other prose it must not
WORD = re.compile(
    r"[A-Za-z_][A-Za-z_-]*(?:\d{1,2}[A-Za-z_-]*)?"
)  # a name of a template; content_20261121 is not
STEPS = 5
LEFT = 0.2  # prose outside of a layout, as a share of that inside, from which a full reading is asked


@dataclass(frozen=True, slots=True)
class Taken:
    """A page as it was read: its tree, the reading that was trusted, and its lines laid out."""

    root: etree._Element
    reading: Reading
    laid: Laid


def has_more(reading: Reading, memory: Memory) -> bool:
    """Whether prose that nothing explains stands outside of what a layout selected, or hardly any inside."""
    assert reading.selected is not None
    known = familiar(reading.lines, memory).apart
    inside = beyond = 0.0
    for at, line in enumerate(reading.lines):
        weight = 0.0 if reading.hidden[at] else prose(line, "body")
        if reading.selected[at]:
            inside += weight
        elif weight and at not in known and is_story_like(line):
            beyond += weight
    return inside < LEAST_HAN or beyond > LEFT * inside


def is_story_like(line: Line) -> bool:
    """Whether a line is prose of no known kind, and its template does not call its place one for something else."""
    seen = look(line)
    return seen.prose and not seen.talk and not SURROUNDINGS.search(" ".join(line.path[-5:]))


def lesson(name: str, taken: Taken, article: Article, tried: Layout | None) -> Lesson:
    """What a page teaches the family `name`; `tried` is the layout that it puts to the test, if any."""
    trial, lost = judged(taken, article, tried) if tried else ("", ())
    return Lesson(
        family=name,
        text=blake2b(article.folded.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        shown=tuple(islice(shown(taken.laid, article.title), MOST_SHOWN)),
        seen=seen(taken, article),
        trial=trial,
        lost=lost,
    )


def shown(laid: Laid, title: str) -> Iterator[Shown]:
    """The lines of a page that could be furniture, each with the evidence that it takes."""
    story = body_lines(laid)
    home = home_of(laid, story)
    notice = bool(NOTICE.search(likeness(title)))
    order = {at: rank for rank, at in enumerate(story)}
    for at, (line, label) in enumerate(zip(laid.lines, laid.labels, strict=True)):
        if label not in (*BODY, "outside") or not can_be_known(line) or not prose(line, "body"):
            continue
        rank = order.get(at, -1 if story and at < story[0] else len(story))
        itself = bool(SPEAKS_OF_ITSELF.search(likeness(line.text)))
        where = Where(rank, len(story), apart=place(line) != home, itself=itself, notice=notice)
        if label == "heading" and not itself:
            continue
        if (zone := where.zone) and (need := where.need(line.text)) and not is_addressed_or_signed(line):
            folded = key(line.text)
            named = number(folded, place(line)) if zone == "apart" else number(folded)
            yield Shown(named, zone, *need, line.text)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a line stands: which of how many lines of the story, and in what company."""

    rank: int
    of: int
    apart: bool
    itself: bool
    notice: bool

    @property
    def zone(self) -> Zone | None:
        """Apart, or the end of the story that is nearer; None for what is typed in its middle."""
        before, behind = self.rank, self.of - 1 - self.rank
        if self.apart:
            return "apart"
        if behind <= min(before, RUN - 1):
            return "tail"
        return "head" if before < RUN else None

    def need(self, text: str) -> tuple[int, float] | None:
        """The evidence it takes, None for what is never furniture: what notices always say, and how stories open."""
        if self.apart:
            return WITHIN if EDGE <= self.rank < self.of - EDGE else APART
        if self.notice:
            return None
        if self.itself:
            return ITSELF
        return TYPED if self.zone == "tail" and STOP.search(likeness(text)) else None


def is_addressed_or_signed(line: Line) -> bool:
    """Whether a line calls upon its readers or signs a notice: the same unions do so again and again."""
    if line.text.rstrip().endswith(("：", ":")):
        return True
    return len(line.text) <= SIGNED and is_signature(look(line))


def home_of(laid: Laid, story: Sequence[int]) -> tuple[str, ...]:
    """The place where most of the story stands."""
    weight: Counter[tuple[str, ...]] = Counter()
    for at in story:
        weight[place(laid.lines[at])] += len(laid.lines[at].text)
    return weight.most_common(1)[0][0] if weight else ()


def seen(taken: Taken, article: Article) -> Layout | None:
    """Where story, title and date stand, None unless the page is clean, entitled, and all readings agree."""
    reading, laid = taken.reading, taken.laid
    if article.verdict != "clean" or not article.title or reading.selected is not None:
        return None
    if not agreed(reading, laid):
        return None
    held = [reading.elements[laid.places[at]] for at in body_lines(laid) if prose(laid.lines[at], "body")]
    body = chain_to(taken.root, enclosing(held))
    if not body:
        return None
    titles = [at for at, line in enumerate(laid.lines) if line.text == article.title]
    dates = [
        at
        for at, label in enumerate(laid.labels)
        if label == "byline" and tells(laid.lines[at].text, article)
    ]
    return Layout(body, place_of(taken, titles), place_of(taken, dates))


def agreed(reading: Reading, laid: Laid) -> bool:
    """Whether trafilatura takes the same prose for the story."""
    kept = {laid.places[at] for at in body_lines(laid)}
    weights: Mapping[int, float] = {
        laid.places[at]: prose(line, "body" if label in BODY else label)
        for at, (line, label) in enumerate(zip(laid.lines, laid.labels, strict=True))
    }
    inside = sum(weights[at] for at in kept)
    both = sum(weights[at] for at in kept if reading.seconded[at])
    beyond = sum(weight for at, weight in weights.items() if at not in kept and reading.seconded[at])
    return inside > 0 and both >= AGREED * inside and beyond <= (1 - AGREED) * inside


def tells(text: str, article: Article) -> bool:
    """Whether a line says the day of publication."""
    found = read_date(text)
    return bool(article.published and found and found.day and article.published.startswith(found.day))


def place_of(taken: Taken, lines: Sequence[int]) -> str:
    """The entry that selects the first of these lines that has a place of its own, "" where none has."""
    chains = (chain_to(taken.root, taken.reading.elements[taken.laid.places[at]]) for at in lines)
    return next(filter(None, chains), "")


def enclosing(elements: Sequence[etree._Element]) -> etree._Element | None:
    """The innermost element that holds them all; a single paragraph is no container."""
    if not elements:
        return None
    shared = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        held = {element, *element.iterancestors()}
        shared = [node for node in shared if node in held]
    return next((node for node in shared if node.tag not in ("p", "li", "blockquote")), None)


def chain_to(root: etree._Element, element: etree._Element | None) -> str:
    """An entry "css:…" that selects this element and no other, by names and never by positions; "" if none does."""
    steps: list[str] = []
    for node in [] if element is None else [element, *element.iterancestors()][:STEPS]:
        if not isinstance(node.tag, str) or node.tag in ("html", "body"):
            break
        steps.insert(0, step_to(node))
        entry = "css:" + " > ".join(steps)
        if re.search(r"[#.]|h1", entry) and len(nodes(root, entry)) == 1:
            return entry
    return ""


def step_to(element: etree._Element) -> str:
    """An element by its tag, its id or at most two classes; names with long numbers in them belong to one page."""
    identity = element.get("id") or ""
    if WORD.fullmatch(identity):
        return f"{element.tag}#{identity}"
    classes = [name for name in (element.get("class") or "")[:120].split() if WORD.fullmatch(name)]
    return "".join([str(element.tag), *(f".{name}" for name in classes[:2])])


def judged(taken: Taken, article: Article, layout: Layout) -> tuple[Trial, tuple[str, ...]]:
    """Whether a layout would have found the story that was found without it, and which fields it has wrong."""
    root, reading, laid = taken.root, taken.reading, taken.laid
    if reading.selected is not None:  # the layout itself led the reading, and what it found was sound
        return "held", ()
    chosen = set(selection(root, (layout.body,)))
    inside = {
        at
        for at, element in enumerate(reading.elements)
        if element in chosen or any(node in chosen for node in element.iterancestors())
    }
    kept = {laid.places[at] for at in body_lines(laid)}
    strange = [
        at
        for at, (line, label) in enumerate(zip(laid.lines, laid.labels, strict=True))
        if label == "outside" and prose(line, "body") and laid.places[at] in inside
    ]
    wrong = (
        ("title", layout.title and words_at(root, layout.title) != [article.title]),
        ("date", layout.date and not any(tells(text, article) for text in words_at(root, layout.date))),
    )
    held = bool(kept) and kept <= inside and not strange
    return ("held" if held else "failed"), tuple(name for name, is_wrong in wrong if is_wrong)


def words_at(root: etree._Element, entry: str) -> list[str]:
    return [text for node in nodes(root, entry) if (text := text_of(node))]
