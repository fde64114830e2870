"""A text made ready for tagging: one script, one punctuation, headline and lead apart from the rest."""

import re
from dataclasses import dataclass
from functools import cache

import opencc

LEAD = 260  # characters; 80 of them already tell the region of nine articles in ten, later ones mislead
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
# 本报讯 …, 新华社北京1月2日电 …, 中工网记者 …: who sends the story from where.
DATELINE = re.compile(
    r"^[ 　]{0,4}(?:[（(【]?[\u4e00-\u9fff—\-－·《》\"]{2,16}(?:讯|消息|电)[）)】]?|[\u4e00-\u9fff]{2,12}\d{1,2}月\d{1,2}日电)"
    r"[ 　]{0,2}(?:[（(](?:[^（）()\n]{0,40})[）)])?[:：]?"
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
    return str(simplifier().convert(text)).translate(PLAIN).lower()


@dataclass(frozen=True, slots=True)
class Text:
    """Headline, lead and the rest of a text, in their plain form. `year` is 0 where no date is known."""

    title: str
    lead: str
    rest: str
    year: int = 0

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


def read(title: str, body: str, published: str = "") -> Text:
    """Prepare a text; `published` is ISO 8601 or ""."""
    folded = plain(body)
    cut = lead_end(folded)
    year = int(published[:4]) if re.match(r"\d{4}", published) else 0
    return Text(plain(title).strip(), folded[:cut], folded[cut:], year)


def lead_end(body: str, limit: int = LEAD) -> int:
    """Where the lead ends: after the sentence that reaches `limit`, at most half as much again.

    >>> lead_end("一二三。四五六。七八九。", 5)
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
