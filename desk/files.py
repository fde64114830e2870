"""Files the desk writes: whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from desk.problem import DeskError


def deliver(pieces: Iterable[str | bytes], path: str | None) -> None:
    """To a file whole, or to stdout piece by piece."""
    coded = (
        piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece for piece in pieces
    )
    if path:
        write(Path(path), b"".join(coded))
        return
    for piece in coded:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def write(path: Path, content: bytes) -> None:
    """Put the bytes at `path`: written beside it, synced, renamed; a full disk leaves the old file as it was."""
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe: nothing to keep whole
            path.write_bytes(content)
        else:
            replace(path.resolve(), content)
    except OSError as error:
        raise DeskError(
            str(path), f"cannot be written ({error.strerror})", "choose another path with -o"
        ) from error


def replace(path: Path, content: bytes) -> None:
    """The write itself; a link keeps pointing where it did."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode_of(path))  # mkstemp makes files that only their owner reads
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def mode_of(path: Path) -> int:
    """The mode a file has, or that the umask would give a new one."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
