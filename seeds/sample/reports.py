"""What the sample sites publish: reports, and the places where each report or its reprint stands."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE.parent / "documents"
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Copy:
    """One appearance of a report: the site, the address on it, when it appeared there and what was changed.

    `replace` holds (old, new) pairs, `drop` the numbers of paragraphs left out, `lead` and `tail` paragraphs put
    before and after. `parts` is the number of pages the story is spread over. `linked` is the old address that lists
    still link to; the site redirects it. A title left empty and a byline left
    None are the report's own.
    """

    site: str
    path: str
    date: datetime
    channel: str = ""
    title: str = ""
    source: str = ""
    byline: str | None = None
    editor: str = ""
    template: str = "article.html"
    replace: tuple[tuple[str, str], ...] = ()
    drop: tuple[int, ...] = ()
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    parts: int = 1
    linked: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One text. `paragraphs` beginning with "## " are headings; `lines` are those of the seed document it reproduces."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    copies: tuple[Copy, ...]
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    standfirst: str = ""
    keywords: str = ""
    attachments: tuple[str, ...] = ()
    lines: tuple[str, ...] = field(default=())


def all_reports(folder: Path = HERE / "articles") -> tuple[Report, ...]:
    """Every report of the sample, in the order of their file names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def body(report: Report, copy: Copy) -> tuple[str, ...]:
    """The paragraphs as this copy prints them."""
    kept = [text for at, text in enumerate(report.paragraphs) if at not in copy.drop]
    for old, new in copy.replace:
        if not any(old in text for text in kept):
            raise ValueError(f"{report.name}: {copy.site}: nothing to replace: {old}")
        kept = [text.replace(old, new) for text in kept]
    return (*copy.lead, *kept, *copy.tail)


def _read(path: Path) -> Report:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    copies = tuple(_copy(item) for item in row.pop("at"))
    lines = _document(row.pop("document", ""))
    first, last = row.pop("paragraphs", (0, 0))
    written = [line.strip() for line in row.pop("body", "").splitlines()]
    paragraphs = [line for line in (written or list(_blocks(lines))[first:last]) if line]
    row["attachments"] = tuple(row.get("attachments", ()))
    return Report(name=path.stem, copies=copies, lines=lines, paragraphs=tuple(paragraphs), **row)


def _copy(row: dict[str, Any]) -> Copy:
    row["date"] = datetime.fromisoformat(row["date"]).replace(tzinfo=CHINA)
    row["replace"] = tuple((old, new) for old, new in row.get("replace", ()))
    return Copy(**row | {name: tuple(row.get(name, ())) for name in ("drop", "lead", "tail")})


def _document(name: str) -> tuple[str, ...]:
    if not name:
        return ()
    return tuple((DOCUMENTS / name).read_bytes().decode("utf-8").split("\n"))


def _blocks(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip())
