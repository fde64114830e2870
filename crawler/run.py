"""One run: all named portals in one process, one database, one lock; a report with a true exit status."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.reactor import is_reactor_installed

from archive.opening import ArchiveError
from crawler.private import allowance
from crawler.spiders.portal import PortalSpider, from_settings
from crawler.watch import PortalReport, Report, counts_of
from crawler.workshop import one_line
from seeds.home import home
from seeds.portal import all_portals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crawler.watch import Progress
    from crawler.workshop import Workshop
    from seeds.portal import Portal

AT_ONCE = 16  # portals crawled side by side; each is slow on purpose
CANNOT = 2  # the archive could not be written to the end
STOPPED = 128  # a shell's exit status for a signal is this plus its number


class CrawlError(Exception):
    """A crawl cannot begin: says why and what to do."""

    exit_status = 2


@dataclass(slots=True)
class Course:
    """A run as it goes: what reports so far, and which signal, if any, asked it to end."""

    process: AsyncCrawlerProcess
    workshop: Workshop
    progress: Progress | None
    reports: list[PortalReport]
    signum: int = 0


def crawl(  # noqa: PLR0913 — the options of one command, all by name
    names: Sequence[str] = (),
    *,
    db: Path | str,
    portals_dir: Path | None = None,
    allow_private: Sequence[str] = (),
    workers: int | None = None,
    limit: int | None = None,
    settings: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Crawl the named portals, or all live ones, and say what became of each.

    `limit` bounds the new articles a portal. Raises PortalError, ArchiveError, AllowanceError, CrawlError or
    AlreadyRunning before anything is fetched. Once a process: Twisted's reactor cannot be started again. Ctrl-C and
    SIGTERM finish and store the pages in flight; a second signal ends the process at once.
    """
    began = monotonic()
    home()  # what every worker will want is missed here, once
    portals = all_portals(portals_dir)
    chosen, passed_over = choose(names, portals)
    allowance(allow_private)
    refuse_second_start()
    options = {
        "GONGWEN_DB": str(db),
        "GONGWEN_PORTALS": str(portals_dir or ""),
        "GONGWEN_ALLOW_PRIVATE": list(allow_private),
        "GONGWEN_WORKERS": workers,
        "GONGWEN_LIMIT": limit,
    }
    config = configured({name: value for name, value in options.items() if value}, settings or {})
    workshop = from_settings(config, portals.values())
    workshop.open()
    try:
        reports, signum = noted(chosen, config, workshop, progress)
    finally:
        workshop.close()
    whole = tuple(sorted((*reports, *passed_over), key=lambda report: report.name))
    status = CANNOT if workshop.trouble else exit_status(whole, signum)
    return Report(str(db), whole, round(monotonic() - began, 2), status)


def choose(
    names: Sequence[str], portals: Mapping[str, Portal]
) -> tuple[list[Portal], tuple[PortalReport, ...]]:
    """The portals to crawl, and a line for each that would be but cannot. A name nobody declared is an error."""
    unknown = [name for name in names if name not in portals]
    if unknown:
        raise CrawlError(f"no portal is called {unknown[0]!r}; `gongwen portals list` names them")
    if names:
        return [portals[name] for name in dict.fromkeys(names)], ()
    ready = [portal for portal in portals.values() if portal.status == "live" and not portal.fetch.render]
    blind = [portal.name for portal in portals.values() if portal.status == "live" and portal.fetch.render]
    blocked = [portal.name for portal in portals.values() if portal.status == "blocked"]
    return ready, (
        *(PortalReport(name, "skipped", remarks=("needs a browser, not served yet",)) for name in blind),
        *(PortalReport(name, "skipped", remarks=("its file says it is blocked",)) for name in blocked),
    )


def refuse_second_start() -> None:
    """Say plainly what Twisted would say with a traceback."""
    if not is_reactor_installed():
        return
    from twisted.internet import reactor  # noqa: PLC0415 — importing it earlier would install the wrong one

    if getattr(reactor, "_startedBefore", False):
        raise CrawlError("a crawl can run once a process; start another process for the next one")


def configured(options: Mapping[str, Any], settings: Mapping[str, Any]) -> Settings:
    """crawler.settings with this run's options on top; quiet, because the desk does the talking."""
    config = Settings()
    config.setmodule("crawler.settings", priority="project")
    quiet = {"LOG_LEVEL": "WARNING", "STATS_DUMP": False}
    config.setdict({**quiet, **options, **settings}, priority="cmdline")
    return config


