"""Reading GBK that was decoded one byte off: a beam search over where the decoder stood at every character."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pipelines.clean.gbk import Pair, is_han, makes_none, pair_of, table
from pipelines.clean.language import EDGE, language
from pipelines.clean.pinyin import LETTERS, can_read, reads_exactly

# How a character of the reading came about; "" where the decoder stood right.
How = Literal[
    "", "lead lost", "shifted", "trail lost", "trail gone", "read", "loss", "split", "gloss", "eaten"
]

TOKEN = re.compile(
    rf"""
      (?P<broken>[?？](?P<cut>[{LETTERS}]{{1,6}})[ ]?[)）])        # ?qǐng): the decoder took a lead byte and the bracket
    | (?P<gloss>[(（][ ]?(?P<whole>[{LETTERS}]{{1,6}})[ ]?[)）])   # (qǐng)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A character, or a reading in brackets taken as one; `pair` are its bytes, () where it has none."""

    text: str
    at: int
    pair: Pair | tuple[()] = ()
    broken: str = ""
    gloss: str = ""
    following: int = 0  # of a question mark: the lead byte of the character after it


# Where the decoder stands: aligned, just after a lost lead byte, or (0 and above) holding the lead byte of the next.
ALIGNED, AFTER_LOSS = -1, -2


