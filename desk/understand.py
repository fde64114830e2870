"""Saved pages and texts understood outside a crawl, in worker processes that a deadline bounds."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as DeadlineError
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from archive.article import Article, Page, to_dict
from crawler.understand import prepare, understand
from crawler.workshop import start_method
from desk.inputs import (
    STDIN,
    SavedPage,
    checked_url,
    not_utf8,
    numbered_lines,
    parse_row,
    read_bytes,
    saved_page,
    word,
)
from desk.plain import one_line
from desk.problem import DeskError
from desk.weeks import SHANGHAI
from pipelines.address import find
from pipelines.process import mend
from pipelines.tag import tag
from seeds.portal import Portal

DEADLINE = 30.0  # seconds a page: the slowest of the collection needs 2, hostile ones 90 and more
MEMORY = 2048  # MiB a worker may take
TEXT_KEYS = ("title", "body", "published", "url")
TAG_KEYS = ("topics", "regions", "organisations", "people", "laws", "campaigns", "keywords", "summary")

Portals = Mapping[str, Portal]
Understood = dict[str, Any]
Answers = Generator[Understood, None, None]


@dataclass(frozen=True, slots=True)
class Work:
    """One input for a worker: what to print as its path, what it needs, and its line where a file lists many.

    An `error` says that the input itself is wrong: nothing can be done but to report it in its place.
    """

    path: str
    page: SavedPage | None = None
    portal: Portal | None = None
    row: tuple[tuple[str, str], ...] = ()
    stdin: bytes | None = None  # what this process read for "-": a worker has no such input
    line: int = 0
    error: str = ""


def extract(paths: Sequence[str], url: str, manifest: str | None, portals: Portals, workers: int) -> Answers:
    """Saved pages as articles, in order: those of `paths`, then those of the manifest."""
    if url and (manifest or len(paths) != 1):
        raise DeskError("--url", "names the address of one page", "give one PATH, or a manifest with urls")
    works = [page_work(SavedPage(path, url), portals) for path in paths]
    works += manifest_works(manifest, portals) if manifest else ()
    if not works:
        raise DeskError("extract", "nothing to understand", "give a PATH or --manifest FILE.jsonl")
    return each(extract_page, works, workers=workers)


def page_work(page: SavedPage, portals: Portals) -> Work:
    stdin = read_bytes(STDIN) if page.path == STDIN else None
    return Work(page.path, page, portal_of(page, portals), stdin=stdin)


def manifest_works(manifest: str, portals: Portals) -> Iterator[Work]:
    """The pages that a manifest names: {"path": …, "url": …, "portal": …?} a line."""
    folder = Path(manifest).parent
    return line_works(
        manifest, lambda row, where: page_work(saved_page(row, where, folder), portals), key="path"
    )


def mend_texts(paths: Sequence[str], workers: int) -> Answers:
    """Plain texts as articles, in order."""
    works = [Work(path, stdin=read_bytes(STDIN) if path == STDIN else None) for path in paths]
    return each(mend_text, works, workers=workers)


def tag_rows(path: str, portals: Portals, workers: int) -> Answers:
    """The tags of the texts of a JSON Lines file, in order."""
    return each(tag_row, [*tag_works(path, portals)], workers=workers)


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
    name = work.portal.name if work.portal else ""
    page = Page(work.page.url, body_of(work), saved_at(work), portal=name)
    return shown(understand(page, work.portal), work.path)


def body_of(work: Work) -> bytes:
    if work.stdin is not None:
        return work.stdin
    return read_bytes(work.page.file if work.page else work.path)


def saved_at(work: Work) -> datetime:
    """When the page came: the time of its file; for stdin, now."""
    if work.page is None or work.stdin is not None:
        return datetime.now(SHANGHAI)
    return datetime.fromtimestamp(work.page.file.stat().st_mtime, SHANGHAI)


def mend_text(work: Work) -> Understood:
    """One plain scraped text as an article."""
    return shown(mend(text_of(body_of(work), work.path)), work.path)


def text_of(body: bytes, path: str) -> str:
    """A plain text, which must be UTF-8: to guess would be to damage."""
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise not_utf8(path, error) from error


def tag_row(work: Work) -> Understood:
    """The tags of one text."""
    given = dict(work.row)
    article = Article(
        id="", url=given["url"], title=given["title"], body=given["body"], published=given["published"],
        portal=work.portal.name if work.portal else "",
    )  # fmt: skip
    row = to_dict(tag(article, work.portal))
    return {"path": work.path, "line": work.line, **{key: row[key] for key in TAG_KEYS}}


def shown(article: Article, path: str) -> Understood:
    return {"path": path, **to_dict(article)}


def tag_works(path: str, portals: Portals) -> Iterator[Work]:
    """A work for each text of a JSON Lines file."""

    def tag_work(row: Mapping[str, Any], where: str) -> Work:
        texts = tuple((key, word(row, key, where)) for key in TEXT_KEYS)
        checked_url(dict(texts)["url"], where)
        known = SavedPage(where, portal=word(row, "portal", where))
        return Work(path, portal=portal_of(known, portals), row=texts)

    return line_works(path, tag_work)


def line_works(path: str, make: Callable[[Mapping[str, Any], str], Work], *, key: str = "") -> Iterator[Work]:
    """A work for each line of a JSON Lines file; a wrong line is the failure of that work alone.

    `key` is where a row says its own path; without one it goes by that of the file.
    """
    for number, line in numbered_lines(path):
        where, row = f"{path} line {number}", dict[str, Any]()
        try:
            row = parse_row(line, where)
            yield replace(make(row, where), line=number)
        except DeskError as error:
            yield Work(str(row.get(key) or path), line=number, error=str(error))


def each(
    step: Callable[[Work], Understood], works: Sequence[Work], *, workers: int, deadline: float = DEADLINE
) -> Answers:
    """The answer to each work, in order; one that failed has "path" and "error" and stops no other."""
    count = min(workers, len(works))
    if count < 1:
        return
    pool = worker_pool(count)
    try:
        answers = pool.map(guarded, [(step, work) for work in works], timeout=deadline).result()
        for work in works:
            yield answer(answers, work, deadline)
    finally:  # whoever asked may have gone: what is not yet understood is nobody's
        pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it bare
        pool.join()


def answer(answers: Iterator[Understood], work: Work, deadline: float) -> Understood:
    """The next answer, which is this work's."""
    try:
        return next(answers)
    except DeadlineError:
        return failed(work, f"not understood within {deadline:g} s")
    except ProcessExpired as error:
        return failed(work, f"the worker died (exit {error.exitcode})")


def worker_pool(count: int) -> ProcessPool:
    """Fresh processes, bounded in memory: a page that wants more fails alone."""
    return ProcessPool(
        max_workers=count, max_tasks=500, initializer=prepare, initargs=(MEMORY,), context=start_method()
    )


def guarded(task: tuple[Callable[[Work], Understood], Work]) -> Understood:
    """The boundary of one page: whatever its content does to a step is this page's failure alone."""
    step, work = task
    if work.error:
        return failed(work, work.error)
    try:
        return step(work)
    except Exception as error:  # noqa: BLE001 — the one boundary a page: its failure is named in its own line
        return failed(
            work, f"{type(error).__name__}: {error}" if not isinstance(error, DeskError) else str(error)
        )


def failed(work: Work, reason: str) -> Understood:
    line = {"line": work.line} if work.line else {}
    return {"path": work.path, **line, "error": one_line(reason)}
