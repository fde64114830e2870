"""Milliseconds of processor a page costs, stage by stage, beside trafilatura with metadata on the same bytes.

    python -m bench.speed              ordinary pages (gold and our own) and damaged ones made of them
    python -m bench.speed --runs 5     the same in five processes; every figure is the median of five

Each run is a process of its own. It warms up on other pages, then sees every page once, as a crawl does: trafilatura
keeps the dates and patterns of pages it has seen before, and would look faster than it is. The two take turns in
going first.
"""

import argparse
import importlib
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import trafilatura

from archive.article import Page
from bench import make_damage as make
from pipelines.address import find
from pipelines.clean.gbk import is_han
from pipelines.decode import decode
from pipelines.process import process
from seeds.portal import Portal, all_portals
from tests.pages.gold import LABELS, read

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FETCHED = datetime(2026, 11, 21, tzinfo=UTC)
SEED = 20261121
SHIFTS = 3  # lines of a damaged page that are decoded one byte off
WHOLE, THEIRS, REST = "whole", "trafilatura with metadata", "everything else"
# What each stage of the chain is called where it is called from; the time of a stage inside another is its own alone.
STAGES = (
    ("decode", "pipelines.process", "decode"),
    ("parse", "pipelines.process", "parse"),
    ("lines", "pipelines.extract", "blocks"),
    ("trafilatura's reading", "pipelines.extract", "seconded"),
    ("candidates of markup", "pipelines.extract", "candidates"),
    ("repair", "pipelines.layout", "repair"),
    ("labels", "pipelines.layout", "named"),
    ("story", "pipelines.layout", "story"),
    ("glued heads and tails", "pipelines.layout", "parted"),
    ("fields", "pipelines.process", "fields_of"),
    ("echoes", "pipelines.process", "without_echoes"),
    ("verdict", "pipelines.process", "judge"),
    ("marks", "pipelines.process", "marks"),
    ("cuts", "pipelines.process", "cuts"),
    ("fold", "pipelines.process", "fold"),
    ("kinship sketch", "pipelines.process", "sketch"),
    ("tags", "pipelines.process", "tag"),
    ("what the page teaches", "pipelines.process", "lesson"),
)
TARGETS = {"ordinary": 1.3, "damaged": 5.0}  # how many times trafilatura a page may cost
Times = dict[str, float]  # stage → milliseconds


@dataclass(slots=True)
class Stopwatch:
    """Processor time by stage; a stage that calls another stops while that one runs."""

    spent: Times = field(default_factory=lambda: defaultdict(float))
    inside: list[float] = field(default_factory=list)

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*args: Any, **options: Any) -> Any:
            self.inside.append(0.0)
            start = time.process_time()
            try:
                return call(*args, **options)
            finally:
                took = time.process_time() - start
                self.spent[stage] += 1000 * (took - self.inside.pop())
                if self.inside:
                    self.inside[-1] += took

        return timed


def watch() -> Stopwatch:
    """A stopwatch on every stage; a stage that is called otherwise by now is an error that names it."""
    stopwatch = Stopwatch()
    for stage, module_name, name in STAGES:
        module = importlib.import_module(module_name)
        if not hasattr(module, name):
            raise SystemExit(
                f"bench/speed.py: {module_name} has no {name}; say in STAGES where {stage!r} went"
            )
        setattr(module, name, stopwatch.timed(stage, getattr(module, name)))
    return stopwatch


@dataclass(frozen=True, slots=True)
class Sample:
    url: str
    body: bytes
    portal: Portal | None = None


def sample_of(url: str, body: bytes) -> Sample:
    return Sample(url, body, find(url, all_portals()) if url else None)


def samples(shared: Path) -> tuple[list[Sample], list[Sample]]:
    """The pages to measure, and others to warm up on."""
    pages = shared / "pages"
    own = {row["id"] for row in read(LABELS)}
    rows = {name: read(pages / f"{name}.jsonl") for name in ("gold", "nogold")}
    chosen = [*rows["gold"], *(row for row in rows["nogold"] if row["id"] in own)]
    others = [row for row in rows["nogold"] if row["id"] not in own]
    measured, warm = (
        [sample_of(row["url"] or "", (pages / row["html_path"]).read_bytes()) for row in group]
        for group in (chosen, others)
    )
    return measured, [sample for sample in warm if len(sample.body) < 300_000]


RUN = re.compile(r"[^<>\n\r]{40,400}")  # text between tags


