"""A text made ready for tagging: one script, one punctuation, headline and lead apart from the rest."""

import re
from dataclasses import dataclass
from functools import cache

import opencc

from pipelines.segment import pieces

LEAD = 260  # characters; 80 of them already tell the region of nine articles in ten, later ones mislead
LONGEST = 20_000  # characters of body that are read; no story is longer, hostile pages are
LONGEST_TITLE = 300
FILLER = "＿"  # stands where a mask has hidden words, so that offsets hold
# Punctuation that mirrors fold to ASCII, and the full-width letters and digits that papers print.
PLAIN = str.maketrans(
    {
        ",": "，",
        ";": "；",
        ":": "：",
        "?": "？",
        "!": "！",
        "(": "（",
        ")": "）",
        "｡": "。",
        "\u3000": " ",
        "\xa0": " ",
    }
    | {chr(code): chr(code - 0xFEE0).lower() for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
    | dict.fromkeys("“”「」『』＂", '"')
    | dict.fromkeys("‘’", "'")
)
SENTENCE_END = re.compile(r"[。！？!?；;\n]")


@cache
def simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def plain(text: str) -> str:
    """The form that cues and names are written in: simplified, lower case, Chinese punctuation, straight quotes.

    >>> plain("總工會舉辦“送清凉”活動,覆蓋２００人")
    '总工会举办"送清凉"活动，覆盖200人'
    """
    return simplified(text).translate(PLAIN).lower()


@dataclass(frozen=True, slots=True)
class Text:
    """Headline, lead and the rest of a text, in their plain form; headline and lead also cut into words.

    `year` is 0 where no date is known.
    """

    title: str
    lead: str
    rest: str
    year: int = 0
    title_words: tuple[str, ...] = ()
    lead_words: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """Headline and lead, one line each."""
        return f"{self.title}\n{self.lead}"

    @property
    def body(self) -> str:
        return self.lead + self.rest

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.body}"


def simplified(text: str) -> str:
    """Simplified characters, punctuation as printed."""
    return str(simplifier().convert(text))


def read(title: str, body: str, published: str = "") -> Text:
    """Prepare a text; `published` is ISO 8601 or ""."""
    folded = plain(body[:LONGEST])
    cut = lead_end(folded)
    year = int(published[:4]) if re.match(r"\d{4}", published) else 0
    heading, lead = plain(title[:LONGEST_TITLE]).strip(), folded[:cut]
    return Text(heading, lead, folded[cut:], year, pieces(heading), pieces(lead))


def lead_end(body: str, limit: int = LEAD) -> int:
    """Where the lead ends: after the sentence that reaches `limit`, at most half as much again.

    >>> lead_end("一二三。四五六。七八九。", 6)
    8
    """
    if len(body) <= limit:
        return len(body)
    found = SENTENCE_END.search(body, limit - 1, limit + limit // 2)
    return found.end() if found else limit


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Hide what a pattern finds behind filler of the same length.

    >>> blank(re.compile("《[^》]{1,40}》"), "据《南京日报》报道")
    '据＿＿＿＿＿＿报道'
    """
    return pattern.sub(lambda found: FILLER * len(found[0]), text)
