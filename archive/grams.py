"""How folded text becomes tokens of the search index: every pair of neighbouring characters."""

from dataclasses import dataclass

END = "\u2029"  # stands after the last character of a line, so that every character begins a token
# FTS5's ascii tokenizer splits at ASCII punctuation; its full-width forms, which no folded text holds, are kept.
LITERAL = {
    **{code: code + 0xFEE0 for code in range(33, 127) if not chr(code).isalnum()},
    **dict.fromkeys([*range(32), 127]),
    ord(" "): "\u3000",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A folded text and the way back: `gaps` holds (offset in `folded`, characters of the original dropped before it)."""

    folded: str
    gaps: tuple[tuple[int, int], ...] = ()

    def back(self, at: int) -> int:
        """The offset in the original text of the folded character at `at`.

        >>> Text("总工会", ((1, 1), (2, 3))).back(2)
        5
        """
        return at + next((dropped for offset, dropped in reversed(self.gaps) if offset <= at), 0)


@dataclass(frozen=True, slots=True)
class Index:
    """What is searched of an article: folded texts, and the words of title and body."""

    title: Text
    body: Text
    source: str = ""
    author: str = ""
    words: tuple[str, ...] = ()


def grams(folded: str) -> str:
    """The tokens of a folded text, separated by blanks.

    >>> grams("工会n95").replace(END, "|")
    '工会 会n n9 95 5|'
    """
    return " ".join(token for line in folded.split("\n") for token in _of_line(line.translate(LITERAL)))


def _of_line(line: str) -> list[str]:
    tokens = [line[at : at + 2] for at in range(len(line) - 1)]
    return [*tokens, line[-1] + END] if line else tokens


def phrase(folded: str) -> str:
    """The FTS5 phrase that finds `folded` as a substring of one line.

    >>> phrase("工会"), phrase("会"), phrase("总工会")
    ('"工会"', '"会" *', '"总工 工会"')
    """
    line = folded.replace("\n", " ").translate(LITERAL)
    if len(line) == 1:
        return f'"{line}" *'
    return '"' + " ".join(line[at : at + 2] for at in range(len(line) - 1)) + '"'


def word_tokens(words: tuple[str, ...]) -> str:
    """Each word once, as tokens.

    >>> word_tokens(("工会", "n95", "工会"))
    '工会 n95'
    """
    return " ".join(
        dict.fromkeys(made for word in words if (made := word.translate(LITERAL)).strip("\u3000"))
    )
