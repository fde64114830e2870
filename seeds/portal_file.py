"""Portal files: read one or all, and refuse what could not work, weaken manners or stall the crawl."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from seeds.declaration import Host, Portal
from seeds.portal_checks import check, host_of
from seeds.shape import Place, read

LARGEST: Final = 1 << 20  # bytes; a portal file is written by hand
NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load(path: Path | Traversable) -> Portal:
    """Read one portal file; raises PortalError, naming file, key and remedy in one line."""
    place = Place(str(path))
    name = path.name.removesuffix(".toml")
    if not NAME.fullmatch(name):
        raise place.wrong(
            f"{path.name!r} is no name for a portal", "use small letters, digits and hyphens, then .toml"
        )
    portal = with_hosts(read(Portal, _table(path, place), place, name=name))
    check(portal, place)
    return portal


def all_portals(folder: Path | None = None) -> dict[str, Portal]:
    """Read every portal of a folder, or of those that come with the program, in the order of their names."""
    where: Path | Traversable = folder or files("seeds") / "portals"
    if not where.is_dir():
        raise Place(str(where)).wrong(
            "there is no such folder", "make it, or leave --portals out for the packaged ones"
        )
    found = sorted(
        (entry for entry in where.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    if not found:
        raise Place(str(where)).wrong(
            "holds no portal file", "put a NAME.toml there; see docs/add-a-portal.md"
        )
    return {portal.name: portal for portal in map(load, found)}


def _table(path: Path | Traversable, place: Place) -> Mapping[str, object]:
    """Parse the file; a byte order mark, as some editors write it, is no fault."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise place.wrong(
            f"cannot be read ({error.strerror})", "check the path and its permissions"
        ) from error
    if len(text) > LARGEST:
        raise place.wrong(f"is {len(text)} bytes large", f"a portal file has at most {LARGEST}")
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise place.wrong(f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise place.wrong(f"is not TOML: {error}", "mend that line; see https://toml.io") from error


def with_hosts(portal: Portal) -> Portal:
    """Add the hosts that a file without [[host]] means: home's, and those of its lists."""
    if portal.hosts or not portal.home:
        return portal
    hosts = {host_of(listing.url): Host(host_of(listing.url), "channel") for listing in portal.lists}
    hosts[host_of(portal.home)] = Host(host_of(portal.home), "canonical")
    return replace(portal, hosts=tuple(host for name, host in hosts.items() if name))
