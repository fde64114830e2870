"""The command line: each command parses, calls one function, prints."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archive.database import Archive
from archive.search import Filter
from desk import crawling, finding, health, options, reading, scheduling, understand
from desk import export as exporting
from desk import portals as portal_desk
from desk.demo import run as run_demo
from desk.digest import build, render
from desk.failing import DONE, INTERRUPTED, MENDABLE, let_go_of_stdout, tell
from desk.files import deliver
from desk.output import Style, print_rows, print_understood, remark, say, speak_utf8
from desk.render import style_for
from desk.weeks import Week, last_full_week, read_week
from pipelines.query import parse
from seeds.portal import all_portals


def now() -> datetime:
    """The only clock of the desk; what it says is handed on as an argument."""
    return datetime.now(UTC)


def finish(status: int) -> None:
    """End the command with this status."""
    raise click.exceptions.Exit(status)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="gongwen", prog_name="gongwen")
def cli() -> None:
    """Chinese trade-union and labour news: crawled, repaired, tagged, searchable, and a weekly digest.

    Exit status: 0 done; 1 done, but a promise was broken; 2 used wrongly or cannot work; 75 another crawl is at
    work on this database; 130 interrupted.
    """


@cli.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@options.db
@options.portals
@options.workers
@options.allow_private
@options.limited(None, "At most so many new articles of each portal.")
@options.style
def crawl(names: tuple[str, ...], db: Path, style: Style, **how: Any) -> None:
    """Crawl the named portals, or all live ones.

    Prints a row for each portal. Without a terminal it is silent when all went well. It is safe to start
    twice: the
    second crawl of one database says so and ends. Ctrl-C finishes and stores the pages under way.
    """
    finish(crawling.print_report(crawling.crawl(names, db, **how), style))


@cli.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--manifest", metavar="FILE", help='JSON Lines, {"path": …, "url": …, "portal": …?} a page.')
@options.url(default="", help="The address that the one saved page had.")
@options.portals
@options.workers
def extract(
    paths: tuple[str, ...], manifest: str | None, url: str, portals: Path | None, workers: int
) -> None:
    """Understand saved HTML files; print JSON Lines.

    Nothing is stored. One object a page, in order, with its "path"; a page that cannot be understood has an
    "error" instead of fields.
    A PATH of - is standard input.
    """
    finish(print_understood(understand.extract(paths, url, manifest, all_portals(portals), workers)))


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@options.portals_unread
@options.workers
def mend(paths: tuple[str, ...], workers: int) -> None:
    """Understand plain scraped texts; print JSON Lines.

    Nothing is stored. Head, body and tail are told apart and damage is undone. The texts are UTF-8; a PATH
    of - is standard input.
    """
    finish(print_understood(understand.mend_texts(paths, workers)))


@cli.command()
@click.argument("path", metavar="FILE")
@options.portals
@options.workers
def tag(path: str, portals: Path | None, workers: int) -> None:
    """Tag texts given as JSON Lines.

    Prints the tags as JSON Lines, in order, each with its "line"; a wrong line has an "error" instead. A line of
    FILE is {"title": …, "body": …, "portal": …?,
    "published": …?}; a FILE of - is standard input.
    """
    finish(print_understood(understand.tag_rows(path, all_portals(portals), workers)))


@cli.command()
@click.argument("words", metavar="QUERY", nargs=-1)
@options.db
@options.portals_unread
@options.filters(options.sort, limit=20)
@options.style
def search(words: tuple[str, ...], db: Path, wanted: Filter, style: Style) -> None:
    """Articles that hold the words of QUERY.

    They pass the filters too; the best come first. Simplified and traditional characters find each other.
    "…" is a
    phrase, -word excludes (quote the whole QUERY, or put -- before it), title:word and source:word look in
    one field.
    Without QUERY the filters alone choose, the newest first.
    """
    with Archive.open(db, read_only=True) as archive:
        rows, note = finding.found(archive, parse(" ".join(words)), wanted)
    print_rows(rows, finding.columns(style), style)
    remark(note)


@cli.command()
@click.argument("key", metavar="ID")
@options.db
@options.portals_unread
@click.option(
    "--explain", is_flag=True, help="Say where every field came from, what was changed and what left out."
)
@options.style
def show(key: str, db: Path, explain: bool, style: Style) -> None:  # noqa: FBT001 — click hands flags over by name
    """One article: its text, tags and copies.

    ID is an id, the beginning of one, or a URL.
    """
    with Archive.open(db, read_only=True) as archive:
        reading.show(archive, key, style, explain=explain)


@cli.command()
@options.db
@options.portals
@click.option(
    "--week",
    metavar="WEEK",
    callback=lambda _c, _p, value: read_week(value) if value else last_full_week(now()),
    help="An ISO week as 2026-W47, Monday to Sunday in Shanghai; the last full week by default.",
)
@click.option(
    "--format", "style", help="One of md, html, json, atom; else what the ending of -o says, else md."
)
@options.output
def digest(db: Path, portals: Path | None, week: Week, style: str | None, output: str | None) -> None:
    """The news of a week as one document.

    Key points, lead stories, topics against their past, regions, every article, and how far to trust it.
    """
    chosen = style_for(style, output)
    with Archive.open(db, read_only=True) as archive:
        issue = build(archive, week, now=now(), portals=all_portals(portals))
    deliver([render(issue, chosen)], output)


@cli.command()
@options.db
@options.portals_unread
@options.filters(limit=None)
@click.option(
    "--format", "style", default="jsonl", show_default=True, help="One of csv, jsonl, atom, jsonfeed."
)
@click.option("--bom", is_flag=True, help="Begin a CSV with the mark by which Excel knows UTF-8.")
@options.output
def export(db: Path, wanted: Filter, style: str, bom: bool, output: str | None) -> None:  # noqa: FBT001 — as above
    """Articles as csv, jsonl, atom or jsonfeed.

    The newest first. In CSV a cell that a spreadsheet would run as a formula begins with a single quote.
    """
    with Archive.open(db, read_only=True) as archive:
        deliver(exporting.export(archive.articles(wanted), style, bom=bom), output)


@cli.group("portals")
def portals_group() -> None:
    """The portals: list, show, check, links."""


@portals_group.command("list")
@options.portals
@options.style
def portals_list(portals: Path | None, style: Style) -> None:
    """All declared portals."""
    print_rows(map(portal_desk.portal_row, all_portals(portals).values()), portal_desk.columns(style), style)


@portals_group.command("show")
@click.argument("name", metavar="NAME")
@options.portals
@options.style
def portals_show(name: str, portals: Path | None, style: Style) -> None:
    """Everything that one portal's file says."""
    portal_desk.show(portal_desk.portal_named(name, all_portals(portals)), style)


