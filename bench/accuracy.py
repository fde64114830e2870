"""Body and fields of hand-labelled pages, beside other tools on the same bytes, by the collection's own score.py.

    python -m bench.accuracy               one table: the 36 gold pages of ../shared, and the 40 that we labelled
    python -m bench.accuracy --per-page    with every page whose body is not nearly perfect, and what others make of it
    python -m bench.accuracy --tags        with the body by kind of page
    python -m bench.accuracy --alone       without the other tools

The others are installed by pip into an environment of their own (--venv FOLDER; else a folder under GONGWEN_HOME);
one that cannot be installed is named and left out.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.article import Page
from bench.peers import PACKAGES, Item, PeerError, Prediction, environment, read_by
from pipelines.address import find
from pipelines.process import process
from seeds.portal import Portal, all_portals
from tests.pages.gold import own_gold, read

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GOOD = 0.98  # the F that score.py calls nearly perfect
# The columns of the table: what score.py calls a figure, what we call it, and the field it judges.
COLUMNS = (
    ("F", "body F", "body"),
    ("F>=.98", "≥ .98", "body"),
    ("forbid", "furniture", "body"),
    ("title", "title", "title"),
    ("day", "day", "date"),
    ("source", "source", "source"),
    ("author", "author", "author"),
)
FIGURE = re.compile(r"^(?P<name>\S+)\s+(?P<value>[\d.]+)\s+n=\d+$")
PAGE = re.compile(r"^(?P<id>\S+) P (?P<p>[\d.]+) R (?P<r>[\d.]+) F (?P<f>[\d.]+) (?P<rest>.*)$")
TAGS = re.compile(r"'([\w-]+)': '([\d.]+)/(\d+)'")


@dataclass(frozen=True, slots=True)
class Gold:
    """Labelled pages: what the set is called here and by score.py, its labels, and the bytes of each page."""

    name: str
    set: str
    labels: tuple[dict[str, Any], ...]
    pages: tuple[bytes, ...]

    @property
    def items(self) -> list[Item]:
        return [
            Item(label["id"], label["url"] or "", body)
            for label, body in zip(self.labels, self.pages, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Score:
    """What score.py says: figures by name, F by kind of page, and a line for every page by its id.

    `fields` are those that the tool has an answer for on any page.
    """

    fields: frozenset[str]
    figures: Mapping[str, float]
    tags: Mapping[str, tuple[float, int]]
    pages: Mapping[str, re.Match[str]]


def golds(shared: Path) -> tuple[Gold, Gold]:
    """The pages of the collection with gold, and those that we labelled ourselves before we looked at our output."""
    pages = shared / "pages"
    visible = [row for row in read(pages / "gold.jsonl") if row.get("set") == "V"]
    return (
        gold(f"the {len(visible)} gold pages", "V", visible, pages),
        gold(f"{len(own := own_gold(shared))} pages labelled by us", "OWN", own, pages),
    )


def gold(name: str, kind: str, labels: Sequence[dict[str, Any]], pages: Path) -> Gold:
    return Gold(
        name, kind, tuple(labels), tuple((pages / label["html_path"]).read_bytes() for label in labels)
    )


@cache
def portals() -> dict[str, Portal]:
    return all_portals()


def ours(item: Item) -> Prediction:
    """What our chain makes of a page."""
    portal = find(item.url, portals()) if item.url else None
    article = process(Page(item.url, item.body, datetime.now(UTC)), portal)
    return {
        "id": item.id,
        "title": article.title,
        "date": article.published,
        "author": " ".join(article.authors),
        "source": article.source,
        "body": article.body,
    }


def by_us(items: Sequence[Item]) -> list[Prediction]:
    return [ours(item) for item in items]


def json_lines(rows: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def score(shared: Path, labelled: Gold, predictions: Sequence[Prediction]) -> Score:
    """The collection's own score.py, run beside our labels: it reads the gold that lies in its folder."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        script = Path(shutil.copy(shared / "pages" / "score.py", folder))
        (folder / "gold.jsonl").write_text(json_lines(labelled.labels), encoding="utf-8")
        found = folder / "predictions.jsonl"
        found.write_text(json_lines(predictions), encoding="utf-8")
        command = [sys.executable, str(script), str(found), "--set", labelled.set, "--per-page"]
        out = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    answered = frozenset(field for row in predictions for field, value in row.items() if value)
    return parsed(out.splitlines(), answered)


