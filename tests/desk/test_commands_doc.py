"""docs/commands.md is what the commands say of themselves, and they say something of everything."""

from pathlib import Path

import click
import pytest

from desk.cli import cli
from desk.reference import contexts, opened, reference

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = tuple(contexts(opened(cli, "gongwen")))
PROMISED = "crawl extract mend tag search show digest export portals doctor schedule demo".split()


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference(), "run: python -m desk.reference > docs/commands.md"


def test_every_promised_command_is_there_and_no_other() -> None:
    assert sorted(cli.commands) == sorted(PROMISED)
    assert {context.info_name for context in COMMANDS if context.parent and context.parent.info_name == "portals"} == {
        "list", "show", "check", "links",
    }  # fmt: skip


@pytest.mark.parametrize("context", COMMANDS, ids=lambda context: context.command_path)
def test_every_command_and_option_has_help(context: click.Context) -> None:
    assert context.command.help
    for parameter in context.command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_an_option_means_the_same_everywhere() -> None:
    told: dict[str, set[str | None]] = {}
    for context in COMMANDS:
        for parameter in context.command.params:
            if isinstance(parameter, click.Option):
                told.setdefault(max(parameter.opts, key=len), set()).add(parameter.help)
    shared = (
        "--db",
        "--portals",
        "--since",
        "--until",
        "--portal",
        "--topic",
        "--region",
        "--org",
        "--workers",
        "--output",
    )
    assert {name: len(told[name]) for name in shared} == dict.fromkeys(shared, 1)


@pytest.mark.parametrize("context", COMMANDS[1:], ids=lambda context: context.command_path)
def test_the_first_sentence_fits_the_list_of_commands(context: click.Context) -> None:
    assert not context.command.get_short_help_str(60).endswith("...")