@portals_group.command("check")
@options.db
@options.portals
@options.style
def portals_check(db: Path, portals: Path | None, style: Style) -> None:
    """Whether portal files hold and promises are kept.

    Loads every file, runs its url tests, and compares the last seven days with what the file promises; names
    the settings that nothing acts on yet. Exit status 1 when a file is wrong, a test fails, a run failed or a
    promise was broken.
    """
    rows = portal_desk.check(db, portals, now=now(), named=options.is_given("db"))
    print_rows(rows, portal_desk.CHECK_COLUMNS, style)
    finish(portal_desk.status(rows))


@portals_group.command("links")
@click.argument("path", metavar="PATH")
@options.url(required=True, help="The address that the saved page had.")
@options.portals
@click.option(
    "--format",
    "style",
    type=click.Choice(options.STYLES),
    default="json",
    show_default=True,
    help="Data for a program, or a table to read.",
)
def portals_links(path: str, url: str, portals: Path | None, style: Style) -> None:
    """The links on a saved list page, feed or sitemap.

    They are those that discovery would visit.
    """
    print_rows(portal_desk.page_links(path, url, all_portals(portals)), portal_desk.LINK_COLUMNS, style)


@cli.command()
@options.db
@options.portals
@options.style
def doctor(db: Path, portals: Path | None, style: Style) -> None:
    """Whether this installation is able to work.

    Looks at config, folders, portals, disk, database and last run. Exit status 1 for a warning, 2 when
    something keeps the program from working.
    """
    checks = health.examine(db, portals, now=now())
    print_rows(health.rows(checks), health.COLUMNS, style)
    finish(health.status(checks))


@cli.command()
@options.db
@options.portals
@click.option("--systemd", is_flag=True, help="Units for systemd instead of lines for cron.")
def schedule(db: Path, portals: Path | None, systemd: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """The crontab lines, or systemd units, to install.

    They crawl every hour and write the digest on Mondays, with this installation's paths and environment.
    """
    say(
        scheduling.schedule(
            "systemd" if systemd else "crontab", db, portals if options.is_given("portals") else None
        )
    )


@cli.command()
@click.argument("folder", default="demo", type=click.Path(path_type=Path, file_okay=False))
def demo(folder: Path) -> None:
    """The whole way once: sample portals, crawl, search, digest.

    Serves the bundled sample portals on loopback and needs no network. FOLDER, "demo" by default, receives
    the
    database and the digest; a folder of an earlier demo is made anew, any other that is not empty is left
    alone.
    """
    finish(run_demo(folder))


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit status; a failure that a person can mend is one line on stderr."""
    try:
        speak_utf8()
        status = cli.main(list(args), prog_name="gongwen", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # click ends so when the reader of a pipe has gone
        return DONE
    except BrokenPipeError:
        return let_go_of_stdout()
    except MENDABLE as error:
        return tell(error)
    return status if isinstance(status, int) else DONE


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
