"""The options that several commands share: one name, one meaning, one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, get_args

import click
from click.core import ParameterSource

from archive.article import Verdict
from archive.filter import Filter
from desk.config import database, portals_folder, private_networks, worker_count
from desk.inputs import checked_url
from desk.output import Style
from desk.weeks import read_day

Command = TypeVar("Command", bound=Callable[..., Any])

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
STYLES: tuple[Style, ...] = get_args(Style)


def together(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Several options as one decorator, shown by --help in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def is_given(name: str) -> bool:
    """Whether the command line itself says this option."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


db = click.option(
    "--db", metavar="PATH", callback=lambda _c, _p, value: database(value),
    help="The database; else GONGWEN_DB, else the config file, else gongwen.db in the working folder.",
)  # fmt: skip


def portal_files(**given: Any) -> Callable[[Any], Any]:
    """The portal files to use; a command that reads none takes the option all the same, so that scripts need not know."""
    return click.option(
        "--portals", metavar="DIR", callback=lambda _c, _p, value: portals_folder(value),
        help="A folder of portal files to use instead of the bundled ones.", **given,
    )  # fmt: skip


portals = portal_files()
portals_unread = portal_files(expose_value=False)
workers = click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", callback=lambda _c, _p, value: worker_count(value),
    help="How many processes understand pages; one a core by default.",
)  # fmt: skip
allow_private = click.option(
    "--allow-private", multiple=True, metavar="CIDR", callback=lambda _c, _p, value: private_networks(value),
    help="A network that the crawl may reach though it is refused by default, as 127.0.0.0/8; may be repeated.",
)  # fmt: skip
style = click.option(
    "--format", "style", type=click.Choice(STYLES), default="table", show_default=True,
    help="A table to read, or data for a program.",
)  # fmt: skip
output = click.option(
    "-o", "--output", metavar="PATH", help="Write to this file, whole or not at all, instead of stdout."
)


def url(**given: Any) -> Callable[[Any], Any]:
    """The address of a saved page."""
    return click.option("--url", callback=lambda _c, _p, value: checked_url(value, "--url"), **given)


sort = click.option(
    "--sort", type=click.Choice(("relevance", "newest", "oldest")), default="relevance", show_default=True,
    help="The order of the answer.",
)  # fmt: skip

FILTERS = (
    click.option(
        "--since", metavar="DAY|WEEK", callback=lambda _c, _p, value: read_day(value) if value else None,
        help="Published on this day or later: 2026-11-16, or 2026-W47 for its Monday (Asia/Shanghai).",
    ),
    click.option(
        "--until", metavar="DAY|WEEK", callback=lambda _c, _p, value: read_day(value, end=True) if value else None,
        help="Published on this day or earlier: 2026-11-22, or 2026-W47 for its Sunday.",
    ),
    click.option("--portal", multiple=True, metavar="NAME", help="Only from this portal; may be repeated."),
    click.option(
        "--topic", multiple=True, metavar="ID",
        help="Only of this topic and its subtopics, as rights or rights.wages; may be repeated.",
    ),
    click.option(
        "--region", multiple=True, metavar="PLACE",
        help="Only of this place and the places in it, by name or code: 福建, 北京市/朝阳区, 320900; may be repeated.",
    ),
    click.option("--org", multiple=True, metavar="NAME", help="Only with an organisation so named; may be repeated."),
    click.option(
        "--verdict", multiple=True, type=click.Choice(VERDICTS),
        help="Articles of this verdict instead of clean ones; may be repeated.",
    ),
)  # fmt: skip


def filters(*more: Callable[[Any], Any], limit: int | None) -> Callable[[Command], Command]:
    """The options that choose articles; the command receives one Filter as `wanted`."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def chosen(*args: Any, **given: Any) -> Any:
            return command(*args, wanted=taken(given), **given)

        return together(*FILTERS, *more, limited(limit))(chosen)  # type: ignore[return-value]  # wraps keeps the signature

    return decorate


def limited(default: int | None, about: str = "At most so many.") -> Callable[[Any], Any]:
    return click.option(
        "--limit", type=click.IntRange(min=1), default=default, show_default=default is not None, metavar="N",
        help=about,
    )  # fmt: skip


def taken(given: dict[str, Any]) -> Filter:
    """The filter that the options say; they are taken out of `given`."""
    return Filter(
        since=given.pop("since"),
        until=given.pop("until"),
        portals=given.pop("portal"),
        topics=given.pop("topic"),
        regions=given.pop("region"),
        organisations=given.pop("org"),
        verdicts=given.pop("verdict"),
        sort=given.pop("sort", "relevance"),
        limit=given.pop("limit"),
    )