def damaged(sample: Sample, dice: random.Random) -> Sample:
    """The page as a mirror would serve it: traditional, readings inserted, some stretches decoded one byte off."""
    text = make.annotate(decode(sample.body).text, dice).text
    runs = [run for run in RUN.finditer(text) if sum(map(is_han, run[0])) > 30]
    for run in sorted(dice.sample(runs, min(SHIFTS, len(runs))), key=lambda run: -run.start()):
        made = make.shift(run[0], dice)
        text = text[: run.start()] + (made.text if made else run[0]) + text[run.end() :]
    return replace(sample, body=text.encode("utf-8", "replace"))


def ours(sample: Sample) -> None:
    process(Page(sample.url, sample.body, FETCHED), sample.portal)


def theirs(sample: Sample) -> None:
    trafilatura.bare_extraction(
        sample.body, url=sample.url or None, with_metadata=True, include_comments=False
    )


def clocked(call: Callable[[Sample], None], sample: Sample) -> float:
    start = time.process_time()
    call(sample)
    return 1000 * (time.process_time() - start)


def measure(sample: Sample, stopwatch: Stopwatch, *, ours_first: bool) -> Times:
    """One page by both, and our time by stage."""
    before = dict(stopwatch.spent)
    calls = [(WHOLE, ours), (THEIRS, theirs)]
    times = {name: clocked(call, sample) for name, call in (calls if ours_first else reversed(calls))}
    stages = {stage: stopwatch.spent[stage] - before.get(stage, 0.0) for stage, _, _ in STAGES}
    return {**stages, REST: times[WHOLE] - sum(stages.values()), **times}


def run(shared: Path, kind: str) -> list[Times]:
    """Every page of a kind once, in a process that has seen other pages."""
    measured, warm = samples(shared)
    if kind == "damaged":
        dice = random.Random(SEED)
        measured, warm = ([damaged(sample, dice) for sample in group] for group in (measured, warm))
    stopwatch = watch()
    for sample in warm:
        measure(sample, stopwatch, ours_first=True)
    return [measure(sample, stopwatch, ours_first=at % 2 == 0) for at, sample in enumerate(measured)]


def share(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


@dataclass(frozen=True, slots=True)
class Row:
    """A stage: milliseconds, and its time on all pages as a share of trafilatura's."""

    median: float
    p95: float
    ratio: float


def rows(times: Sequence[Times]) -> dict[str, Row]:
    total = sum(page[THEIRS] for page in times)
    columns = {name: [page[name] for page in times] for name in times[0]}
    return {
        name: Row(share(column, 0.5), share(column, 0.95), sum(column) / total)
        for name, column in columns.items()
    }


def middle(found: Sequence[dict[str, Row]], name: str) -> Row:
    """The median of the runs."""
    each = [table[name] for table in found]
    return Row(
        *(statistics.median(getattr(row, part) for row in each) for part in ("median", "p95", "ratio"))
    )


def in_processes(shared: Path, kind: str, runs: int) -> Iterator[list[Times]]:
    command = [sys.executable, "-m", "bench.speed", "--shared", str(shared), "--once", kind]
    for _ in range(runs):
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        yield json.loads(done.stdout)


def report(shared: Path, kind: str, runs: int) -> None:
    found = list(in_processes(shared, kind, runs))
    tables = [rows(times) for times in found]
    ratios = [page[WHOLE] / page[THEIRS] for times in found for page in times]
    print(f"{kind} pages: {len(found[0])}, each once in {runs} processes; milliseconds of processor")
    print(f"{'stage':28}{'median':>8}{'p95':>8}{'x trafilatura':>15}")
    for name in tables[0]:
        row = middle(tables, name)
        print(f"{name:28}{row.median:>8.1f}{row.p95:>8.1f}{row.ratio:>15.2f}")
    print(
        f"page by page: median {share(ratios, 0.5):.2f}, p95 {share(ratios, 0.95):.2f}; at most {TARGETS[kind]}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="milliseconds a page, stage by stage, beside trafilatura")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--runs", type=int, default=3, help="processes a table is the median of")
    parser.add_argument("--once", choices=TARGETS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not (options.shared / "pages" / "gold.jsonl").exists():
        parser.exit(0, f"no labelled pages at {options.shared}: nothing to measure\n")
    if options.once:
        print(json.dumps(run(options.shared, options.once)))
        return
    for kind in TARGETS:
        report(options.shared, kind, options.runs)


if __name__ == "__main__":
    main()
