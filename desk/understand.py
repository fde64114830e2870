"""Saved pages and texts understood outside a crawl, in worker processes that a deadline bounds."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as DeadlineError
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pebble import ProcessExpired, ProcessPool

from archive.article import Article, Page, to_dict
from desk.inputs import STDIN, SavedPage, read_bytes, word
from desk.plain import one_line
from desk.problem import DeskError
from desk.weeks import SHANGHAI
from pipelines.address import find
from pipelines.process import mend, process
from pipelines.tag import tag
from seeds.portal import Portal

DEADLINE = 30.0  # seconds a page: the slowest of the collection needs 2, hostile ones 90 and more
TAG_KEYS = ("topics", "regions", "organisations", "people", "laws", "campaigns", "keywords", "summary")

Portals = Mapping[str, Portal]
Understood = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """One input for a worker: what to print as its path, and what it needs."""

    path: str
    page: SavedPage | None = None
    portal: Portal | None = None
    row: tuple[tuple[str, str], ...] = ()


def portal_of(page: SavedPage, portals: Portals) -> Portal | None:
    """The portal that is named, else the one that the address belongs to."""
    if not page.portal:
        return find(page.url, portals) if page.url else None
    if page.portal not in portals:
        raise DeskError(page.path, f"no portal {page.portal!r}", "see gongwen portals list")
    return portals[page.portal]


def extract_page(work: Work) -> Understood:
    """One saved page as an article."""
    assert work.page is not None
    file = work.page.file
    body = read_bytes(file)
    saved = datetime.fromtimestamp(file.stat().st_mtime, SHANGHAI)
    page = Page(work.page.url, body, saved, portal=work.portal.name if work.portal else "")
    return shown(process(page, work.portal), work.path)


def mend_text(work: Work) -> Understood:
    """One plain scraped text as an article."""
    text = read_bytes(work.path).decode("utf-8", "replace")
    return shown(mend(text, name="" if work.path == STDIN else work.path), work.path)


def tag_row(work: Work) -> Understood:
    """The tags of one text."""
    given = dict(work.row)
    article = Article(
        id="", url=given["url"], title=given["title"], body=given["body"], published=given["published"],
        portal=work.portal.name if work.portal else "",
    )  # fmt: skip
    row = to_dict(tag(article, work.portal))
    return {"path": work.path, **{key: row[key] for key in TAG_KEYS}}


def shown(article: Article, path: str) -> Understood:
    return {"path": path, **to_dict(article)}


def tag_work(rows: Iterator[tuple[str, dict[str, Any]]], path: str, portals: Portals) -> Iterator[Work]:
    """A work for each line of a JSON Lines file."""
    for where, row in rows:
        texts = tuple((key, word(row, key, where)) for key in ("title", "body", "published", "url"))
        known = SavedPage(path, portal=word(row, "portal", where))
        yield Work(path, portal=portal_of(known, portals), row=texts)


def understand(
    step: Callable[[Work], Understood], works: Sequence[Work], *, workers: int, deadline: float = DEADLINE
) -> Iterator[Understood]:
    """The answer to each work, in order; one that failed has "path" and "error" and stops no other."""
    count = min(workers, len(works))
    if count < 1:
        return
    with ProcessPool(max_workers=count, max_tasks=500, context=multiprocessing.get_context("spawn")) as pool:
        answers = pool.map(guarded, [(step, work) for work in works], timeout=deadline).result()
        for work in works:
            try:
                yield next(answers)
            except DeadlineError:
                yield failed(work, f"not understood within {deadline:g} s")
            except ProcessExpired as error:
                yield failed(work, f"the worker died (exit {error.exitcode})")


def guarded(task: tuple[Callable[[Work], Understood], Work]) -> Understood:
    """The boundary of one page: whatever its content does to a step is this page's failure alone."""
    step, work = task
    try:
        return step(work)
    except Exception as error:  # noqa: BLE001 — the one boundary a page: its failure is named in its own line
        return failed(work, f"{type(error).__name__}: {error}" if not isinstance(error, DeskError) else str(error))


def failed(work: Work, reason: str) -> Understood:
    return {"path": work.path, "error": one_line(reason)}
