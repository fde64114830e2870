"""Connections only to public addresses: names are checked as they are resolved, on every hop, robots.txt included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

from crawler.private import Allowance, allowance, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress, IHostResolution


class AddressRefused(Exception):  # noqa: N818 — a refusal is a decision, not an error
    """A host leads to an address that the crawl may not connect to."""

    def __init__(self, host: str, why: str) -> None:
        self.host, self.why = host, why
        super().__init__(
            f"{host} leads to a {why} address; if it is your own, allow it with --allow-private CIDR"
        )


@implementer(IResolutionReceiver)
class Screen:
    """Hands on the public addresses of a name and notes the others."""

    def __init__(self, receiver: Any, host: str, resolver: PublicResolver) -> None:
        self.receiver, self.host, self.resolver = receiver, host, resolver

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 — Twisted's name
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 — Twisted's name
        why = refusal(str(getattr(address, "host", "")), self.resolver.allowed)
        if why:
            self.resolver.refused[self.host] = why
        else:
            self.receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 — Twisted's name
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class PublicResolver:
    """Twisted connects to exactly the addresses that its resolver gave: what is refused here is never reached.

    Literal addresses (decimal and hexadecimal ones too) pass through here like names. Nothing is cached, so a name
    that changes its answer is checked again on every new connection.
    """

    def __init__(self, reactor: Any, allowed: Allowance) -> None:
        self.reactor, self.allowed = reactor, allowed
        self.inner = reactor.nameResolver
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicResolver:
        return cls(reactor, allowance(crawler.settings.getlist("GONGWEN_ALLOW_PRIVATE")))

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 — Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803 — Twisted's name
        hostName: str,  # noqa: N803 — Twisted's name
        portNumber: int = 0,  # noqa: N803 — Twisted's name
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 — Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 — Twisted's name
    ) -> IHostResolution:
        self.refused.pop(hostName, None)
        receiver = Screen(resolutionReceiver, hostName, self)
        resolution: IHostResolution = self.inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


class PublicHandler(HTTP11DownloadHandler):
    """Scrapy's handler; a name without a permitted address is told apart from one that does not exist."""

    async def download_request(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            host = urlparse_cached(request).hostname or ""
            if why := refused_hosts().get(host):
                raise AddressRefused(host, why) from error
            raise


def refused_hosts() -> dict[str, str]:
    """What the installed resolver refused, by host."""
    from twisted.internet import reactor  # noqa: PLC0415 — it exists only once Scrapy has installed it

    refused: dict[str, str] = getattr(getattr(reactor, "nameResolver", None), "refused", {})
    return refused
