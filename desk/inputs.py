"""What `extract`, `mend` and `tag` are given: saved pages, plain texts, JSON Lines."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desk.problem import DeskError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page in a file: where it lies, what its address was, which portal it is of ("" for both: find out)."""

    path: str
    url: str = ""
    portal: str = ""
    beside: str = ""  # the manifest's folder: a path that is not found from here is looked for there

    @property
    def file(self) -> Path:
        here = Path(self.path)
        there = Path(self.beside) / self.path
        return there if self.beside and not here.exists() and there.exists() else here


def saved_page(row: Mapping[str, Any], where: str, folder: Path) -> SavedPage:
    if not row.get("path"):
        raise DeskError(where, 'no "path"', 'a line is {"path": …, "url": …, "portal": …?}')
    return SavedPage(
        word(row, "path", where),
        checked_url(word(row, "url", where), where),
        word(row, "portal", where),
        str(folder),
    )


def word(row: Mapping[str, Any], key: str, where: str) -> str:
    """A text of the row, "" for null and without half characters; any other kind of value is an error."""
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise DeskError(where, f'"{key}" is not a text', "correct the line")
    return (value or "").encode("utf-8", "ignore").decode("utf-8")


def checked_url(url: str, where: str) -> str:
    """The address; one that no program could read is an error."""
    try:
        urlsplit(url)
    except ValueError as error:
        raise DeskError(where, f"no address {url!r} ({error})", "correct it or leave it out") from error
    return url


def numbered_lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines of a JSON Lines file or of stdin that are not blank, each with its number from 1."""
    for number, line in enumerate(lines_of(path), start=1):
        if line.strip():
            yield number, line


def lines_of(path: str) -> Iterable[str]:
    return read_text(path).removeprefix("\ufeff").split("\n")


def parse_row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "too deep")
        raise DeskError(where, f"not JSON ({reason})", "write one object a line") from error
    if not isinstance(row, dict):
        raise DeskError(where, "not a JSON object", "write one object a line")
    return row


def read_bytes(path: str | Path) -> bytes:
    """A file's bytes, or those of stdin for "-"."""
    if str(path) == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DeskError(str(path), f"cannot be read ({reason})", "check the path") from error


def read_text(path: str | Path) -> str:
    """A file's text, which must be UTF-8."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(str(path), error) from error


def not_utf8(path: str, error: UnicodeDecodeError) -> DeskError:
    return DeskError(path, f"not UTF-8 at byte {error.start}", "convert it: iconv -f GB18030 -t UTF-8")
