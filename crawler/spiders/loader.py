"""Every portal file is a spider: `scrapy list` names them, `scrapy crawl NAME` runs one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.private import Allowance, allowance, is_own
from crawler.spiders.portal import PortalSpider
from crawler.understand import host_of
from pipelines.address import find
from seeds.portal import PortalError, all_portals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings

    from seeds.portal import Portal


Names = list[str]  # inside the class, "list" is Scrapy's name for another thing


class PortalSpiders:
    """Scrapy's spider loader over a folder of portal files."""

    def __init__(self, portals: Mapping[str, Portal], allowed: Allowance, delay: float) -> None:
        self.portals, self.allowed, self.delay = portals, allowed, delay

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> PortalSpiders:
        """Read all portal files; a wrong one stops Scrapy here, with one line and exit status 2."""
        folder = settings.get("GONGWEN_PORTALS")
        try:
            portals = all_portals(Path(folder) if folder else None)
        except PortalError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(2) from error
        allowed = allowance(settings.getlist("GONGWEN_ALLOW_PRIVATE"))
        return cls(portals, allowed, settings.getfloat("DOWNLOAD_DELAY"))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a portal; KeyError, as Scrapy expects, for a name that no file has."""
        if spider_name not in self.portals:
            raise KeyError(f"no portal {spider_name!r}; `scrapy list` names them")
        portal = self.portals[spider_name]
        manners = settings_of(portal, self.allowed, self.delay)
        # Scrapy asks for a class, with its name and settings on it; all behaviour is in PortalSpider.
        return type(
            "Spider",
            (PortalSpider,),
            {"name": portal.name, "portal": portal, "portals": self.portals, "custom_settings": manners},
        )

    def find_by_request(self, request: Request) -> Names:
        """Whose page an address is; for `scrapy shell` and `scrapy fetch`."""
        found = find(request.url, self.portals)
        return [found.name] if found else []

    def list(self) -> Names:
        return sorted(self.portals)


def settings_of(portal: Portal, allowed: Allowance, delay: float) -> dict[str, Any]:
    """What a portal changes in the settings: it may only ask for more patience.

    Hosts inside the allowance are the user's own; there the portal alone says how patient to be.
    """
    own = is_users_own(portal, allowed)
    patience = max(0.0 if own else delay, portal.fetch.delay)
    changed: dict[str, Any] = {
        "DOWNLOAD_DELAY": patience,
        "DOWNLOAD_VERIFY_CERTIFICATES": portal.fetch.tls_verify,
    }
    if own:
        changed["AUTOTHROTTLE_START_DELAY"] = patience
    return changed


def is_users_own(portal: Portal, allowed: Allowance) -> bool:
    """Whether every list of a portal stands on a host inside the allowance."""
    hosts = {host_of(listing.url) for listing in portal.lists}
    return bool(hosts) and all(is_own(host, allowed) for host in hosts)
