"""What a step changed, read off the text before and after it."""

from collections.abc import Iterable, Iterator

from archive.article import Mark

# After a difference both texts must agree on so many characters to be in step again …
IN_STEP = 4
# … and that within so many characters of the longer side, and so many more or fewer on the other.
LOOK, SLACK = 32, 2

Change = tuple[int, str, str]


def marks_between(step: str, before: str, after: str) -> tuple[Mark, ...]:
    """The marks that turn `before` into `after`; cost grows with the length of the text, not with its square.

    >>> marks_between("drop_readings", "全國(guó)總工會(huì)", "全國總工會")
    (Mark(step='drop_readings', at=2, removed='(guó)', added=''), Mark(step='drop_readings', at=5, removed='(huì)', added=''))
    """
    return tuple(Mark(step, at, removed, added) for at, removed, added in _changes(before, after))


def _changes(before: str, after: str) -> Iterator[Change]:
    """Changes in order; each place counts characters of the new text up to it."""
    lines, made = before.split("\n"), after.split("\n")
    if len(lines) != len(made):
        yield from _line_changes(before, after)
        return
    at = 0
    for line, new in zip(lines, made, strict=True):
        if line != new:
            yield from ((at + here, removed, added) for here, removed, added in _line_changes(line, new))
        at += len(new) + 1


def _line_changes(before: str, after: str) -> Iterable[Change]:
    if len(before) == len(after):
        return _runs(before, after)
    return _deletions(before, after) if _is_shortened(before, after) else _resynced(before, after)


def _is_shortened(before: str, after: str) -> bool:
    """Whether `after` is `before` with characters left out."""
    rest = iter(before)
    return all(char in rest for char in after)


def _deletions(before: str, after: str) -> Iterator[Change]:
    begin = 0
    for at, char in enumerate(after):
        if (found := before.index(char, begin)) > begin:
            yield at, before[begin:found], ""
        begin = found + 1
    if begin < len(before):
        yield len(after), before[begin:], ""


def _runs(before: str, after: str) -> Iterator[Change]:
    """Of two texts of one length: each run of characters that differ."""
    begin = -1
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            if begin >= 0:
                yield begin, before[begin:at], after[begin:at]
            begin = -1
        elif begin < 0:
            begin = at
    if begin >= 0:
        yield begin, before[begin:], after[begin:]


def _resynced(before: str, after: str) -> Iterator[Change]:
    """Walk both texts together; at a difference look ahead for the nearest place where they agree again."""
    tail = _common_end(before, after)
    i, j, end, new_end = 0, 0, len(before) - tail, len(after) - tail
    while i < end or j < new_end:
        if i < end and j < new_end and before[i] == after[j]:
            i, j = i + 1, j + 1
            continue
        gone, come = _step_again(before, i, after, j)
        gone, come = (gone, come) if i + gone <= end and j + come <= new_end else (end - i, new_end - j)
        yield j, before[i : i + gone], after[j : j + come]
        i, j = i + gone, j + come


def _common_end(before: str, after: str) -> int:
    count, most = 0, min(len(before), len(after))
    while count < most and before[-1 - count] == after[-1 - count]:
        count += 1
    return count


def _step_again(before: str, i: int, after: str, j: int) -> tuple[int, int]:
    """How many characters of each side to pass; more than there are where nothing agrees within reach."""
    for reach in range(1, LOOK + 1):
        for slack in range(min(SLACK, reach) + 1):
            # A replacement a little longer or shorter than what it replaces, then a deletion or an insertion.
            for gone, come in (
                (reach, reach - slack),
                (reach - slack, reach),
                (reach, slack),
                (slack, reach),
            ):
                ahead = after[j + come : j + come + IN_STEP]
                if ahead and before.startswith(ahead, i + gone):
                    return gone, come
    return len(before) + 1, len(after) + 1


def moved(at: int, marks: Iterable[Mark]) -> int:
    """Where a place of the text before the marks lies after them.

    >>> moved(6, marks_between("drop_readings", "全國(guó)總工會(huì)", "全國總工會"))
    2
    """
    for mark in marks:
        if mark.at >= at:
            break
        at = max(mark.at, at + len(mark.added) - len(mark.removed))
    return at
