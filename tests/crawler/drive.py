"""Runs one crawl in a process of its own, as `gongwen crawl` would, and prints its report as JSON.

The argument is a JSON object with the arguments of `crawler.run.crawl`. Pages that name a danger do what they name
to the worker that reads them; everything else goes through the real chain.
"""

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import crawler.workshop
from archive.article import Article, Page
from crawler.understand import understand
from seeds.portal import Portal


def endangered(page: Page, portal: Portal | None) -> Article:
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
    return understand(page, portal)


def main() -> int:
    from crawler.run import crawl

    said: dict[str, Any] = json.loads(sys.argv[1])
    crawler.workshop.understand = endangered
    seen: list[tuple[str, bool]] = []

    def progress(portal: str, counts: Any, *, finished: bool = False) -> None:
        seen.append((portal, finished))

    try:
        report = crawl(
            said.pop("names", ()), db=said.pop("db"), portals_dir=Path(said.pop("portals_dir")), progress=progress, **said
        )
    except Exception as error:
        sys.stderr.write(f"{error}\n")
        return getattr(error, "exit_status", 2)
    shown = asdict(report)
    shown["finished"] = sorted(portal for portal, finished in seen if finished)
    sys.stdout.write(json.dumps(shown, ensure_ascii=False))
    return report.exit_status


if __name__ == "__main__":
    sys.exit(main())
