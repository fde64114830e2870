"""Where pages are understood and kept: worker processes with a deadline, and one thread that writes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pebble import ProcessExpired, ProcessPool

from archive.article import Article, Failure, Page
from archive.database import Archive
from crawler.lock import Lock
from crawler.understand import TooHard, discover, further, prepare, too_hard, understand
from pipelines.store import recall, store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from typing import TypeVar

    from archive.lesson import Memory
    from crawler.discovery import Found
    from pipelines.store import Outcome
    from seeds.portal import Listing, Portal

    T = TypeVar("T")

MOST_WORKERS = 4
WAITING = 4  # pages a worker, one of them being read
ONE_LINE = 300  # characters of a reason


@dataclass(frozen=True, slots=True)
class Bounds:
    """What workers may take: their number, seconds and MiB a page, pages until one is replaced."""

    workers: int = 0
    deadline: float = 10.0
    memory: int = 2048
    pages: int = 500

    @property
    def number(self) -> int:
        return self.workers or min(MOST_WORKERS, os.cpu_count() or 1)


class Workshop:
    """Shared by all portals of a run. Opened by the first page or list that needs it; close it at the end."""

    def __init__(self, db: Path, bounds: Bounds, outlets: Sequence[tuple[str, str]] = ()) -> None:
        self.db, self.bounds, self.outlets = db, bounds, tuple(outlets)
        self.lock = Lock(db)
        self.writer = ThreadPoolExecutor(1, "gongwen-writer")  # an SQLite connection belongs to its thread
        self.hall = ThreadPoolExecutor(1, "gongwen-hall")  # starting workers takes a while; the loop goes on
        self.pool: Future[ProcessPool] | None = None
        self.archive: Archive | None = None
        self.trouble = ""  # why the archive cannot be written any more
        self.waiting = 0  # pages handed over and not yet understood and kept
        self.room = asyncio.Event()
        self.room.set()
        self.work: Callable[[Page, Portal | None, Memory], Article] = understand

    def open(self) -> None:
        """Take the lock and the database; raises AlreadyRunning or ArchiveError before anything is fetched."""
        if self.archive is not None:
            return
        if self.db.parent.is_dir():  # the lock would make the folder; the archive says that it is missing
            self.lock.take()
        try:
            self.archive = self.writer.submit(Archive.open, self.db).result()
        except BaseException:
            self.lock.release()
            raise
        self.processes()

    def close(self) -> None:
        """Finish what the workers hold, then let go of database and lock."""
        if self.pool is not None:
            pool = self.pool.result()
            pool.close()  # type: ignore[no-untyped-call]  # pebble is typed in part
            pool.join()
            self.pool = None
        if self.archive is not None:
            self.writer.submit(self.archive.close).result()
            self.archive = None
        self.hall.shutdown()
        self.writer.shutdown()
        self.lock.release()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While a page is understood and kept; `room` is set while further ones may come."""
        self.take_place(1)
        try:
            yield
        finally:
            self.take_place(-1)

    def take_place(self, places: int) -> None:
        self.waiting += places
        if self.waiting < WAITING * self.bounds.number:
            self.room.set()
        else:
            self.room.clear()

    def opened(self) -> Archive:
        self.open()
        assert self.archive is not None
        return self.archive

    def begin(self, names: Sequence[str]) -> int:
        """Note in the archive that a run begins; its number."""
        return self.writer.submit(Archive.start_run, self.opened(), names).result()

    def end(self, run: int, outcome: str, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Note how a run ended."""
        self.writer.submit(Archive.finish_run, self.opened(), run, outcome, counts).result()

    async def understand(self, page: Page, portal: Portal | None) -> Article | Failure:
        """The article of a page, or why there is none. Whatever the page does, only its worker suffers."""
        memory = await self.written(recall, page, portal)
        outcome = await self.attempt(self.work, page, portal, memory)
        if isinstance(outcome, Article):
            return outcome
        return failure(page.address, page.portal, outcome, self.bounds.deadline)

    async def discover(
        self, body: bytes, url: str, listing: Listing, portal: Portal, header: str
    ) -> Found | Failure:
        """The links of a list, or why they cannot be read."""
        outcome = await self.attempt(discover, body, url, listing, portal, header)
        if isinstance(outcome, Exception):
            return failure(url, portal.name, outcome, self.bounds.deadline)
        return outcome

    async def further(self, whole: Page, portal: Portal) -> str:
        """The address of an article's next page, "" where it ends; what is wrong with a page is told with its article."""
        outcome = await self.attempt(further, whole, portal)
        return "" if isinstance(outcome, Exception) else outcome

    async def attempt(self, work: Callable[..., T], *arguments: Any) -> T | Exception:
        """Run something in a worker; its exception, its death or its timeout is the answer then."""
        try:
            pool = await asyncio.wrap_future(self.processes())
            result: T = await asyncio.wrap_future(
                pool.schedule(work, arguments, timeout=self.bounds.deadline)
            )
        except BrokenProcessPool as error:
            self.pool = None  # the next page gets a new one
            return error
        except Exception as error:  # noqa: BLE001 — the one boundary where any page's failure becomes a value
            return error
        return result

    def processes(self) -> Future[ProcessPool]:
        """The worker processes, started when first asked for."""
        if self.pool is None:
            self.pool = self.hall.submit(started, self.bounds)
        return self.pool

    async def written(self, work: Callable[..., T], *arguments: Any) -> T:
        """Run something with the archive in the thread that owns it."""
        return await asyncio.get_running_loop().run_in_executor(self.writer, work, self.opened(), *arguments)

    async def known(self, urls: Sequence[str]) -> Mapping[str, str]:
        """Which of these addresses the archive has met."""
        return await self.written(Archive.known, tuple(urls))

    async def keep(self, article: Article, page: Page) -> Outcome:
        return await self.written(store, article, page, self.outlets)

    async def keep_failure(self, failed: Failure, page: Page) -> None:
        await self.written(Archive.fail, failed, page)


def started(bounds: Bounds) -> ProcessPool:
    """A pool whose first worker is ready."""
    pool = ProcessPool(
        max_workers=bounds.number,
        max_tasks=bounds.pages,
        initializer=prepare,
        initargs=(bounds.memory,),
        context=start_method(),
    )
    pool.schedule(too_hard, (b"",)).result()
    return pool


def outlets_of(portals: Iterable[Portal]) -> tuple[tuple[str, str], ...]:
    """(portal, a name it signs with), for telling whose words a text is."""
    named = [(portal.name, name) for portal in portals for name in (portal.title, portal.default_source)]
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


def start_method() -> multiprocessing.context.BaseContext:
    """Fresh processes, never forks of a process with threads; a fork server where the system has one.

    The fork server reads one page before it forks, so that a new worker starts warm.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawler.deaf", "crawler.warm"])
    return context


def failure(url: str, portal: str, error: Exception, deadline: float) -> Failure:
    """An exception from a worker as one line about one page."""
    match error:
        case TooHard():
            return Failure(url, portal, "too-large", f"not parsed: it has {error}")
        case TimeoutError():
            return Failure(url, portal, "timeout", f"took longer than {deadline:g} s to understand")
        case ProcessExpired():
            return Failure(url, portal, "crash", f"its worker died (exit code {error.exitcode})")
        case MemoryError():
            return Failure(url, portal, "crash", "took more memory than a worker may have")
        case UnicodeError():
            return Failure(url, portal, "undecodable", one_line(error))
        case _:
            return Failure(url, portal, "error", one_line(error))


def one_line(error: BaseException) -> str:
    """An exception's name and message, without the page's own line breaks and control characters."""
    text = " ".join(str(error).split())
    shown = "".join(char if char.isprintable() else "?" for char in text)
    return f"{type(error).__name__}: {shown}"[:ONE_LINE]
