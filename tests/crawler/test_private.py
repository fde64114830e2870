"""Addresses a crawl may connect to."""

import pytest

from crawler.private import AllowanceError, allowance, is_own, refusal

LOOPBACK = allowance(["127.0.0.1/32"])


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.9.1", "loopback"),
        ("::1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fc00::1", "private"),
        ("100.64.0.1", "not public"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "private"),
        ("240.0.0.1", "private"),
        ("::ffff:127.0.0.1", "loopback, written as IPv6"),
        ("::ffff:100.64.0.1", "not public, written as IPv6"),
        ("64:ff9b::7f00:1", "loopback, written as IPv6"),
        ("2002:7f00:1::", "loopback, written as IPv6"),
        ("no address", "not an address"),
        ("", "not an address"),
    ],
)
def test_no_stranger_leads_us_to_a_private_address(address: str, why: str) -> None:
    assert refusal(address, ()) == why


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "114.114.114.114"]
)
def test_public_addresses_are_free(address: str) -> None:
    assert refusal(address, ()) == ""


def test_an_allowance_frees_its_own_addresses_and_no_others() -> None:
    assert refusal("127.0.0.1", LOOPBACK) == ""
    assert refusal("::ffff:127.0.0.1", LOOPBACK) == ""
    assert refusal("127.0.0.2", LOOPBACK) == "loopback"
    assert refusal("::1", LOOPBACK) == "loopback"


@pytest.mark.parametrize("text", ["127.0.0.1/33", "localhost", "10.0.0.1/8"])
def test_a_network_written_wrongly_is_an_error_that_says_how(text: str) -> None:
    with pytest.raises(AllowanceError, match=r"write a network as 127\.0\.0\.0/8"):
        allowance([text])


def test_no_allowance_is_none() -> None:
    assert allowance(["", " , "]) == ()


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("sample.localhost", True),
        ("127.0.0.2", False),
        ("union.example", False),
        ("", False),
    ],
)
def test_a_host_is_ones_own_only_by_its_literal_name(host: str, own: bool) -> None:
    assert is_own(host, LOOPBACK) is own
