"""docs/commands.md, written from the commands' own help: `python -m desk.reference > docs/commands.md`."""

import sys
from collections.abc import Iterator

import click

from desk.cli import cli

WIDTH = 100
HEAD = """\
# Commands

Written from `--help` by `python -m desk.reference > docs/commands.md`; a test says when this page is out of date.

- Results go to stdout, remarks to stderr. With `--format json` or `jsonl` stdout holds nothing but JSON, in UTF-8.
- Exit status: 0 done; 1 done, but a promise was broken (a portal fell silent, a page could not be understood);
  2 used wrongly or cannot work, told in one line; 130 interrupted. A reader that leaves early, as `head` does, is no error.
- Settings: an option first, then the environment (`GONGWEN_DB`, `GONGWEN_PORTALS`, `GONGWEN_ALLOW_PRIVATE`,
  `GONGWEN_CONTACT`), then the config file (`GONGWEN_CONFIG`, else `~/.config/gongwen/config.toml`, with the keys `db`,
  `portals`, `contact`, `allow_private`, `workers`), then what the help says. `GONGWEN_HOME` moves everything that the
  program writes besides the database.
- Days and weeks are those of Shanghai: `2026-11-16`, or `2026-W47` for the week from Monday to Sunday.
- In CSV a cell that a spreadsheet would run as a formula begins with a single quote, which is no part of the text.
- `-o PATH` writes beside the file and renames: a full disk leaves the old file as it was.

Not in this version yet: `replay`, `serve`, `watch`, `portals probe`; `digest` as docx, epub, pdf, xlsx and mail; `export`
as xlsx.
"""


def reference() -> str:
    """The whole page."""
    return "\n".join((HEAD, *map(section, contexts(opened(cli, "gongwen")))))


def contexts(parent: click.Context) -> Iterator[click.Context]:
    """The context of a command and of every command below it, in the order of --help."""
    yield parent
    if isinstance(parent.command, click.Group):
        for name in parent.command.list_commands(parent):
            command = parent.command.get_command(parent, name)
            assert command is not None
            yield from contexts(opened(command, name, parent))


def opened(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return click.Context(command, parent, name, **command.context_settings)


def section(context: click.Context) -> str:
    """One command: its name, then its help as a terminal shows it."""
    context.terminal_width = context.max_content_width = WIDTH
    return f"## {context.command_path}\n\n```\n{context.get_help()}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
