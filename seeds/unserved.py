"""What a portal file may say and the program does not act on yet: kept as facts, and named so that nobody is misled."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any, Final

from seeds.declaration import Clones, Extract, Listing, Pattern, Portal, Promise, Text
from seeds.shape import toml_name

UNSERVED: Final[dict[type, frozenset[str]]] = {
    Portal: frozenset({"english"}),
    Listing: frozenset({"date_format", "every"}),
    Pattern: frozenset({"since", "until"}),
    Extract: frozenset({"id"}),
    Text: frozenset({"order", "head", "footers", "doubled_lead"}),
    Clones: frozenset({"hosts", "restore"}),
    Promise: frozenset({"fields"}),
}
"""Keys that are read, checked and then used by nothing; whoever serves one takes it out here."""

SERVED_FORM: Final = "html"


def unserved(portal: Portal) -> tuple[str, ...]:
    """The settings of a portal's file that the program does not act on yet, by their names in the file, each once.

    >>> unserved(Portal("union", "工会", "", "city", text=Text(footers=("扫一扫",)), articles=(Pattern("x", form="pdf"),)))
    ('article.form = pdf', 'text.footers')
    """
    parts: tuple[tuple[str, Any], ...] = (
        ("", portal),
        *(("list.", listing) for listing in portal.lists),
        *(("article.", pattern) for pattern in portal.articles),
        *(("article.extract.", pattern.extract) for pattern in portal.articles),
        ("text.", portal.text),
        ("clones.", portal.clones),
        ("expect.", portal.expect),
    )
    named = [f"{place}{key}" for place, value in parts for key in _said(value)]
    forms = [f"article.form = {pattern.form}" for pattern in portal.articles if pattern.form != SERVED_FORM]
    return tuple(sorted({*named, *forms}))


def _said(value: Any) -> Iterator[str]:
    """The unserved keys of one table that the file sets."""
    kind = type(value)
    for field in fields(value):
        if field.name in UNSERVED[kind] and getattr(value, field.name) != _silent(field):
            yield toml_name(kind, field.name)


def _silent(field: Field[Any]) -> Any:
    """What a key is where a file does not say it."""
    return field.default_factory() if field.default_factory is not MISSING else field.default
