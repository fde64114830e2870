"""Where this installation keeps its things: options, then environment, then the config file, then the working folder."""

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from desk.problem import DeskError


@dataclass(frozen=True, slots=True)
class Config:
    """The config file, every key optional.

    `db` and `portals` are paths, `contact` is an address that the user agent names, `allow_private` are networks that a
    crawl may reach, `workers` is the number of processes that understand pages.
    """

    db: str = ""
    portals: str = ""
    contact: str = ""
    allow_private: tuple[str, ...] = ()
    workers: int = 0


def config_path() -> Path:
    """GONGWEN_CONFIG, else the usual place, ~/.config/gongwen/config.toml on Linux."""
    named = os.environ.get("GONGWEN_CONFIG")
    return Path(named) if named else user_config_path("gongwen") / "config.toml"


def load_config() -> Config:
    """The config of this installation; empty where there is no file, DeskError where it is wrong."""
    path = config_path()
    if not path.exists():
        if os.environ.get("GONGWEN_CONFIG"):
            raise DeskError(str(path), "no such file", "correct or unset GONGWEN_CONFIG")
        return Config()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DeskError(str(path), f"not readable as TOML ({error})", "mend the file") from error
    return read_config(table, path)


def read_config(table: dict[str, Any], path: Path) -> Config:
    """The config that a table says; an unknown key or a wrong kind of value is an error."""
    known = {field.name: getattr(Config(), field.name) for field in fields(Config)}
    for key, value in table.items():
        if key not in known:
            raise DeskError(str(path), f"unknown key {key!r}", f"known keys are {', '.join(known)}")
        wanted = list if isinstance(known[key], tuple) else type(known[key])
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise DeskError(
                str(path), f"{key} is not a {wanted.__name__}", f"write it as a {wanted.__name__}"
            )
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return Config(**values)


def database(given: str | None) -> Path:
    """The database: --db, GONGWEN_DB, the config file, gongwen.db in the working folder."""
    if given == "":
        raise DeskError("--db", "names no file", "give a path, or leave --db out")
    return Path(given or os.environ.get("GONGWEN_DB") or expanded(load_config().db) or "gongwen.db")


def portals_folder(given: str | None) -> Path | None:
    """The folder of portal files: --portals, GONGWEN_PORTALS, the config file; None for the bundled ones."""
    named = given or os.environ.get("GONGWEN_PORTALS") or expanded(load_config().portals)
    if named and not Path(named).is_dir():
        raise DeskError(
            named, "no such folder of portal files", "correct --portals, GONGWEN_PORTALS or the config file"
        )
    return Path(named) if named else None


def expanded(path: str) -> str:
    return str(Path(path).expanduser()) if path else ""


def private_networks(given: tuple[str, ...]) -> tuple[str, ...]:
    """The networks a crawl may reach though they are refused by default."""
    named = os.environ.get("GONGWEN_ALLOW_PRIVATE", "").replace(",", " ").split()
    return given or tuple(named) or load_config().allow_private


def worker_count(given: int | None) -> int:
    """Processes that understand pages: as asked, as configured, else one a core."""
    return given or load_config().workers or os.cpu_count() or 1
