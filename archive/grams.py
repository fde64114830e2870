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
    return " ".join(pair for line in folded.split("\n") for pair in _of_line(token(line)))


def _of_line(line: str) -> list[str]:
    tokens = [line[at : at + 2] for at in range(len(line) - 1)]
    return [*tokens, line[-1] + END] if line else tokens


def phrase(folded: str) -> str:
    """The FTS5 phrase that finds `folded` as a substring of one line.

    >>> phrase("工会"), phrase("会"), phrase("总工会")
    ('"工会"', '"会" *', '"总工 工会"')
    """
    line = token(folded.replace("\n", " "))
    if len(line) == 1:
        return f'"{line}" *'
    return '"' + " ".join(line[at : at + 2] for at in range(len(line) - 1)) + '"'


def once(index: Index) -> str:
    """What a document holds at all: its words, the characters of its body, and those of its title, marked.

    >>> once(Index(Text("工会"), Text("n95"), words=("工会", "的"))).replace(END, "|")
    '工会 n 9 5 |工 |会'
    """
    words = [token(word) for word in index.words if len(word) > 1]
    body = [token(character) for character in index.body.folded if character not in " \n"]
    title = [END + token(character) for character in index.title.folded if character not in " \n"]
    return " ".join(dict.fromkeys((*words, *body, *title)))


def token(text: str) -> str:
    """A word or a character as the index holds it: one token, ASCII punctuation in its full-width form."""
    return text.translate(LITERAL)


def held(character: str, *, title: bool, body: bool) -> str:
    """The FTS5 expression that finds the documents with this character in title or body."""
    marked = [f'"{END}{token(character)}"'] if title else []
    return " OR ".join([*marked, *([f'"{token(character)}"'] if body else [])])
