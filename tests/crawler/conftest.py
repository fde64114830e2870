"""One crawl over many portals, each with a fate of its own: most tests read its report and its database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawler import portals as fates
from tests.crawler.site import Site, serving

ROOT = Path(__file__).resolve().parents[2]
DRIVE = ROOT / "tests" / "crawler" / "drive.py"


@dataclass(slots=True)
class Outcome:
    """What a crawl left behind."""

    status: int
    report: dict[str, Any]
    errors: str
    db: Path

    def portal(self, name: str) -> dict[str, Any]:
        return next(portal for portal in self.report["portals"] if portal["name"] == name)


def environment(tmp: Path) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("GONGWEN_")}
    return {**bare, "GONGWEN_HOME": str(tmp / "home"), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


def launch(tmp: Path, said: Mapping[str, Any]) -> subprocess.Popen[str]:
    arguments = [sys.executable, str(DRIVE), json.dumps(said)]
    return subprocess.Popen(
        arguments, cwd=tmp, env=environment(tmp), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def drive(tmp: Path, said: Mapping[str, Any], *, timeout: float = 100) -> Outcome:
    """Crawl in a process of its own and read its report."""
    process = launch(tmp, said)
    output, errors = process.communicate(timeout=timeout)
    return Outcome(process.returncode, json.loads(output) if output else {}, errors, Path(said["db"]))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crawl")


@pytest.fixture(scope="session")
def sites() -> Iterator[dict[str, Site]]:
    """A server for every portal, and one that listens where nobody is allowed."""
    with ExitStack() as stack:
        served = {name: stack.enter_context(serving()) for name in fates.FATES}
        yield {**served, "secret": stack.enter_context(serving("127.0.0.2"))}


@pytest.fixture(scope="session")
def crawled(home: Path, sites: dict[str, Site]) -> Outcome:
    """The one crawl: every portal of tests/crawler/portals.py, 127.0.0.1 allowed and nothing else."""
    fates.write(home / "portals", sites)
    return drive(home, everything(home))


@pytest.fixture(scope="session")
def again(home: Path, sites: dict[str, Site], crawled: Outcome) -> Outcome:
    """The same crawl once more, on the same database."""
    for site in sites.values():
        site.hits.clear()
    return drive(home, everything(home) | {"names": ["ordinary", "feed", "paper"]})


def everything(home: Path) -> dict[str, Any]:
    return {
        "names": list(fates.FATES),
        "db": str(home / "all.db"),
        "portals_dir": str(home / "portals"),
        "allow_private": ["127.0.0.1/32"],
        "workers": 2,
        "settings": {
            "GONGWEN_DEADLINE": 2.0,
            "GONGWEN_WORKER_MEMORY": 3072,
            "DOWNLOAD_TIMEOUT": 3,
            "RETRY_TIMES": 1,
        },
    }
