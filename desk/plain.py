"""Text from the web made harmless for the place it is printed in."""

import re
from urllib.parse import quote, urlsplit

# Escape sequences, C0 and C1 but newline and tab, soft hyphens, zero-width and bidirectional marks, tags, lone
# surrogates and noncharacters: none can be read, each can break a terminal, a feed or a document.
UNSEEN = re.compile(
    "\x1b\\[[0-9;:?]{0,32}[A-Za-z]"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
BREAKS = re.compile("[\r\n\t\x0b\x0c\x85\u2028\u2029 ]+")
# A spreadsheet reads a cell that begins so as a formula; the wide forms are read so by East Asian editions.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")


def harmless(text: str) -> str:
    r"""Without any character that is not seen; lines stay.

    >>> harmless("工会\x1b[31m新闻\u202e\n第二行")
    '工会新闻\n第二行'
    >>> harmless("女职工：𠮷 ☂")
    '女职工：𠮷 ☂'
    """
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    r"""Harmless and on one line.

    >>> one_line("工会\n  gongwen: 假消息")
    '工会 gongwen: 假消息'
    """
    return UNSEEN.sub("", BREAKS.sub(" ", text)).strip()


def short(text: str, length: int) -> str:
    """On one line, at most so many characters, "…" where it was cut.

    >>> short("全国总工会", 4)
    '全国总…'
    """
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1] + "…"


def cell(text: str) -> str:
    r"""For a CSV that a spreadsheet may open: a leading ' keeps a formula a text.

    >>> cell('=HYPERLINK("http://spam.example")')
    '\'=HYPERLINK("http://spam.example")'
    >>> cell("全总")
    '全总'
    """
    line = harmless(text)
    return f"'{line}" if line.lstrip().startswith(FORMULA) else line


def markdown(text: str) -> str:
    r"""One line of Markdown that reads as the text itself.

    >>> markdown("*重磅*[点我](javascript:x)")
    '\\*重磅\\*\\[点我\\](javascript:x)'
    """
    return MARKDOWN.sub(r"\\\1", one_line(text))


def web_link(url: str) -> str:
    """The address where it is http or https, percent-encoded where it must be; "" for any other.

    >>> web_link("javascript:alert(1)"), web_link("https://union.example/工会?a=1&b=(2)")
    ('', 'https://union.example/%E5%B7%A5%E4%BC%9A?a=1&b=%282%29')
    """
    line = one_line(url)
    try:
        parts = urlsplit(line)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return ""
    return quote(line, safe="%/:=&?~#+!$,;@*[]-._", errors="ignore")
