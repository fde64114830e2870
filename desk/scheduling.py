"""The crontab lines and systemd units that keep this installation going."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desk.config import database

Kind = Literal["crontab", "systemd"]
PATIENCE = 120  # seconds from SIGTERM to SIGKILL: a page on the wire may take 30, one being understood 10
PATHS = ("GONGWEN_CONFIG", "GONGWEN_HOME", "GONGWEN_PORTALS")
WORDS = ("GONGWEN_ALLOW_PRIVATE", "GONGWEN_CONTACT")
LOCK = "Two crawls of one database cannot meet: the second sees the lock, says so and ends."
CLOCK = "Monday 07:30 on this machine's clock is after the end of the week in Shanghai in every time zone."


@dataclass(frozen=True, slots=True)
class Job:
    """Something to run: its command line, when by cron and when by systemd."""

    name: str
    about: str
    command: tuple[str, ...]
    cron: str
    calendar: str


def program() -> tuple[str, ...]:
    """How to start this very installation, whatever PATH cron has."""
    beside = Path(sys.executable).with_name("gongwen")
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "desk.cli")


def jobs(db: Path, portals: Path | None = None) -> tuple[Job, ...]:
    """A crawl an hour and a digest on Monday morning, beside the database."""
    start = program()
    where = ("--db", str(db.resolve()), *(("--portals", str(portals.resolve())) if portals else ()))
    digest = str(db.resolve().with_name("digest-latest.html"))
    return (
        Job("gongwen-crawl", "Crawl all live portals", (*start, "crawl", *where), "17 * * * *", "*-*-* *:17:00"),
        Job(
            "gongwen-digest", "Write last week's digest",
            (*start, "digest", *where, "--format", "html", "-o", digest),
            "30 7 * * 1", "Mon *-*-* 07:30:00 Asia/Shanghai",
        ),
    )  # fmt: skip


def environment() -> dict[str, str]:
    """What the jobs need to know that cron does not pass on; paths are made absolute."""
    paths = {name: str(Path(value).resolve()) for name in PATHS if (value := os.environ.get(name))}
    return paths | {name: value for name in WORDS if (value := os.environ.get(name))}


def schedule(kind: Kind, db: Path | None = None, portals: Path | None = None) -> str:
    """The text to install: a crontab, or the systemd units each under the name of its file."""
    wanted = jobs(db or database(None), portals)
    return crontab(wanted) if kind == "crontab" else "\n".join(unit for job in wanted for unit in units(job))


def crontab(wanted: tuple[Job, ...]) -> str:
    """Lines for `crontab -e`; a percent sign means a newline there and is escaped."""
    settings = [f"{name}={value}" for name, value in environment().items()]
    lines = [line for job in wanted for line in (f"# {job.about}", f"{job.cron} {cron_command(job)}")]
    return "\n".join(
        (
            f"# {LOCK}",
            f"# {CLOCK}",
            "# Silence means all is well: cron mails what a job prints.",
            *settings,
            *lines,
            "",
        )
    )


def cron_command(job: Job) -> str:
    return shlex.join(job.command).replace("%", r"\%")


def units(job: Job) -> tuple[str, str]:
    """The service and the timer of a job, for ~/.config/systemd/user."""
    settings = "".join(f"Environment={quoted(f'{name}={value}')}\n" for name, value in environment().items())
    service = (
        f"# {job.name}.service — {LOCK}\n[Unit]\nDescription={job.about}\nWants=network-online.target\n"
        f"After=network-online.target\n\n[Service]\nType=oneshot\n{settings}"
        # A stop asks the crawl to finish what is in flight; its workers must outlive the question.
        f"KillMode=mixed\nTimeoutStopSec={PATIENCE}\n"
        f"ExecStart={' '.join(quoted(word).replace('$', '$$') for word in job.command)}\n"
    )
    timer = (
        f"# {job.name}.timer — start it with: systemctl --user enable --now {job.name}.timer\n[Unit]\n"
        f"Description={job.about}\n\n[Timer]\nOnCalendar={job.calendar}\nPersistent=true\n\n"
        f"[Install]\nWantedBy=timers.target\n"
    )
    return service, timer


def quoted(word: str) -> str:
    """A word of a unit file: systemd reads % as its own.

    >>> quoted("/srv/union news/50%.db")
    '"/srv/union news/50%%.db"'
    """
    escaped = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%")
    return f'"{escaped}"' if escaped != word or " " in word or "'" in word else word