class Path(NamedTuple):
    """One reading of the text so far, linked to its beginning."""

    score: float
    stand: int
    last: str  # class of the last character, for the language model
    text: str
    how: How
    token: int
    reading: str
    before: "Path | None"
    by_reading: bool = False  # the run began at a broken reading, so a decoder that says "?" when it stumbles


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch of a line to be read again: `start` to about `end`; runs may begin at the places `open_at`."""

    start: int
    end: int
    open_at: frozenset[int]


# Nats, tuned on generated damage; the prototype's figures.
START, START_AT_LOSS, START_AT_BREAK, BREAK_NOT_SEEN, BREAK_RARE = -13.0, -1.5, -1.0, -2.0, -4.0
STOP_NARROW, STOP_80, STOP_QUIET, STOP_AMID, NOT_SEEN = -0.5, -1.5, -2.0, -7.0, -1.0
STOP_LOST: tuple[float, int, How] = (-2.0, ALIGNED, "trail lost")
STOP_EATEN: tuple[float, int, How] = (-4.0, ALIGNED, "eaten")
STOP_UNSAID, FOLDED, KEEP_BROKEN, KEEP_LOST, WIDE_LATIN = -8.0, -0.2, -3.0, -12.0, -5.0
EDGE_AGAIN, CLOSING_FIRST, CLOSING = -0.7, -14.0, "。，、；：？！”’）》"
LONGEST_GLOSS, MOST_TOKENS = 10, 4_000  # longer runs are no page of ours
BEAM, BEAM_DEPTH, QUIET_DEPTH, GUESSES, GUESSES_AMID = 40, 26.0, 12.0, 12, 4


def before_gloss(line: str, start: int) -> int:
    """The place itself, or the one before the character whose reading in brackets it stands in or just after.

    >>> before_gloss("因為(wéi)?kuò)o論", 7), before_gloss("因為(wéi)?kuò)o論", 4), before_gloss("因為其中", 3)
    (1, 1, 3)
    """
    near = max(0, start - LONGEST_GLOSS)
    opened = max(line.rfind("(", near, start), line.rfind("（", near, start))
    found = TOKEN.match(line, opened) if opened > 0 else None
    return opened - 1 if found and found["whole"] and found.end() >= start else start


def tokens(line: str, start: int, *, is_folded: bool = True) -> Iterator[Token]:
    """The tokens from a place on; ASCII stands for full-width forms too where the page was folded."""
    for found in TOKEN.finditer(line, start):
        text = found[0]
        if len(text) > 1:
            yield Token(text, found.start(), broken=found["cut"] or "", gloss=found["whole"] or "")
            continue
        pair = pair_of(text) if is_folded or not text.isascii() or text == " " else None
        after = table().pairs.get(line[found.end() : found.end() + 1], (0, 0)) if text in "?？" else (0, 0)
        yield Token(text, found.start(), pair or (), following=after[0])


@lru_cache(maxsize=1 << 16)
def emission(last: str, char: str) -> tuple[float, str]:
    """How likely the character is after the class `last`, and its own class."""
    model = language()
    kind = model.fold(char)
    if last == EDGE and kind == EDGE:
        return EDGE_AGAIN, kind
    if last == EDGE and kind in CLOSING:
        return CLOSING_FIRST, kind
    likely = model.after(last, kind)
    return (likely + WIDE_LATIN if kind in "0a" and char > "\uff00" else likely), kind


class Guess(NamedTuple):
    likely: float
    kind: str
    char: str


@cache
def _candidates(byte: int, *, is_trail: bool) -> tuple[tuple[str, str, float], ...]:
    """Characters with this trail byte (or lead byte), each after its class and before its chance to start a word.

    A lost trail byte was no ASCII: that would have been seen.
    """
    known, model = table(), language()
    by_lead = (char for char in known.by_lead.get(byte, ()) if known.pairs[char][1] >= 0x80)
    found = known.by_trail.get(byte, ()) if is_trail else by_lead
    return tuple(
        (kind, char, model.starts.get(kind, model.unseen)) for char in found for kind in model.fold(char)
    )


@lru_cache(maxsize=1 << 14)
def guesses(last: str, byte: int, *, is_trail: bool) -> tuple[Guess, ...]:
    """The likeliest characters with this trail byte (or lead byte) after the class `last`."""
    model = language()
    end, pairs = model.ends.get(last, 0.0), model.pairs
    candidates = _candidates(byte, is_trail=is_trail)
    ranked = sorted((pairs.get(last + kind) or end + start, char) for kind, char, start in candidates)
    best = ranked[-GUESSES - 2 :]  # emission() knows two exceptions that may drop out
    return tuple(sorted((Guess(*emission(last, char), char) for _, char in best), reverse=True)[:GUESSES])


@lru_cache(maxsize=1 << 12)
def read_so(lead: int, reading: str) -> tuple[str, ...]:
    """Characters with this lead byte that are read so."""
    return tuple(
        char for char in table().by_lead.get(lead, ()) if is_han(char) and reads_exactly(char, reading)
    )


@lru_cache(maxsize=1 << 12)
def no_pair_before(lead: int, following: int) -> tuple[str, ...]:
    """Characters with this lead byte whose trail byte makes no character with the byte that follows."""
    found = table()
    return tuple(char for char in found.by_lead.get(lead, ()) if makes_none(found.pairs[char][1], following))


class Move(NamedTuple):
    """What a step costs before the language is asked, where it leaves the decoder, and how it came about."""

    cost: float
    stand: int
    how: How
    token: int
    reading: str = ""


def _step(path: Path, move: Move, guess: Guess) -> Path:
    score, by_reading = path.score + move.cost + guess.likely, path.by_reading and move.stand >= 0
    return Path(
        score, move.stand, guess.kind, guess.char, move.how, move.token, move.reading, path, by_reading
    )


def _guess(path: Path, char: str) -> Guess:
    return Guess(*emission(path.last, char), char)


def _keep(path: Path, token: Token, index: int, cost: float = 0.0) -> Path:
    """Take the token as it stands."""
    score, last = path.score + cost, path.last
    for char in token.text:
        likely, last = emission(last, char)
        score += likely
    return Path(score, ALIGNED, last, token.text, "", index, "", path)


def _last_char(path: Path | None) -> str:
    """The last character of the text so far, readings in brackets passed over."""
    while path is not None and len(path.text) != 1:
        path = path.before
    return path.text if path is not None else ""


@dataclass(frozen=True, slots=True)
class Walker:
    """What the moves need to know of the page: the characters that its readings explain, and whether it is traditional.

    Simplified characters have no ASCII trail bytes: a letter after a loss is then a letter. Where full-width marks
    were not folded, a digit is a digit.
    """

    annotated: frozenset[str] = frozenset()
    is_traditional: bool = False
    is_folded: bool = True

    def aligned(self, path: Path, token: Token, index: int, *, may_start: bool) -> Iterator[Path]:
        if token.gloss:
            yield self._keep_gloss(path, token, index)
        elif token.broken:
            yield _keep(path, token, index, KEEP_BROKEN)
            yield from self._split(path, token, index)
        elif token.text == "\ufffd":
            yield Path(path.score + KEEP_LOST, ALIGNED, path.last, token.text, "", index, "", path)
            yield Path(path.score + START_AT_LOSS, AFTER_LOSS, path.last, "", "loss", index, "", path)
        else:
            yield _keep(path, token, index)
        if may_start and token.pair:
            yield from self._start(path, token, index, START)

    def _keep_gloss(self, path: Path, token: Token, index: int) -> Path:
        """A reading of the character before it is transparent; `drop_readings` decides about it."""
        before = _last_char(path)
        if before and is_han(before) and can_read(before, token.gloss):
            return Path(path.score, ALIGNED, path.last, token.text, "", index, "", path)
        return _keep(path, token, index)

    def _split(self, path: Path, token: Token, index: int) -> Iterator[Path]:
        """日?qǐng): the mirror found 請 in the trail byte of 日 and the lead byte of the next, and cut there."""
        pair = pair_of(_last_char(path))
        for found in read_so(pair[1], token.broken) if pair else ():
            cost = START_AT_BREAK + (0.0 if found in self.annotated else BREAK_NOT_SEEN)
            cost += 0.0 if language().fold(found) in language().common else BREAK_RARE
            stand = table().pairs[found][1]
            yield Path(
                path.score + cost, stand, path.last, "", "split", index, token.broken, path, by_reading=True
            )

    def _start(self, path: Path, token: Token, index: int, cost: float) -> Iterator[Path]:
        lead, trail = token.pair or (0, 0)
        for guess in guesses(path.last, lead, is_trail=True):
            yield _step(path, Move(cost, trail, "lead lost", index), guess)

    def after_loss(self, path: Path, token: Token, index: int) -> Iterator[Path]:
        if token.pair:
            yield from self._start(path, token, index, 0.0)
        if self.is_traditional and len(token.text) == 1 and "@" <= token.text <= "~":
            for guess in guesses(path.last, ord(token.text), is_trail=True):
                yield _step(path, Move(0.0, ALIGNED, "lead lost", index), guess)

    def shifted(self, path: Path, token: Token, index: int) -> Iterator[Path]:
        """The token's first byte ends the character whose lead byte is held."""
        held, chars = path.stand, table().chars
        if token.pair:
            char = chars.get((held, token.pair[0]))
            if char:
                cost = FOLDED if token.text.isascii() else 0.0
                yield _step(path, Move(cost, token.pair[1], "shifted", index), _guess(path, char))
        if len(token.text) == 1 and "@" <= token.text <= "~":
            char = chars.get((held, ord(token.text)))
            if char:
                yield _step(path, Move(STOP_NARROW, ALIGNED, "shifted", index), _guess(path, char))
        if token.broken or token.gloss:
            yield from self._read(path, token, index)
        if token.text in "?？€\ufffd":
            yield from self._stop(path, token, index)

    def _read(self, path: Path, token: Token, index: int) -> Iterator[Path]:
        """A reading ends the run: it says which of the characters with the held lead byte it was."""
        reading = token.broken or token.gloss
        for char in read_so(path.stand, reading):
            cost = 0.0 if char in self.annotated else NOT_SEEN
            yield _step(path, Move(cost, ALIGNED, "read", index, reading), _guess(path, char))
        if token.gloss:
            yield Path(path.score, path.stand, path.last, "", "gloss", index, reading, path, path.by_reading)

    def _stop(self, path: Path, token: Token, index: int) -> Iterator[Path]:
        """The decoder's own sign that it gave up.

        It met the trail byte 80, or one that makes no pair with the next byte, or it took an ASCII character along.
        """
        at_80 = table().chars.get((path.stand, 0x80))
        if at_80 and token.text != "\ufffd":
            yield _step(path, Move(STOP_80, ALIGNED, "shifted", index), _guess(path, at_80))
        if token.text == "€":
            return
        for char in no_pair_before(path.stand, token.following) if token.following else ():
            yield _step(path, Move(STOP_NARROW, ALIGNED, "trail gone", index), _guess(path, char))
        stop = STOP_LOST if token.text == "\ufffd" else STOP_EATEN
        for guess in guesses(path.last, path.stand, is_trail=False):
            yield _step(path, Move(*stop, index), guess)

    def quiet_stops(self, path: Path, token: Token | None, index: int) -> Iterator[Path]:
        """The decoder dropped the trail byte without a sign, before this token or the end of the line."""
        at_80 = table().chars.get((path.stand, 0x80))
        if at_80:
            yield _step(path, Move(STOP_80, ALIGNED, "trail lost", index), _guess(path, at_80))
        at_border = token is None or not token.pair or token.text.isascii()
        cost, count = (STOP_QUIET, GUESSES) if at_border else (STOP_AMID, GUESSES_AMID)
        cost += STOP_UNSAID if path.by_reading else 0.0
        for guess in guesses(path.last, path.stand, is_trail=False)[:count]:
            yield _step(path, Move(cost, ALIGNED, "trail lost", index), guess)


