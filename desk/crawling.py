"""A crawl for a person: progress while it runs, a table and the named problems when it ends."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from crawler.watch import PortalReport, Report
from desk.config import load_config
from desk.output import Column, Row, Style, console, plain_column, print_rows, remark
from desk.problem import DeskError

COLUMNS = (
    plain_column("name", "portal", narrow=True),
    plain_column("state", "state", narrow=True),
    *(
        plain_column(name, name)
        for name in ("lists", "found", "known", "fetched", "new", "changed", "unchanged")
    ),
    plain_column("not_articles", "no article"),
    plain_column("not_understood", "not understood"),
    *(plain_column(name, name) for name in ("failed", "blocked", "refused", "left")),
    plain_column("seconds", "seconds"),
    Column("reasons", "what is wrong", lambda row: row["reasons"]),
)
# A table has room for what is not zero everywhere.
ALWAYS = ("name", "state", "found", "new")
PROBLEMS = 5  # named for each portal; json has all


def crawl(
    names: Sequence[str],
    db: Path,
    portals: Path | None,
    *,
    settings: Mapping[str, Any] | None = None,
    **bounds: Any,
) -> Report:
    """Crawl the named portals, or all live ones; `bounds` are workers, limit and allow_private, `settings` Scrapy's."""
    introduce()
    from crawler.run import CrawlError  # noqa: PLC0415 — Scrapy takes a second to load, and only a crawl needs it
    from crawler.run import crawl as start  # noqa: PLC0415 — as above

    try:
        with Screen() as screen:
            return start(names, db=db, portals_dir=portals, settings=settings, progress=screen, **bounds)
    except CrawlError as error:
        raise DeskError("crawl", str(error)) from error


def introduce() -> None:
    """Whom a site's keeper may write to, from the config file; crawler.settings reads it when it is loaded."""
    if contact := load_config().contact:
        os.environ.setdefault("GONGWEN_CONTACT", contact)


def print_report(report: Report, style: Style) -> int:
    """The table, unless all is well and nobody looks; then the problems, a line each; returns the exit status."""
    rows = tuple(map(row_of, report.portals))
    if style != "table" or report.exit_status or sys.stdout.isatty():
        print_rows(rows, columns(rows) if style == "table" else COLUMNS, style)
    for portal in report.portals:
        for line in problems(portal):
            remark(line)
    return report.exit_status


def row_of(portal: PortalReport) -> Row:
    """A portal's report as a row."""
    return {column.name: getattr(portal, column.name) for column in COLUMNS} | {"remarks": portal.remarks}


def columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """What a table shows: counts that are zero everywhere and reasons, which follow as lines, stay out."""
    shown = (*ALWAYS, *(column.name for column in COLUMNS if any(row[column.name] for row in rows)))
    return tuple(column for column in COLUMNS if column.name in shown and column.name != "reasons")


def problems(portal: PortalReport) -> Iterator[str]:
    """What a keeper of the portal should read; a remark breaks no promise and needs a terminal."""
    for reason in portal.reasons[:PROBLEMS]:
        yield f"{portal.name}: {reason}"
    if len(portal.reasons) > PROBLEMS:
        yield f"{portal.name}: {len(portal.reasons) - PROBLEMS} more; see --format json"
    if sys.stderr.isatty():
        yield from (f"{portal.name}: {text}" for text in portal.remarks[:PROBLEMS])


class Screen:
    """A line a portal while the crawl runs; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self.tasks: dict[str, TaskID] = {}
        self.progress = Progress(
            SpinnerColumn(finished_text="·"),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.fields[said]}", markup=False),
            TimeElapsedColumn(),
            console=console(err=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

    def __call__(self, portal: str, counts: Mapping[str, int], *, finished: bool = False) -> None:
        """Show how far a portal has come."""
        if portal not in self.tasks:
            self.tasks[portal] = self.progress.add_task(portal, total=1, said="")
        said = f"{counts.get('fetched', 0)} of {counts.get('found', 0)} pages, {counts.get('new', 0)} new"
        self.progress.update(self.tasks[portal], said=said, completed=int(finished))