def parsed(lines: Sequence[str], fields: frozenset[str]) -> Score:
    figures = {match["name"]: float(match["value"]) for line in lines if (match := FIGURE.match(line))}
    tags = [found for line in lines if line.startswith("F by tag") for found in TAGS.findall(line)]
    pages = {match["id"]: match for line in lines if (match := PAGE.match(line))}
    return Score(fields, figures, {name: (float(f), int(count)) for name, f, count in tags}, pages)


def readers(folder: Path, *, alone: bool) -> dict[str, Callable[[Sequence[Item]], list[Prediction]]]:
    """Every tool by its name, ours first."""
    peers = {} if alone else {name: by_peer(name, folder) for name in PACKAGES}
    return {"gongwen": by_us, **peers}


def by_peer(name: str, folder: Path) -> Callable[[Sequence[Item]], list[Prediction]]:
    return lambda items: read_by(name, items, folder)


def scores(
    shared: Path, labelled: Gold, tools: Mapping[str, Callable[[Sequence[Item]], list[Prediction]]]
) -> dict[str, Score]:
    """Every tool's score; one that cannot be installed or run is named on stderr."""
    found: dict[str, Score] = {}
    for name, tool in tools.items():
        try:
            found[name] = score(shared, labelled, tool(labelled.items))
        except PeerError as error:
            print(f"left out: {error}", file=sys.stderr)
    return found


def row_of(name: str, cells: Iterable[str]) -> str:
    widths = (max(8, len(title) + 2) for _, title, _ in COLUMNS)
    return f"{name:26}" + "".join(f"{cell:>{size}}" for cell, size in zip(cells, widths, strict=True))


def table(name: str, found: Mapping[str, Score]) -> Iterator[str]:
    """A line a tool; "–" where it answers on no page."""
    yield row_of(name, (title for _, title, _ in COLUMNS))
    for tool, each in found.items():
        yield row_of(tool, (figure(each, column, field) for column, _, field in COLUMNS))


def figure(found: Score, column: str, field: str) -> str:
    value = found.figures.get(column)
    return "–" if value is None or field not in found.fields else f"{value:.3f}"


def tag_lines(found: Mapping[str, Score]) -> Iterator[str]:
    """F of every tool by kind of page."""
    yield f"{'body F by kind':26}{'pages':>6}" + "".join(f"{name[:12]:>14}" for name in found)
    for tag, (_, count) in next(iter(found.values())).tags.items():
        yield f"{tag:26}{count:>6}" + "".join(f"{row.tags[tag][0]:>14.3f}" for row in found.values())


def page_lines(found: Mapping[str, Score]) -> Iterator[str]:
    """Every page on which our body is not nearly perfect, and the F of the others there."""
    first, *others = found.values()
    names = [name for name in found if name != "gongwen"]
    for key, page in first.pages.items():
        if float(page["f"]) < GOOD:
            beside = ", ".join(
                f"{name} {row.pages[key]['f']}" for name, row in zip(names, others, strict=True)
            )
            yield f"{key}: P {page['p']} R {page['r']} F {page['f']} {page['rest']}"
            yield f"    {beside or 'nobody else was asked'}"


def main() -> None:
    parser = argparse.ArgumentParser(description="body and fields of labelled pages, beside other tools")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the collection; default ../shared")
    parser.add_argument("--venv", type=Path, help="where the other tools are installed")
    parser.add_argument("--alone", action="store_true", help="ask no other tool")
    parser.add_argument("--tags", action="store_true", help="the body by kind of page as well")
    parser.add_argument("--per-page", action="store_true", help="pages below .98 as well")
    options = parser.parse_args()
    if not (options.shared / "pages" / "gold.jsonl").exists():
        parser.exit(0, f"no labelled pages at {options.shared}: nothing to measure\n")
    tools = readers(environment(options.venv), alone=options.alone)
    for labelled in golds(options.shared):
        found = scores(options.shared, labelled, tools)
        tags = tag_lines(found) if options.tags else ()
        pages = page_lines(found) if options.per_page else ()
        print(*table(labelled.name, found), *tags, *pages, "", sep="\n", flush=True)


if __name__ == "__main__":
    main()
