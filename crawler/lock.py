"""One crawl a database: who holds it, and since when."""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout


class AlreadyRunning(Exception):  # noqa: N818 — nothing is wrong, somebody else is at work
    """Another crawl has this database; says which process and since when."""

    exit_status = 75  # sysexits.h EX_TEMPFAIL: try again later

    def __init__(self, db: Path, pid: int, since: str) -> None:
        self.db, self.pid, self.since = db, pid, since
        who = f"process {pid} since {since}" if pid else "another process"
        super().__init__(f"{db}: a crawl is already running ({who}); wait for it to end")


class Lock:
    """Held while a crawl writes; the system lets it go when the process ends, however it ends."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.file = FileLock(f"{db}.lock")
        self.note = Path(f"{db}.running")

    def take(self) -> None:
        """Hold the lock; raises AlreadyRunning at once where somebody else does."""
        try:
            self.file.acquire(timeout=0)
        except Timeout:
            raise AlreadyRunning(self.db, *holder(self.note)) from None
        said = {"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds")}
        self.note.write_text(json.dumps(said), encoding="utf-8")

    def release(self) -> None:
        if self.file.is_locked:
            with suppress(OSError):
                self.note.unlink()
            self.file.release()


def holder(note: Path) -> tuple[int, str]:
    """Process and time of whoever holds the lock, (0, "") where the note cannot be read."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        return int(said["pid"]), str(said["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""