def _best(paths: Iterable[Path]) -> list[Path]:
    """One path for each state, the likeliest first, none hopeless."""
    known: dict[tuple[int, str], Path] = {}
    for path in paths:
        state = (path.stand, path.last)
        if state not in known or path.score > known[state].score:
            known[state] = path
    ordered = sorted(known.values(), key=lambda path: -path.score)[:BEAM]
    return [path for path in ordered if path.score > ordered[0].score - BEAM_DEPTH]


def _moves(walker: Walker, path: Path, token: Token, index: int, *, may_start: bool) -> Iterator[Path]:
    if path.stand == ALIGNED:
        return walker.aligned(path, token, index, may_start=may_start)
    if path.stand == AFTER_LOSS:
        return walker.after_loss(path, token, index)
    return walker.shifted(path, token, index)


def _with_quiet_stops(walker: Walker, paths: list[Path], token: Token | None, index: int) -> list[Path]:
    if all(path.stand < 0 for path in paths):
        return paths
    near = paths[0].score - QUIET_DEPTH
    stops = (
        stop
        for path in paths
        if path.stand >= 0 and path.score > near
        for stop in walker.quiet_stops(path, token, index)
    )
    return _best([*paths, *stops])


def walk(line: str, island: Island, walker: Walker) -> tuple[list[Token], Path | None]:
    """The likeliest reading of a line from the island on: its tokens and the last step, None where none fits."""
    start = before_gloss(line, island.start)
    before = line[start - 1 : start]
    paths = [Path(0.0, ALIGNED, language().fold(before) or EDGE, before, "", -1, "", None)]
    seen: list[Token] = []
    for index, token in enumerate(tokens(line, start, is_folded=walker.is_folded)):
        if token.at > island.end and len(paths) == 1 and paths[0].stand == ALIGNED:
            return seen, paths[0]
        if index > MOST_TOKENS:
            return seen, None
        seen.append(token)
        paths = _with_quiet_stops(walker, paths, token, index)
        may_start = token.at in island.open_at
        moved = [path for old in paths for path in _moves(walker, old, token, index, may_start=may_start)]
        if not moved:
            return seen, None
        paths = _best(moved)
    paths = _with_quiet_stops(walker, paths, None, len(seen))
    return seen, next((path for path in paths if path.stand == ALIGNED), None)


def trace(path: Path) -> Sequence[Path]:
    """The steps of a path from its beginning."""
    steps: list[Path] = []
    while path.before is not None:
        steps.append(path)
        path = path.before
    return steps[::-1]
