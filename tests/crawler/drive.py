"""Runs one crawl in a process of its own, as `gongwen crawl` would, and prints its report as JSON.

The argument is a JSON object with the arguments of `crawler.run.crawl`. Pages that name a danger do what they name
to the worker that reads them; everything else goes through the real chain.
"""

import json
import multiprocessing
import os
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import crawler.workshop
from archive.article import Article, Page
from archive.lesson import Memory
from crawler.run import crawl
from crawler.understand import understand
from seeds.portal import Portal


def endangered(page: Page, portal: Portal | None, memory: Memory) -> Article:
    if b"DANGER:crash" in page.body:
        os._exit(9)
    if b"DANGER:memory" in page.body:
        bytearray(8 << 30)
    if b"DANGER:stall" in page.body:
        time.sleep(3600)
    if b"DANGER:slow" in page.body:
        time.sleep(0.25)
    if b"DANGER:bug" in page.body:
        raise LookupError("a bug\nof ours\x1b[31m")
    return understand(page, portal, memory)


def glanced(page: Page, portal: Portal | None, memory: Memory) -> Article:
    """Stands in for the chain where a test is about the run, not about its articles."""
    if b"DANGER:slow" in page.body:
        time.sleep(0.1)
    named = page.listed_title or "无题"
    return Article(
        page.digest[:16],
        page.address,
        portal=page.portal,
        title=named,
        body=named * 3,
        fetched=page.fetched.isoformat(),
    )


def main() -> int:
    said: dict[str, Any] = json.loads(sys.argv[1])
    crawler.workshop.understand = endangered
    if room := said.pop("room", 0):  # bytes that a file may grow to: a disk that fills
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    if said.pop("glance", False):
        crawler.workshop.understand = glanced
        crawler.workshop.start_method = lambda: multiprocessing.get_context("fork")
    seen: list[tuple[str, bool]] = []

    def progress(portal: str, counts: Any, *, finished: bool = False) -> None:
        seen.append((portal, finished))

    try:
        report = crawl(
            said.pop("names", ()),
            db=said.pop("db"),
            portals_dir=Path(said.pop("portals_dir")),
            progress=progress,
            **said,
        )
    except Exception as error:  # noqa: BLE001 — its line and exit status are what the test reads
        sys.stderr.write(f"{error}\n")
        return getattr(error, "exit_status", 2)
    shown = asdict(report)
    shown["finished"] = sorted(portal for portal, finished in seen if finished)
    sys.stdout.write(json.dumps(shown, ensure_ascii=False))
    return report.exit_status


if __name__ == "__main__":
    sys.exit(main())
