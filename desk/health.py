"""Is this installation able to work: what `gongwen doctor` finds, and what to do about it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from filelock import Timeout

from archive.database import Archive, ArchiveError, Run
from archive.health import Health
from crawler.lock import Lock
from desk.config import config_path, load_config
from desk.output import Row, plain_column
from desk.problem import DeskError
from desk.weeks import SHANGHAI
from pipelines.address import failures
from seeds.home import home
from seeds.portal import PortalError, all_portals

State = Literal["ok", "warning", "broken"]
MIB = 1 << 20
LEAST_FREE = 500 * MIB
LOG_LIMIT = 64 * MIB  # a log that grew so far has a reader that never ends
OVERDUE = timedelta(days=2)
COLUMNS = (
    plain_column("name", "what", narrow=True),
    plain_column("state", "state", narrow=True),
    plain_column("found", "found"),
    plain_column("remedy", "what to do"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. A warning breaks a promise; a broken thing keeps the program from working."""

    name: str
    state: State
    found: str
    remedy: str = ""


def examine(db: Path, portals: Path | None, *, now: datetime) -> tuple[Check, ...]:
    """Look at everything; nothing is changed."""
    return (
        *check_config(),
        check_contact(),
        check_home(),
        *check_portals(portals),
        check_disk(db),
        *check_archive(db, now),
    )


def rows(checks: tuple[Check, ...]) -> tuple[Row, ...]:
    return tuple(asdict(check) for check in checks)


def status(checks: tuple[Check, ...]) -> int:
    """The exit status: 2 when something is broken, 1 for a warning, else 0."""
    states = {check.state for check in checks}
    return 2 if "broken" in states else 1 if "warning" in states else 0


def check_config() -> Iterator[Check]:
    try:
        load_config()
    except DeskError as error:
        yield Check("config", "broken", f"{error.what}: {error.problem}", error.remedy)
        return
    path = config_path()
    yield Check("config", "ok", str(path) if path.exists() else f"no {path}; defaults hold")


def check_contact() -> Check:
    """Whom the keeper of a site may write to: asked of everybody who crawls what is not his own."""
    try:
        contact = os.environ.get("GONGWEN_CONTACT", "").strip() or load_config().contact.strip()
    except DeskError:  # said already, of the config itself
        contact = ""
    if contact:
        return Check("contact", "ok", contact)
    remedy = "name a mail address or page in GONGWEN_CONTACT, or as contact in the config file"
    return Check("contact", "warning", "none; the user agent tells sites so", remedy)


def check_home() -> Check:
    """The folder for everything the program writes besides the database must be ours alone."""
    try:
        folder = home()
    except OSError as error:
        return Check(
            "home", "broken", f"{error.filename}: {error.strerror}", "name a writable folder in GONGWEN_HOME"
        )
    if not os.access(folder, os.W_OK):
        return Check(
            "home", "broken", f"{folder} cannot be written", "name a writable folder in GONGWEN_HOME"
        )
    if os.name == "posix" and folder.stat().st_mode & 0o022:
        return Check("home", "warning", f"{folder} can be written by others", f"chmod go-w {folder}")
    return Check("home", "ok", str(folder))


def check_portals(folder: Path | None) -> Iterator[Check]:
    try:
        portals = all_portals(folder)
    except PortalError as error:
        yield Check("portals", "broken", f"{error.path}: {error.key}: {error.problem}", error.remedy)
        return
    wrong = [line for portal in portals.values() for line in failures(portal)]
    if wrong:
        yield Check(
            "portals",
            "warning",
            f"{len(wrong)} url tests fail, the first: {wrong[0]}",
            "gongwen portals check",
        )
    else:
        yield Check("portals", "ok", f"{len(portals)} files, every url test holds")


def check_disk(db: Path) -> Check:
    folder = db.resolve().parent
    if not folder.is_dir():
        return Check("disk", "broken", f"{folder} does not exist", f"mkdir -p {folder}")
    free = shutil.disk_usage(folder).free
    state: State = "ok" if free >= LEAST_FREE else "warning"
    return Check(
        "disk", state, f"{free // MIB} MiB free at {folder}", "" if state == "ok" else "free some space"
    )


def check_archive(db: Path, now: datetime) -> Iterator[Check]:
    try:
        with Archive.open(db, read_only=True) as archive:
            health, runs = archive.health(), archive.runs(1)
    except ArchiveError as error:
        missing = not db.exists() and db.parent.is_dir()  # a fresh installation is able to work
        yield Check(
            "database", "warning" if missing else "broken", f"{error.path}: {error.problem}", error.remedy
        )
        return
    yield soundness(db, health)
    yield log_size(health)
    yield last_run(runs, now, crawling=is_crawled(db))


def soundness(db: Path, health: Health) -> Check:
    counts = health.counts
    if health.is_sound:
        known = f"{counts.get('articles', 0)} articles, {counts.get('pages', 0)} pages"
        return Check(
            "database", "ok", f"{db}: sound, schema {health.schema}, {known}, {health.size // MIB} MiB"
        )
    trouble = [*health.damage[:1], *(f"{count} {name}" for name, count in health.orphans.items())]
    if not health.search_sound:
        trouble.append("the search index is damaged")
    return Check(
        "database", "broken", f"{db}: {'; '.join(trouble)}", "restore a backup, or sqlite3 FILE .recover"
    )


def log_size(health: Health) -> Check:
    if health.log_size < LOG_LIMIT:
        return Check("log", "ok", f"write-ahead log {health.log_size // MIB} MiB")
    found = f"the write-ahead log has grown to {health.log_size // MIB} MiB"
    return Check("log", "warning", found, "end the program that keeps the database open for reading")


def is_crawled(db: Path) -> bool:
    """Whether a crawl holds the database's lock, which the system takes from a process that dies."""
    lock = Lock(db).file
    if not Path(lock.lock_file).exists():
        return False
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # another's file: only its keeper can tell
        return True


def last_run(runs: tuple[Run, ...], now: datetime, *, crawling: bool) -> Check:
    if not runs:
        return Check("last run", "warning", "there was none", "gongwen crawl, then gongwen schedule")
    run = runs[0]
    started = datetime.fromisoformat(run.started)
    when = f"{started.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 北京时间"
    if not run.finished and crawling:
        return Check("last run", "ok", f"since {when}, still running (process {run.pid})")
    if now - started > OVERDUE:
        return Check("last run", "warning", f"was on {when}", "gongwen schedule prints what cron needs")
    if not run.finished:
        return Check("last run", "warning", f"{when}: was killed before its end", "run gongwen crawl again")
    state: State = "ok" if run.outcome == "done" else "warning"
    return Check(
        "last run", state, f"{when}: {run.outcome}", "" if state == "ok" else "gongwen portals check"
    )
