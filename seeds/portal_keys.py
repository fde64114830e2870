"""Every key a portal file may have, as the tables of docs/add-a-portal.md: made from the declaration, never by hand."""

import sys
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from seeds.declaration import (
    Address,
    Charset,
    Clones,
    Extract,
    Fetch,
    Host,
    Listing,
    Next,
    Pattern,
    Portal,
    Promise,
    Text,
    UrlTest,
)
from seeds.shape import toml_name
from seeds.unserved import UNSERVED

BEGIN: Final = "<!-- keys: made by python -m seeds.portal_keys; do not edit -->"
END: Final = "<!-- end of keys -->"

TABLES: Final[tuple[tuple[str, type], ...]] = (
    ("At the top", Portal),
    ("`[[host]]`", Host),
    ("`[url]`", Address),
    ("`[fetch]`", Fetch),
    ("`[fetch.charset]`", Charset),
    ("`[[list]]`", Listing),
    ("`[list.next]`", Next),
    ("`[[article]]`", Pattern),
    ("`[article.extract]`", Extract),
    ("`[[article.test]]`", UrlTest),
    ("`[text]`", Text),
    ("`[clones]`", Clones),
    ("`[expect]`", Promise),
)
KINDS: Final = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def tables() -> str:
    """Print all tables as Markdown."""
    return "\n\n".join(f"### {title}\n\n{_table(kind)}" for title, kind in TABLES)


def _table(kind: type) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        _row(kind, field, hints[field.name])
        for field in fields(kind)
        if get_origin(hints[field.name]) is Annotated
    ]
    return "\n".join(
        ("| key | what it takes | left out | what it says |", "| --- | --- | --- | --- |", *rows)
    )


def _row(kind: type, field: Field[Any], hint: Any) -> str:
    inner, meaning = get_args(hint)[:2]
    meaning += " *(not served yet)*" if field.name in UNSERVED.get(kind, ()) else ""
    cells = (f"`{toml_name(kind, field.name)}`", takes(inner), _default(field), meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def takes(hint: Any) -> str:
    """Say in words what a key takes.

    >>> takes(tuple[str, ...]), takes(tuple[int, int]), takes(Literal["", "A", "B"])
    ('list of text', 'list of two: whole number, whole number', 'A, B')
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return takes(inner[0])
    if origin is Literal:
        return ", ".join(word for word in inner if word)
    if origin is not tuple:
        return "a table" if is_dataclass(hint) else KINDS.get(hint, "date")
    if inner[1] is not Ellipsis:
        return f"list of two: {', '.join(map(takes, inner))}"
    if get_origin(inner[0]) is tuple:
        return f"table of {takes(get_args(inner[0])[1])}"
    return "tables" if is_dataclass(inner[0]) else f"list of {takes(inner[0])}"


def _default(field: Field[Any]) -> str:
    if field.default is MISSING:
        return "**must be there**" if field.default_factory is MISSING else ""
    nothing = field.default in ("", (), None, ("", ""))
    return "" if nothing else f"`{str(field.default).lower()}`"


def renewed(text: str) -> str:
    """Put today's tables between the marks of a document."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    document = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/add-a-portal.md")
    document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")