def noted(
    chosen: Sequence[Portal], config: Settings, workshop: Workshop, progress: Progress | None
) -> tuple[list[PortalReport], int]:
    """Crawl, with a line in the archive's list of runs before and after."""
    number = workshop.begin([portal.name for portal in chosen])
    course = Course(AsyncCrawlerProcess(config), workshop, progress, [])
    try:
        travel(course, chosen)
    finally:
        broken = any(report.state == "broken" for report in course.reports)
        outcome = "interrupted" if course.signum else "broken promises" if broken else "done"
        with (
            suppress(ArchiveError) if workshop.trouble else nullcontext()
        ):  # the report tells it all the same
            counts = {report.name: counts_of(report) for report in course.reports}
            workshop.end(number, workshop.trouble or outcome, counts)
    return course.reports, course.signum


def travel(course: Course, chosen: Sequence[Portal]) -> None:
    """Start the event loop, crawl every group of portals, stop it."""
    loop = asyncio.get_event_loop()
    task = loop.create_task(every_group(course, groups(chosen)))
    task.add_done_callback(lambda _: loop.call_soon(stop_reactor))
    with signals_caught(course, loop):
        course.process.start(stop_after_crawl=False, install_signal_handlers=False)
    task.result()


def groups(portals: Sequence[Portal]) -> list[list[Portal]]:
    """Portals that share a host are crawled one after another: a site sees one visitor at a time."""
    found: list[tuple[set[str], list[Portal]]] = []
    for portal in portals:
        hosts = {urlsplit(listing.url).netloc for listing in portal.lists}
        members = [portal]
        for group in [group for group in found if group[0] & hosts]:
            found.remove(group)
            hosts |= group[0]
            members = [*group[1], *members]
        found.append((hosts, members))
    return [members for _, members in found]


async def every_group(course: Course, waiting: Sequence[Sequence[Portal]]) -> None:
    room = asyncio.Semaphore(AT_ONCE)

    async def one_group(members: Sequence[Portal]) -> None:
        async with room:
            for portal in members:
                if course.signum:
                    return
                course.reports.append(await one_portal(course, portal))

    await asyncio.gather(*map(one_group, waiting))


async def one_portal(course: Course, portal: Portal) -> PortalReport:
    """Crawl one portal; whatever befalls it is its report, and the others go on."""
    crawler = course.process.create_crawler(portal.name)
    try:
        await course.process.crawl(crawler, workshop=course.workshop, progress=course.progress)
    # Scrapy hands on whatever a spider, a middleware or the event loop raised, and names no common class for it.
    except Exception as error:  # noqa: BLE001 — one portal's failure is its report, and the others go on
        return PortalReport(portal.name, "broken", reasons=(one_line(error),))
    spider = crawler.spider
    if isinstance(spider, PortalSpider) and spider.report is not None:
        return spider.report
    return PortalReport(portal.name, "broken", reasons=("ended without a report; see the log",))


def stop_reactor() -> None:
    from twisted.internet import reactor  # noqa: PLC0415 — it exists only once Scrapy has installed it

    with suppress(RuntimeError):  # stopped already
        reactor.stop()  # type: ignore[misc]  # Twisted types its reactor as a module


@contextmanager
def signals_caught(course: Course, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """While the run goes: the first Ctrl-C or SIGTERM lets it finish what is in flight, the second ends the process."""

    def caught(signum: int, _: object) -> None:
        if course.signum:
            os._exit(STOPPED + signum)
        course.signum = signum
        loop.call_soon_threadsafe(lambda: halts.append(loop.create_task(halt(course))))

    halts: list[asyncio.Task[None]] = []
    before = {signum: signal.signal(signum, caught) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


async def halt(course: Course) -> None:
    """Stop every crawler, those included that were just starting."""
    while course.process.crawlers:
        for crawler in list(course.process.crawlers):
            with suppress(RuntimeError):  # its engine does not exist yet
                if crawler.engine.running:
                    await crawler.stop_async()
        await asyncio.sleep(0.1)


def exit_status(reports: Sequence[PortalReport], signum: int) -> int:
    """0 all promises kept, 1 some broken, 130 or 143 stopped by Ctrl-C or SIGTERM."""
    if signum:
        return STOPPED + signum
    return int(any(report.state == "broken" for report in reports))
