"""Exit statuses, and failures told in one line instead of a traceback."""

import os
import sys

import click

from archive.database import ArchiveError
from crawler.lock import AlreadyRunning
from crawler.private import AllowanceError
from desk.plain import one_line
from desk.problem import DeskError
from seeds.portal import PortalError

DONE, BROKEN_PROMISE, CANNOT, INTERRUPTED = 0, 1, 2, 130
# What a person can mend: each says what, where and what to do. Anything else is a fault of ours and shows itself whole.
MENDABLE = (
    DeskError,
    PortalError,
    ArchiveError,
    AllowanceError,
    AlreadyRunning,
    click.ClickException,
    OSError,
)


def tell(error: Exception) -> int:
    """Say on stderr what went wrong, in one line, and return the exit status; one already running has its own.

    A group without a command is answered with its help, as it is.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return CANNOT
    click.echo(f"gongwen: {one_line(explained(error))}", err=True)
    return AlreadyRunning.exit_status if isinstance(error, AlreadyRunning) else CANNOT


def explained(error: Exception) -> str:
    match error:
        case click.UsageError():
            return used_wrongly(error)
        case click.ClickException():
            return error.format_message()
        case OSError() if error.strerror:
            return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        case _:
            return str(error)


def used_wrongly(error: click.UsageError) -> str:
    """What was wrong with the words of the command line, and where its help is."""
    command = error.ctx.command_path if error.ctx else "gongwen"
    return f"{error.format_message().rstrip('.')}; see {command} --help"


def let_go_of_stdout() -> int:
    """The reader of our pipe has what it wanted, as `head` does: no error, and nothing more to flush at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
