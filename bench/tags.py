"""How well the tags agree with people: topics, regions, union bodies, summaries, and the time an article takes.

    python bench/tags.py            the labelled quotations, the seeds and the labelled pages beside the checkout
    python bench/tags.py --misses   the same, with every disagreement

Rules of the labels (../shared/tagging/labels.md): topics by micro-F1, acceptable ones ignored; a region is right when
the set is exactly the labelled one, the nation dropped beside others; union bodies match by their ending.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import trafilatura

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines.tag import Tags, tag_text

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LABELS = ROOT / "tests" / "pipelines" / "labels" / "pages.jsonl"


@dataclass
class Labelled:
    """A text and what a person said of it; `regions` lists every set that counts as right."""

    id: str
    title: str
    body: str
    topics: set[str]
    acceptable: set[str]
    regions: list[set[str]]
    unions: list[str] | None


@dataclass
class Score:
    hit: int = 0
    extra: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        precision = self.hit / ((self.hit + self.extra) or 1)
        recall = self.hit / ((self.hit + self.missed) or 1)
        both = 2 * precision * recall / ((precision + recall) or 1)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  (hit {self.hit}, extra {self.extra}, missed {self.missed})"


def quotations() -> Iterator[Labelled]:
    """The forty open items of the yardstick."""
    for line in (SHARED / "tagging" / "open.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(
            row["id"],
            row["title"] or "",
            row["lead"],
            set(row["topics"]),
            set(row["topics_acceptable"]),
            [{region["code"] for region in row["regions"]}],
            row["orgs_union"],
        )


def labelled_here() -> Iterator[Labelled]:
    """The seeds and pages labelled for this project; the texts stay beside the checkout."""
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        title, body = seed(row["id"][5:]) if row["id"].startswith("seed:") else page(row["id"])
        regions = [set(row["regions"]), *map(set, row["regions_acceptable"])]
        yield Labelled(
            row["id"],
            title,
            body,
            set(row["topics"]),
            set(row["topics_acceptable"]),
            regions,
            row.get("orgs_union"),
        )


def seed(name: str) -> tuple[str, str]:
    text = (ROOT / "seeds" / "documents" / f"{name}.clean.txt").read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    return title, "\n".join(line for line in body.splitlines() if line)


def page(name: str) -> tuple[str, str]:
    """Title and text as trafilatura reads them: good enough to measure tags apart from extraction."""
    html = (SHARED / "pages" / "html" / name).read_bytes()
    found = trafilatura.bare_extraction(html, favor_recall=True, with_metadata=True)
    return (found.title or "", found.text or "") if found else ("", "")


def same_body(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def unions(tags: Tags) -> list[str]:
    return [name for name in tags.organisations if "工会" in name]


def compare(items: list[Labelled]) -> tuple[Score, Score, Score, int]:
    """Scores of topics, regions (by code) and union bodies, and how many region sets are exactly right."""
    topics, regions, bodies, exact = Score(), Score(), Score(), 0
    for item in items:
        tags = tag_text(item.title, item.body)
        add_topics(topics, item, {topic.id for topic in tags.topics})
        exact += add_regions(regions, item, {region.code for region in tags.regions})
        if item.unions is not None:
            add_unions(bodies, item, unions(tags))
    return topics, regions, bodies, exact


def add_topics(score: Score, item: Labelled, found: set[str]) -> None:
    extra, missed = found - item.topics - item.acceptable, item.topics - found
    score.hit += len(found & item.topics)
    score.extra += len(extra)
    score.missed += len(missed)
    if extra or missed:
        score.misses.append(f"{item.id} topics: extra {sorted(extra)} missed {sorted(missed)}")


def add_regions(score: Score, item: Labelled, found: set[str]) -> bool:
    if len(found) > 1:
        found = found - {"CN"}
    best = min(item.regions, key=lambda wanted: len(found ^ wanted))
    score.hit += len(found & best)
    score.extra += len(found - best)
    score.missed += len(best - found)
    if found != best:
        score.misses.append(f"{item.id} regions: found {sorted(found)} wanted {sorted(best)}")
    return found == best


def add_unions(score: Score, item: Labelled, found: list[str]) -> None:
    wanted = item.unions or []
    missed = [name for name in wanted if not any(same_body(name, other) for other in found)]
    extra = [name for name in found if not any(same_body(name, other) for other in wanted)]
    score.hit += len(wanted) - len(missed)
    score.extra += len(extra)
    score.missed += len(missed)
    if extra or missed:
        score.misses.append(f"{item.id} unions: extra {extra} missed {missed}")


def report(name: str, items: list[Labelled], *, misses: bool) -> None:
    topics, regions, bodies, exact = compare(items)
    print(f"{name}: {len(items)} texts")
    print(f"  topics   {topics}")
    print(f"  regions  {regions}  exact {exact / len(items):.3f}")
    print(f"  unions   {bodies}")
    for line in (*topics.misses, *regions.misses, *bodies.misses) if misses else ():
        print("   ", line)


def speed() -> None:
    """Milliseconds of processor that an article of 2,500 characters takes once everything is loaded: median and worst of fifty."""
    title, body = seed("004_17105475ecdcac13")
    body = (body + "\n" + body)[:2500]
    times = []
    for _ in range(50):
        start = time.process_time()
        tag_text(title, body)
        times.append(1000 * (time.process_time() - start))
    times.sort()
    print(f"processor time: median {times[25]:.1f} ms, worst {times[-1]:.1f} ms for {len(body)} characters")


def main() -> None:
    misses = "--misses" in sys.argv
    report("open quotations", list(quotations()), misses=misses)
    report("labelled here", list(labelled_here()), misses=misses)
    speed()


if __name__ == "__main__":
    main()
