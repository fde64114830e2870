"""What is undone to damaged text, in this order; each step takes the whole text of a page and keeps its lines."""

from collections.abc import Callable
from dataclasses import dataclass

from archive.article import Script
from pipelines.clean.emoji import drop_emoji_insertions
from pipelines.clean.invisible import drop_invisible
from pipelines.clean.marks import marks_between
from pipelines.clean.plus import restore_plus
from pipelines.clean.punctuation import restore_marks, undouble_marks
from pipelines.clean.readings import drop_readings
from pipelines.clean.script import script, to_script_of_origin

__all__ = ["STEPS", "Repaired", "Step", "marks_between", "repair"]

Step = Callable[[str], str]

STEPS: tuple[Step, ...] = (
    drop_invisible,
    drop_emoji_insertions,
    drop_readings,
    to_script_of_origin,
    restore_plus,
    restore_marks,
    undouble_marks,
)


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
    for step in STEPS:
        made = step(text)
        if made != text:
            history.append((step.__name__, made))
            text = made
    return Repaired(text, tuple(history), script(text), ())
