"""What is undone to damaged text, in this order; each step takes the whole text of a page and keeps its lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.article import Script
from pipelines.clean.doubts import Doubt, left_over, sentence
from pipelines.clean.emoji import drop_emoji_insertions
from pipelines.clean.invisible import drop_invisible
from pipelines.clean.marks import marks_between, moved
from pipelines.clean.mojibake import doubts_of_mojibake, redecode
from pipelines.clean.plus import restore_plus
from pipelines.clean.punctuation import restore_marks, undouble_marks
from pipelines.clean.readings import drop_readings
from pipelines.clean.script import is_undecided, script, to_script_of_origin
from pipelines.clean.shifted import doubts_of_shifts, unshift

__all__ = ["STEPS", "Repaired", "Step", "marks_between", "repair"]

Step = Callable[[str], str]

STEPS: tuple[Step, ...] = (
    redecode,  # 涓浗 → 中国: the whole text read in the wrong code page; needs controls and private-use characters
    drop_invisible,  # controls, zero-width and direction marks; odd spaces become plain ones
    drop_emoji_insertions,  # 工会(🕤) → 工会
    unshift,  # 日?qǐng)?bào) → 日報: bytes read one off; needs the readings
    drop_readings,  # 全國(guó) → 全國
    to_script_of_origin,  # 全國 → 全国, where a mirror made it traditional
    restore_plus,  # “大数据 ” → “大数据+”
    restore_marks,  # , → ，
    undouble_marks,  # ，， → ，
)

# Steps that choose among several characters, and what they say about it; from the text before the step.
CHOOSING: dict[Step, Callable[[str], tuple[Doubt, ...]]] = {
    redecode: doubts_of_mojibake,
    unshift: doubts_of_shifts,
}

# One damage can hide another; a page on which a round changes nothing is done.
MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Repaired:
    """A page's text without its damage.

    `history` holds (step, text after it) for each step that changed something. `script` is that of the text as it
    was written. `doubts` are sentences for a careful editor.
    """

    text: str
    history: tuple[tuple[str, str], ...]
    script: Script
    doubts: tuple[str, ...]


def repair(text: str) -> Repaired:
    """Undo every damage of a page's text; the number of lines stays.

    >>> repair("全國(guó)總工會(huì)開(kāi)展“送溫暖”活動(dòng)").text
    '全国总工会开展“送温暖”活动'
    """
    history: list[tuple[str, str]] = []
    doubts: list[Doubt] = []
    for _ in range(MOST_ROUNDS):
        before = len(history)
        for step in STEPS:
            text = _run(step, text, history, doubts)
        if len(history) == before:
            break
    return Repaired(text, tuple(history), script(text), tuple(_sentences(text, doubts)))


def _run(step: Step, text: str, history: list[tuple[str, str]], doubts: list[Doubt]) -> str:
    """The text after a step; what it changed is noted, and the doubts so far move with the text."""
    made = step(text)
    if made != text:
        marks = marks_between(step.__name__, text, made)
        doubts[:] = [replace(doubt, at=moved(doubt.at, marks)) for doubt in doubts]
        doubts += CHOOSING[step](text) if step in CHOOSING else ()
        history.append((step.__name__, made))
    return made


def _sentences(text: str, doubts: list[Doubt]) -> Iterator[str]:
    yield from (sentence(text, doubt) for doubt in doubts)
    yield from left_over(text)
    if is_undecided(text):
        yield "the text is traditional, and little says whether a mirror made it so; it stays"
