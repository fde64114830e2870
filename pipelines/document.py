"""A page's tree, and its visible text as blocks in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from pipelines.parts import Line

# Characters that XML cannot hold and libxml2 would stumble over; mirrors insert \x05–\x08.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
XML_DECLARATION = re.compile(r"^\s{0,200}<\?xml[^>]{0,200}\?>")
SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# A line break in the source between two Han characters is no space a reader sees.
WRAPPED = re.compile(r"(?<=[\u3400-\u9fff\u3001-\u303f\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3400-\u9fff\u3001-\u303f\uff00-\uffef])")
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
HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of visible text and the element it stands in; `hidden` where a style hides it from readers."""

    line: Line
    element: etree._Element
    hidden: bool = False


@dataclass(slots=True)
class _Open:
    """The block being read: pieces of text, how much of it is linked, and since which element."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0


def parse(text: str) -> etree._Element | None:
    """The tree of a page, comments kept (some sites mark the body by them); None where there is no markup at all."""
    clean = NOT_XML.sub("", XML_DECLARATION.sub("", text))
    if not clean.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, no_network=True)  # trafilatura wants its elements
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def tidy(text: str) -> str:
    """White space as a reader sees it: one space, none at the edges, none where only the source was wrapped.

    >>> tidy("　　全国\\n  总工会 \\n 12351 ")
    '全国总工会 12351'
    """
    return SPACE.sub(" ", WRAPPED.sub("", text)).strip(EDGE)


def name_of(element: etree._Element) -> str:
    """An element as css would name it: "div#main.article"."""
    identity, classes = element.get("id"), element.get("class")
    parts = [str(element.tag)]
    if identity:
        parts.append(f"#{identity[:60]}")
    parts += [f".{name}" for name in (classes or "")[:120].split()[:4]]
    return "".join(parts)


def is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (style is not None and bool(HIDDEN_STYLE.search(style[:500]))) or element.get("hidden") is not None


def blocks(root: etree._Element) -> Iterator[Block]:
    """Every block of text of the page, in reading order; scripts, styles and form fields are not text."""
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    names: list[str] = []
    owners: list[etree._Element] = [root]  # the open block elements, innermost last
    paths: list[tuple[str, ...]] = [()]
    current = _Open()
    links = hidden = headings = 0

    def flush() -> Iterator[Block]:
        nonlocal current
        text = tidy("".join(current.pieces))
        if text:
            owner = owners[-1]
            share = min(1.0, current.linked / len(text))
            yield Block(Line(text, str(owner.tag), paths[-1], round(share, 2)), owner, hidden > 0)
        current = _Open()

    def take(text: str | None) -> None:
        if text:
            current.pieces.append(text)
            if links:
                current.linked += len(text.strip(EDGE))

    for event, element in walk:
        tag = element.tag
        if event == "comment" or not isinstance(tag, str):
            if event != "end":
                take(element.tail)
            continue
        if event == "start":
            if tag in INVISIBLE:
                walk.skip_subtree()
                continue
            names.append(name_of(element))
            hidden += is_hidden(element)
            if tag == "br":
                if headings:
                    take(" ")
                else:
                    yield from flush()
            elif tag not in INLINE:
                yield from flush()
                owners.append(element)
                paths.append((*paths[-1], names[-1]))
                headings += tag in ONE_LINE
            links += tag == "a"
            take(element.text)
            continue
        if tag not in INVISIBLE:
            names.pop()
            if tag != "br" and tag not in INLINE:
                yield from flush()
                owners.pop()
                paths.pop()
                headings -= tag in ONE_LINE
            links -= tag == "a"
            hidden -= is_hidden(element)
        take(element.tail)
    yield from flush()
