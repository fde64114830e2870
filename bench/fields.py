"""Fields and line labels on the gold pages of ../shared/pages: python bench/fields.py [--per-page]."""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.address import date_in_url
from pipelines.clean.furniture import classify
from pipelines.decode import decode
from pipelines.document import parse
from pipelines.extract import read, story
from pipelines.metadata import Fields, choose
from pipelines.parts import Label, Line

PAGES = Path(__file__).resolve().parent.parent.parent / "shared" / "pages"
FETCHED = datetime(2024, 12, 31, tzinfo=UTC)
STORY = frozenset({"body", "heading"})


def flat(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", text or "").lower()


def day(text: str | None) -> str:
    found = re.search(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})", text or "")
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else ""


def people(text: str | None) -> set[str]:
    return set(re.split(r"[\s、,，/;；]+", text or "")) - {""}


def gold() -> Iterator[dict[str, Any]]:
    with (PAGES / "gold.jsonl").open(encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def understood(entry: dict[str, Any]) -> tuple[Fields, Sequence[Line], Sequence[Label]]:
    """Fields and labelled lines of one page, by the same parts that process() is made of."""
    body = (PAGES / entry["html_path"]).read_bytes()
    root = parse(decode(body).text)
    assert root is not None
    reading = read(root)
    labels = classify(reading.lines)
    titles = {flat(each.value) for each in reading.candidates if each.field == "title"}
    at = next(
        (n for n, line in enumerate(reading.lines) if len(line.text) > 5 and flat(line.text) in titles), None
    )
    chosen = story(reading, reading.lines, labels, at)
    final: list[Label] = [
        label if inside or label not in STORY else "outside"
        for label, inside in zip(labels, chosen, strict=True)
    ]
    url = entry["url"] or ""
    found = date_in_url(url)
    fields = choose(
        reading.candidates,
        lines=reading.lines,
        labels=final,
        url=url,
        url_date=(found.iso, found.precision) if found else None,
        fetched=FETCHED,
    )
    return fields, reading.lines, final


def compare(entry: dict[str, Any], fields: Fields) -> dict[str, tuple[bool, str, str]]:
    """Each field that the gold knows: right or not, found, wanted."""
    rows = {"title": (fields.title, entry["title"], [entry["title"], *entry["title_alt"]])}
    if entry["source"]:
        rows["source"] = (fields.source, entry["source"], [entry["source"], *entry["source_alt"]])
    marks = {
        name: (flat(got) in map(flat, right), got, wanted) for name, (got, wanted, right) in rows.items()
    }
    if entry["date"]:
        marks["day"] = (day(fields.published) == day(entry["date"]), fields.published, entry["date"])
        marks["time"] = (time_of(fields.published) == time_of(entry["date"]), fields.published, entry["date"])
    if entry["author"]:
        got = "、".join(fields.authors)
        marks["author"] = (people(entry["author"]) == set(fields.authors), got, entry["author"])
    return marks


def time_of(text: str) -> str:
    return re.sub(r"\D", "", text.split("+", maxsplit=1)[0])


def kept(
    entry: dict[str, Any], lines: Sequence[Line], labels: Sequence[Label]
) -> tuple[list[str], list[str]]:
    """Gold body lines that were labelled away, and forbidden ones that were kept."""
    body = flat(entry["body"])
    forbidden = [flat(text) for text in entry["forbidden"] if len(flat(text)) >= 4]
    lost = [
        f"{label}: {line.text[:60]}"
        for line, label in zip(lines, labels, strict=True)
        if label not in STORY and len(flat(line.text)) >= 6 and flat(line.text) in body
    ]
    left = [
        f"{label}: {text}"
        for line, label in zip(lines, labels, strict=True)
        for text in forbidden
        if label in STORY and text in flat(line.text)
    ]
    return lost, left


def main() -> None:
    tally: dict[str, list[bool]] = defaultdict(list)
    for entry in gold():
        fields, lines, labels = understood(entry)
        for name, (right, got, wanted) in compare(entry, fields).items():
            tally[name].append(right)
            if not right:
                print(f"{entry['id']} {name}: {got!r} instead of {wanted!r}")
                if "--per-page" in sys.argv:
                    why = [each for each in fields.evidence if each.field in (name, "published")]
                    print("   ", why)
        lost, left = kept(entry, lines, labels)
        for text in lost:
            print(f"{entry['id']} lost {text}")
        for text in left:
            print(f"{entry['id']} left {text}")
        tally["lines lost"].append(bool(lost))
        tally["forbidden left"].append(bool(left))
    for name, marks in tally.items():
        print(f"{name:15} {sum(marks)}/{len(marks)}")


if __name__ == "__main__":
    main()
