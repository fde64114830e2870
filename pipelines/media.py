"""What a story shows and hands out: its images with their captions, and the files attached to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from archive.article import Attachment, Image
from pipelines.chain import text_of
from pipelines.layout import body_lines
from pipelines.lesson import Taken

MOST = 40  # images or files; a gallery of more is a flood
LONGEST = 2000  # characters of an address
# Where templates that load images late put their addresses, the true one first.
SOURCES = ("data-original", "data-src", "original-src", "data-lazy-src", "data-echo", "_src", "src")
SMALL = 60  # pixels; a smaller image is a button
DECORATION = re.compile(
    r"(?:^|[/_.-])(?:icons?|logo|qrcode|ewm|erweima|blank|spacer|loading|avatar|share|weixin|wechat|btn|button|arrow|dot|close|emoji|"
    r"face|smile|border|line|pixel|transparent|placeholder|lazyload|grey|touxiang|favicon|space|none)\d{0,3}(?=[/_.-]|$)|\.svg$",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|wps|et|ofd|csv|rtf)$", re.IGNORECASE)
# VSB and other systems hand files out by a programme: /system/_content/download.jsp?urltype=…&wbfileid=…
HANDED = re.compile(
    r"download\.(?:jsp|aspx?|php|do)$|/(?:attach(?:ment)?|download|fileDownload)(?:/|$)", re.IGNORECASE
)
# Every link that FILE or HANDED finds, and some more: most others are known by it alone.
MAYBE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|wps|et|ofd|csv|rtf)|download|attach", re.IGNORECASE
)
ATTACHED = re.compile(r"附件|下载|表格|样表|[（(]?(?:PDF|DOC|XLS)", re.IGNORECASE)
AROUND = 2  # elements above the story in which its attachments may stand
CAPTION = 200


def media(taken: Taken, address: str) -> tuple[tuple[Image, ...], tuple[Attachment, ...]]:
    """Images and files of the story that was taken from a page at `address`; () where no story was found."""
    home = container(taken)
    if home is None:
        return (), ()
    declared = next((href for node in taken.root.iter("base") if (href := node.get("href"))), "")
    base = joined(address, declared) or address
    above = [node for node in home.iterancestors() if node.tag not in ("body", "html")][:AROUND]
    wider = above[-1] if above else home
    return tuple(images(home, captions(taken), base)), tuple(attachments(home, wider, base))


def container(taken: Taken) -> etree._Element | None:
    """The innermost element around all lines of the story; of a single paragraph the element around it."""
    elements = [taken.reading.elements[taken.laid.places[at]] for at in body_lines(taken.laid)]
    if not elements:
        return None
    first = [elements[0], *elements[0].iterancestors()]
    above = {node: level for level, node in enumerate(first)}
    level = 0
    for element in dict.fromkeys(elements):
        level = max(level, next(above[node] for node in [element, *element.iterancestors()] if node in above))
    node = first[level]
    return first[level + 1] if node.tag == "p" and level + 1 < len(first) else node


def captions(taken: Taken) -> dict[etree._Element, tuple[bool, str]]:
    """The text of every element that holds a line, and whether it is a caption."""
    held: dict[etree._Element, tuple[bool, str]] = {}
    for place, label, line in zip(taken.laid.places, taken.laid.labels, taken.laid.lines, strict=True):
        held.setdefault(taken.reading.elements[place], (label == "caption", line.text))
    return held


def images(
    home: etree._Element, lines: Mapping[etree._Element, tuple[bool, str]], base: str
) -> Iterator[Image]:
    """The story's images in their order; a caption stands in the image's own element, or on the next line."""
    waiting: Image | None = None
    seen: set[str] = set()
    for node in home.iter(etree.Element):
        if waiting and node in lines:
            yield replace(waiting, caption=waiting.caption or told(lines[node]))
            waiting = None
        if node.tag != "img" or (url := source(node, base)) is None or url in seen:
            continue
        if waiting:
            yield waiting
        seen.add(url)
        waiting = Image(url, own_caption(node, lines))
        if len(seen) >= MOST:
            break
    if waiting:
        yield waiting


def told(line: tuple[bool, str]) -> str:
    is_caption, text = line
    return text[:CAPTION] if is_caption else ""


def own_caption(node: etree._Element, lines: Mapping[etree._Element, tuple[bool, str]]) -> str:
    """What the element around an image says of it: its caption line, its <figcaption>."""
    for above in list(node.iterancestors())[:3]:
        if above in lines:
            return told(lines[above])
        if above.tag == "figure":
            return next((text_of(each)[:CAPTION] for each in above.iter("figcaption")), "")
    return ""


def source(node: etree._Element, base: str) -> str | None:
    """The address of an image, None for buttons, codes and counters."""
    if any(is_small(node.get(side)) for side in ("width", "height")):
        return None
    for name in SOURCES:
        url = joined(base, node.get(name) or "")
        if url and not DECORATION.search(urlsplit(url).path):
            return url
    return None


def is_small(size: str | None) -> bool:
    """Whether a width or height says that an image is a button.

    >>> is_small("16"), is_small("640px"), is_small("100%")
    (True, False, False)
    """
    number = re.fullmatch(r"\s*(\d{1,5})(?:px)?\s*", size or "")
    return bool(number) and int(number[1]) < SMALL if number else False


def attachments(home: etree._Element, wider: etree._Element, base: str) -> Iterator[Attachment]:
    """Files that the story links to, and files called attachments that stand just outside of it."""
    inside = set(home.iter(etree.Element))
    found: dict[str, str] = {}
    for node in wider.iter("a"):
        href = node.get("href") or ""
        url = joined(base, href) if MAYBE.search(href) else ""
        if not url or len(found) >= MOST:
            continue
        text = text_of(node)
        if is_file(url, text) and (node in inside or ATTACHED.search(f"{before(node)}{text}")):
            found.setdefault(url, text[:CAPTION] or file_name(url))
    return (Attachment(url, title) for url, title in found.items())


def is_file(url: str, text: str) -> bool:
    """Whether a link leads to a document: by its address, or by what it is called.

    >>> is_file("https://union.example/W020261101.pdf", ""), is_file("https://union.example/1.html", "通知")
    (True, False)
    """
    path = urlsplit(url).path
    return bool(
        FILE.search(path)
        or (HANDED.search(path) and (FILE.search(text.strip("》)） ")) or ATTACHED.search(text)))
    )


def before(node: etree._Element) -> str:
    """The words just before a link (附件1：)."""
    previous, parent = node.getprevious(), node.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (text or "")[-20:]


def file_name(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])[:CAPTION]


def joined(base: str, address: str) -> str:
    """An absolute address of the web, "" for anything else.

    >>> joined("https://union.example/a/1.html", "./W02.jpg"), joined("https://union.example/", "javascript:void(0)")
    ('https://union.example/a/W02.jpg', '')
    """
    plain = re.sub(r"[\x00-\x20\x7f]", "", address[:LONGEST])
    if not plain or plain.startswith("#"):
        return ""
    try:
        url = urljoin(base, plain)
        parts = urlsplit(url)
    except ValueError:  # an address that no library understands leads nowhere
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc and len(url) <= LONGEST else ""
