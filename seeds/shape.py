"""TOML table → frozen dataclass, strictly: nothing unknown, nothing missing, nothing of the wrong type."""

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from seeds.declaration import TOML_NAMES, PortalError

T = TypeVar("T")

SHOWN: Final = 60  # characters of a wrong value that a message repeats

# What people are known to try, and where the answer is.
REMEDIES: Final = {
    "name": "leave it out: the file's name is the portal's name; title and english are what readers call it",
    "id": "leave it out: the file's name is the portal's name",
    "robots": "leave it out: robots.txt is obeyed for every portal and cannot be switched off here",
    "robotstxt_obey": "leave it out: robots.txt is obeyed for every portal and cannot be switched off here",
    "user_agent": "leave it out: the crawler says who it is everywhere; see docs/operations.md",
    "concurrency": 'leave it out; to go slower write "delay" under [fetch]',
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file we are; makes the error that says so."""

    path: str
    key: str = ""

    def under(self, key: str) -> "Place":
        """Go to a key of this table."""
        return Place(self.path, f"{self.key}.{key}" if self.key else key)

    def nth(self, index: int) -> "Place":
        """Go to an entry of this list, counted from 0."""
        return Place(self.path, f"{self.key}[{index}]")

    def wrong(self, problem: str, remedy: str) -> PortalError:
        """Make the error for this place."""
        return PortalError(self.path, self.key or "the file", problem, remedy)


def toml_name(kind: type, field: str) -> str:
    """Give the word that the file uses for a dataclass's field."""
    return TOML_NAMES.get(kind.__name__, {}).get(field, field)


def shown(value: object) -> str:
    """Print a wrong value so that it fits a message."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def read(kind: type[T], table: object, place: Place, **given: object) -> T:
    """Fill a dataclass from a table; `given` are fields that the file does not say."""
    if not isinstance(table, Mapping):
        raise place.wrong(
            f"must be a table, not {shown(table)}", f"write it as [{place.key}] or [[{place.key}]]"
        )
    known = {toml_name(kind, field.name): field for field in fields(kind) if field.name not in given}  # type: ignore[arg-type] # T is a dataclass
    for key in table:
        if key not in known:
            raise place.under(key).wrong("unknown key", _meant(key, list(known)))
    hints = get_type_hints(kind)
    values = {
        field.name: value(hints[field.name], table[key], place.under(key))
        for key, field in known.items()
        if key in table
    }
    for key, field in known.items():
        if key not in table and field.default is MISSING and field.default_factory is MISSING:
            raise place.under(key).wrong(
                "is missing", f"add {key} = … to the {'file' if not place.key else 'table'}"
            )
    return kind(**given, **values)


def _meant(key: str, known: list[str]) -> str:
    """Say which known key was probably meant, and which there are."""
    if key in REMEDIES:
        return REMEDIES[key]
    near = get_close_matches(key, known, n=2)
    hint = f"did you mean {' or '.join(near)}? " if near else "remove it or choose a known one; "
    return f"{hint}known: {', '.join(sorted(known))}"


def value(hint: Any, raw: object, place: Place) -> Any:
    """Check one value against its type and return it in the form that dataclasses keep."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return value(next(kind for kind in get_args(hint) if kind is not type(None)), raw, place)
    if origin is Literal:
        return _choice(get_args(hint), raw, place)
    if origin is tuple:
        return _tuple(get_args(hint), raw, place)
    if is_dataclass(hint) and isinstance(hint, type):
        return read(hint, raw, place)
    return _scalar(hint, raw, place)


def _choice(known: tuple[str, ...], raw: object, place: Place) -> str:
    if isinstance(raw, str) and raw in known:
        return raw
    words = [word for word in known if word]
    near = get_close_matches(str(raw), words, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise place.wrong(f"{shown(raw)} is not known here", f"{hint}write one of: {', '.join(words)}")


def _tuple(kinds: tuple[Any, ...], raw: object, place: Place) -> tuple[Any, ...]:
    """A list of any length, a list of a fixed length, or a table of pairs."""
    repeated = len(kinds) == 2 and kinds[1] is Ellipsis
    if repeated and get_origin(kinds[0]) is tuple:
        return _pairs(get_args(kinds[0])[1], raw, place)
    if not isinstance(raw, list):
        raise place.wrong(f"must be a list, not {shown(raw)}", _list_remedy(kinds[0], place))
    if not repeated and len(raw) != len(kinds):
        raise place.wrong(f"must have {len(kinds)} entries, not {len(raw)}", "write it as [first, second]")
    wanted = [kinds[0]] * len(raw) if repeated else list(kinds)
    return tuple(
        value(kind, entry, place.nth(at)) for at, (kind, entry) in enumerate(zip(wanted, raw, strict=True))
    )


def _list_remedy(kind: Any, place: Place) -> str:
    return f"write [[{place.key}]] with two brackets" if is_dataclass(kind) else "put it in [ ]"


def _pairs(kind: Any, raw: object, place: Place) -> tuple[tuple[str, Any], ...]:
    if not isinstance(raw, Mapping):
        raise place.wrong(f"must be a table, not {shown(raw)}", "write it as { name = value }")
    return tuple((key, value(kind, entry, place.under(key))) for key, entry in raw.items())


WORDS: Final = {
    str: "a text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date",
}
EXAMPLES: Final = {str: '"text"', int: "3", float: "2.5", bool: "true", date: "2021-10-01"}


def _scalar(kind: type, raw: object, place: Place) -> object:
    """Types exactly, since TOML's true is no number and its datetime is no day; a float may be written 3."""
    if kind is float and type(raw) is int:
        return float(raw)
    if type(raw) is not kind or (isinstance(raw, float) and not math.isfinite(raw)):
        raise place.wrong(f"must be {WORDS[kind]}, not {shown(raw)}", f"write it like {EXAMPLES[kind]}")
    return raw
