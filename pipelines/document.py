"""A page's tree, and its visible text as blocks in reading order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree, html

from pipelines.parts import Line, Piece

# Characters that XML cannot hold and libxml2 would stumble over; mirrors insert \x05–\x08.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
XML_DECLARATION = re.compile(r"^\s{0,200}<\?xml[^>]{0,200}\?>")
SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# A line break in the source between two Han characters is no space a reader sees.
WRAPPED = re.compile(
    r"(?<=[\u3400-\u9fff\u3001-\u303f\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3400-\u9fff\u3001-\u303f\uff00-\uffef])"
)
EDGE = " \t\r\n\f\xa0\u3000\u2002\u2003\ufeff\u200b"

INVISIBLE = frozenset(
    "script style noscript template head title meta link iframe object embed applet svg math canvas audio video map "
    "select option datalist textarea input frameset frame noframes param source track".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q rp rt ruby s samp "
    "small span st1 strike strong sub sup time tt u var wbr".split()
)
ONE_LINE = frozenset("h1 h2 h3 h4 h5 h6".split())
PIECED = (
    160  # characters of the longest line whose inline elements are kept: longer ones are told, not stamped
)
PIECES = 24
DEPTH = (
    8  # inline elements inside each other that are kept: a page of ten thousand must not cost their product
)
CLOSING = 3  # characters of brackets and blanks that may follow the last link of a paragraph
HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of visible text and the element it stands in; `hidden` where a style hides it from readers."""

    line: Line
    element: etree._Element
    hidden: bool = False


def parse(text: str) -> etree._Element | None:
    """The tree of a page, comments kept (some sites mark the body by them); None where there is no markup at all."""
    clean = NOT_XML.sub("", XML_DECLARATION.sub("", text))
    if not clean.strip():
        return None
    parser = html.HTMLParser(
        encoding="utf-8", remove_pis=True, no_network=True
    )  # trafilatura wants its elements
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def tidy(text: str) -> str:
    r"""White space as a reader sees it: one space, none at the edges, none where only the source was wrapped.

    >>> tidy("　　全国\n  总工会 \n 12351 ")
    '全国总工会 12351'
    """
    if "\n" in text or "\r" in text:
        text = WRAPPED.sub("", text)
    return SPACE.sub(" ", text).strip(EDGE)


def name_of(element: etree._Element) -> str:
    """An element as css would name it: "div#main.article"."""
    identity, classes = element.get("id"), element.get("class")
    if not identity and not classes:
        return str(element.tag)
    parts = [str(element.tag)]
    if identity:
        parts.append(f"#{identity[:60]}")
    parts += [f".{name}" for name in (classes or "")[:120].split()[:4]]
    return "".join(parts)


def is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (style is not None and bool(HIDDEN_STYLE.search(style[:500]))) or element.get("hidden") is not None


def located(text: str, spans: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    """Where inline elements stand in a line; each is looked for from where the last one of its own depth ended.

    >>> located("棱镜2019-09-23", [("span.a_source", "棱镜 "), ("span.a_time", "2019-09-23")])
    (Piece(name='span.a_source', start=0, end=2), Piece(name='span.a_time', start=2, end=12))
    """
    pieces: list[Piece] = []
    for name, raw in spans:
        inner = tidy(raw)
        inside = [piece.start for piece in pieces if piece.name.startswith(f"{name}/")]
        begin = max((piece.end for piece in pieces if not piece.name.startswith(f"{name}/")), default=0)
        at = text.find(inner, min([begin, *inside])) if inner else -1
        if at >= 0:
            pieces.append(Piece(name, at, at + len(inner)))
    return tuple(sorted(pieces, key=lambda piece: (piece.start, -piece.end)))


def last_link(text: str, spans: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    """The link that ends a paragraph, or stands before its last bracket; of a long line nothing else is kept."""
    found = [(name, tidy(raw)) for name, raw in spans[-4:] if re.search(r"(?:^|/)a(?=$|[./#])", name)]
    for name, inner in found:
        at = text.rfind(inner) if inner else -1
        if at >= 0 and len(text) - at - len(inner) <= CLOSING:
            return (Piece(name, at, at + len(inner)),)
    return ()


@dataclass(slots=True)
class _Walk:
    """A walk through the tree: the open elements, and the pieces of the block being read."""

    owners: list[etree._Element]
    paths: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    hidden: int = 0
    hiding: list[bool] = field(default_factory=list)  # which open elements hide their text
    headings: int = 0
    inline: list[tuple[str, int]] = field(default_factory=list)  # open inline elements and where they began
    spans: list[tuple[str, str]] = field(default_factory=list)  # closed ones of the line, name and text
    found: list[Block] = field(default_factory=list)

    def take(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text.strip(EDGE))

    def flush(self) -> None:
        if not self.pieces:
            return
        raw = "".join(self.pieces)
        if raw.strip(EDGE):  # most of what stands between two tags is the source's own indentation
            text = tidy(raw)
            owner = self.owners[-1]
            share = round(min(1.0, self.linked / len(text)), 2)
            inner = located(text, self.spans) if len(text) <= PIECED else last_link(text, self.spans)
            self.found.append(
                Block(Line(text, str(owner.tag), self.paths[-1], share, inner), owner, self.hidden > 0)
            )
        self.pieces, self.linked, self.spans = [], 0, []
        self.inline = [(name, 0) for name, _ in self.inline]

    def enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        self.hiding.append(is_hidden(element))
        self.hidden += self.hiding[-1]
        if tag == "br":
            self.break_line()
        elif tag not in INLINE:
            self.flush()
            self.owners.append(element)
            self.paths.append((*self.paths[-1], name_of(element)))
            self.headings += tag in ONE_LINE
        else:
            self.inline.append((name_of(element), len(self.pieces)))
        self.links += tag == "a"
        self.take(element.text)

    def leave(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag != "br" and tag not in INLINE:
            self.flush()
            self.owners.pop()
            self.paths.pop()
            self.headings -= tag in ONE_LINE
        elif tag != "br" and self.inline:
            self.close()
        self.links -= tag == "a"
        self.hidden -= self.hiding.pop()

    def close(self) -> None:
        """The inline element that was opened last ends here."""
        _, start = self.inline[-1]
        if len(self.pieces) > start and len(self.inline) <= DEPTH:
            del self.spans[: len(self.spans) - PIECES + 1]
            self.spans.append(("/".join(each for each, _ in self.inline), "".join(self.pieces[start:])))
        self.inline.pop()

    def break_line(self) -> None:
        """A break parts two paragraphs, but not the two lines of a headline."""
        if self.headings:
            self.take(" ")
        else:
            self.flush()


def blocks(root: etree._Element) -> list[Block]:
    """Every block of text of the page, in reading order; scripts, styles and form fields are not text."""
    walk = _Walk([root])
    events = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in events:
        if event == "comment":
            walk.take(element.tail)
        elif event == "start":
            if element.tag in INVISIBLE:
                events.skip_subtree()
            else:
                walk.enter(element)
        else:
            if element.tag not in INVISIBLE:
                walk.leave(element)
            walk.take(element.tail)
    walk.flush()
    return walk.found
