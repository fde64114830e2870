"""Quality that only rises: figures with the digest of the corpus they were measured on, kept in tests/floors.json.

python -m bench.floors                              every figure beside its floor; status 1 where one is under it
python -m bench.floors --update                     raise the floors to what is measured now
python -m bench.floors --update --allow-regression  lower those too that are not reached; the commit says why
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import floor
from pathlib import Path
from typing import Any

from archive.article import Article
from bench import tags
from bench.accuracy import Gold, by_us, golds, score
from pipelines.process import mend
from tests.pages.gold import LABELS, squeeze

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEEDS = ROOT / "seeds" / "documents"
FLOORS = ROOT / "tests" / "floors.json"
# score.py's name, ours, and whether less is better; such a figure is kept as 1 minus it.
PAGE_FIGURES = (
    ("F", "body F", False),
    ("F>=.98", "bodies nearly perfect", False),
    ("forbid", "furniture kept out", True),
    ("forbid_auto", "lines from outside kept out", True),
    ("title", "title", False),
    ("day", "day", False),
    ("source", "source", False),
    ("author", "author", False),
)
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on a corpus; `digest` tells whether the corpus is still the same."""

    digest: str
    figures: Figures


Floors = dict[str, Measured]


def digest(*parts: bytes) -> str:
    whole = sha256()
    for part in parts:
        whole.update(sha256(part).digest())
    return whole.hexdigest()


def gold_pages(shared: Path) -> Measured:
    labels = (shared / "pages" / "gold.jsonl").read_bytes()
    return pages(shared, golds(shared)[0], labels)


def own_pages(shared: Path) -> Measured:
    return pages(shared, golds(shared)[1], LABELS.read_bytes())


def pages(shared: Path, gold: Gold, labels: bytes) -> Measured:
    """Body and fields by the collection's score.py."""
    found = score(shared, gold, by_us(gold.items)).figures
    figures = {
        ours: round(1 - found[theirs], 3) if less else found[theirs]
        for theirs, ours, less in PAGE_FIGURES
        if theirs in found
    }
    return Measured(digest(labels, (shared / "pages" / "score.py").read_bytes(), *gold.pages), figures)


def quotations(shared: Path) -> Measured:
    """Tags of the open quotations."""
    items = list(tags.quotations())
    topics, regions, bodies, exact = tags.compare(items)
    figures = {"topics F1": f1(topics), "regions F1": f1(regions), "union bodies F1": f1(bodies)}
    yardstick = (shared / "tagging" / "open.jsonl").read_bytes()
    return Measured(digest(yardstick), {**figures, "region sets exact": exact / len(items)})


def f1(found: tags.Score) -> float:
    return 2 * found.hit / (2 * found.hit + found.extra + found.missed)


def seeds(_: Path) -> Measured:
    """The five seed documents through `gongwen mend`: characters of the bodies, and fields."""
    readings = sorted(SEEDS.glob("*.reading.json"))
    texts = [path.with_name(path.name.replace(".reading.json", ".txt")) for path in readings]
    letters = wrong = 0
    right: list[bool] = []
    for text, reading in zip(texts, readings, strict=True):
        article = mend(text.read_text(encoding="utf-8"))
        wanted = json.loads(reading.read_text(encoding="utf-8"))["restored"]
        body = squeeze("".join(block["text"] for block in wanted["body"]))
        letters += len(body)
        wrong += distance(squeeze(article.body), body)
        right += fields(article, wanted)
    figures = {"characters right": 1 - wrong / letters, "fields right": sum(right) / len(right)}
    return Measured(digest(*(path.read_bytes() for path in (*texts, *readings))), figures)


def fields(article: Article, wanted: dict[str, Any]) -> list[bool]:
    """Whether each field is what a person read; one that the page does not give must stay empty."""
    published = (wanted["published"] or "").replace(" ", "T")
    return [
        article.title == wanted["title"],
        article.subtitle == (wanted.get("subtitle") or ""),
        article.published.removesuffix("+08:00") == published,
        article.source == (wanted["source"] or ""),
        "、".join(article.authors) == (wanted["author"] or ""),
        "、".join(article.editors) == (wanted["editor"] or ""),
    ]


def distance(one: str, other: str) -> int:
    """How many characters must be put in, taken out or changed to make one text the other.

    >>> distance("全国总工会", "全总会"), distance("工会", "工会")
    (2, 0)
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, start=1):
        above, row = row, [at]
        for place, char_there in enumerate(other, start=1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (char != char_there)))
    return row[-1]


CORPORA: Mapping[str, Callable[[Path], Measured]] = {
    "gold pages": gold_pages,
    "pages labelled by us": own_pages,
    "open quotations": quotations,
    "seed documents": seeds,
}


def load(path: Path = FLOORS) -> Floors:
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: Measured(row["digest"], row["floors"]) for name, row in rows.items()}


def dumped(floors: Floors) -> str:
    rows = {name: {"digest": each.digest, "floors": each.figures} for name, each in floors.items()}
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def broken(name: str, measured: Measured, floors: Floors) -> Iterator[str]:
    """Every promise that a measurement breaks, as a sentence that says what to do."""
    if name not in floors:
        yield f"{name}: no floor yet; python -m bench.floors --update"
        return
    known = floors[name]
    if known.digest != measured.digest:
        yield (
            f"{name}: the corpus is another than the floors were measured on ({known.digest[:8]}, now "
            f"{measured.digest[:8]}); if it was meant to change, python -m bench.floors --update"
        )
    for figure, least in known.figures.items():
        value = measured.figures.get(figure)
        if value is None:
            yield f"{name}: {figure} is not measured any more; its floor is {least}"
        elif down(value) < least:
            yield f"{name}: {figure} is {value:.4f}, its floor {least}"


def down(value: float) -> float:
    """Rounded towards zero: a floor is never above what was measured."""
    return floor(value * 1000 + 1e-6) / 1000


def raised(name: str, measured: Measured, floors: Floors, *, allow_regression: bool = False) -> Measured:
    """The floors that hold from now on; one only falls where that is allowed."""
    known = floors[name].figures if name in floors else {}
    now = {figure: down(value) for figure, value in measured.figures.items()}
    if allow_regression:
        return Measured(measured.digest, now)
    kept = {figure: max(value, known.get(figure, value)) for figure, value in now.items()}
    return Measured(measured.digest, {**known, **kept})


def update(found: Floors, floors: Floors, *, allow_regression: bool) -> Floors:
    new = {
        name: raised(name, each, floors, allow_regression=allow_regression) for name, each in found.items()
    }
    return {**floors, **new}


def show(name: str, measured: Measured, floors: Floors) -> None:
    known = floors[name].figures if name in floors else {}
    print(f"{name} ({measured.digest[:8]})")
    for figure, value in measured.figures.items():
        print(f"  {figure:30}{value:>8.4f}   floor {known.get(figure, 'none')}")


def main() -> None:
    parser = argparse.ArgumentParser(description="quality figures beside their floors")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the collection; default ../shared")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="lower floors as well")
    options = parser.parse_args()
    if not (options.shared / "pages" / "gold.jsonl").exists():
        parser.exit(0, f"no labelled pages at {options.shared}: nothing to measure\n")
    floors = load()
    found = {name: measure(options.shared) for name, measure in CORPORA.items()}
    for name, measured in found.items():
        show(name, measured, floors)
    if options.update:
        floors = update(found, floors, allow_regression=options.allow_regression)
        FLOORS.write_text(dumped(floors), encoding="utf-8")
    wrong = [line for name, measured in found.items() for line in broken(name, measured, floors)]
    print(*wrong, sep="\n", file=sys.stderr)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
