"""Which addresses a crawl may connect to: public ones, and private ones only inside an explicit allowance."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Allowance = tuple[Network, ...]
# Prefixes under which IPv6 carries an IPv4 address that would be reached in the end.
NAT64 = IPv6Network("64:ff9b::/96")
LOCAL_NAMES = (".localhost",)


class AllowanceError(Exception):
    """A network to allow is written wrongly; says which and how to write it."""


def allowance(networks: Iterable[str]) -> Allowance:
    """The networks of --allow-private and GONGWEN_ALLOW_PRIVATE; commas and spaces separate.

    >>> allowance(["127.0.0.1, ::1/128"])
    (IPv4Network('127.0.0.1/32'), IPv6Network('::1/128'))
    """
    written = [piece for text in networks for piece in text.replace(",", " ").split()]
    try:
        return tuple(ip_network(piece) for piece in written)
    except ValueError as error:
        raise AllowanceError(
            f"--allow-private: {error}; write a network as 127.0.0.0/8 or ::1/128"
        ) from error


def refusal(address: str, allowed: Allowance) -> str:
    """Why an address may not be connected to, "" where it may.

    >>> refusal("127.0.0.2", allowance(["127.0.0.1/32"])), refusal("::ffff:10.0.0.1", ())
    ('loopback', 'private, written as IPv6')
    >>> refusal("93.184.216.34", ()), refusal("127.0.0.1", allowance(["127.0.0.0/8"]))
    ('', '')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if within(found, allowed):
        return ""
    if isinstance(found, IPv4Address):
        return fault(found)
    inner = carried(found)
    if inner is None:
        return fault(found)
    if within(inner, allowed):
        return ""
    return f"{fault(inner)}, written as IPv6" if fault(inner) else ""


def within(found: IPv4Address | IPv6Address, allowed: Allowance) -> bool:
    return any(found in network for network in allowed if network.version == found.version)


def carried(found: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside a mapped, 6to4, Teredo or NAT64 address."""
    if found in NAT64:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


def fault(found: IPv4Address | IPv6Address) -> str:
    """What kind of address no stranger should make us connect to; "" for a public one."""
    if found.is_loopback:
        return "loopback"
    if found.is_link_local:
        return "link-local"
    if found.is_unspecified:
        return "unspecified"
    if found.is_multicast:
        return "multicast"
    if found.is_private:
        return "private"
    return "" if found.is_global and not found.is_reserved else "not public"


def is_own(host: str, allowed: Allowance) -> bool:
    """Whether a host, as a portal file names it, lies inside the allowance: the user's own machine or network.

    >>> is_own("localhost", allowance(["127.0.0.0/8"])), is_own("union.example", allowance(["127.0.0.0/8"]))
    (True, False)
    """
    name = host.lower().strip("[]")
    if name == "localhost" or name.endswith(LOCAL_NAMES):
        name = "127.0.0.1"
    try:
        return within(ip_address(name), allowed)
    except ValueError:
        return False
