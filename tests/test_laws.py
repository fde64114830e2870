"""The laws of the house fail when they are broken: each breach is made in a copy of the rooms."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("seeds", "archive", "pipelines", "crawler", "desk")

BREACHES = {
    "a lower room imports a higher one": ("pipelines/decode.py", "import crawler"),
    "seeds know the archive": ("seeds/home.py", "import archive.article"),
    "the archive knows seeds": ("archive/article.py", "import seeds.home"),
    "Scrapy outside of the crawler": ("desk/__init__.py", "import scrapy"),
    "Twisted outside of the crawler": ("pipelines/fold.py", "import twisted"),
    "SQLite outside of the archive": ("desk/__init__.py", "import sqlite3"),
    "sqlite-utils outside of the archive": ("crawler/__init__.py", "import sqlite_utils"),
    "click outside of the desk": ("crawler/__init__.py", "import click"),
    "rich outside of the desk": ("pipelines/parts.py", "import rich"),
    "a cleaning step opens the database": ("pipelines/clean/plus.py", "import archive.database"),
    "tagging stores": ("pipelines/tag.py", "import pipelines.store"),
    "the byline grammar asks the archive": ("pipelines/bylines.py", "import archive.rows"),
    "a date is looked up among the kept pages": ("pipelines/dates.py", "import archive.keeping"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=100)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms' code without their data."""
    for room in ROOMS:
        ignore = shutil.ignore_patterns("__pycache__", "documents", "portals", "words", "sites", "articles")
        shutil.copytree(ROOT / room, tmp_path / room, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_own_laws(copy: Path) -> None:
    outcome = lint(copy)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_seen(copy: Path, breach: str) -> None:
    name, statement = BREACHES[breach]
    path = copy / name
    path.write_text(path.read_text(encoding="utf-8") + f"\n{statement}\n", encoding="utf-8")
    outcome = lint(copy)
    assert outcome.returncode == 1
    assert "BROKEN" in outcome.stdout
