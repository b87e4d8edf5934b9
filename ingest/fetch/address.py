"""Which network addresses may be connected to, and which hosts belong together."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

# IPv4 inside IPv6 by the prefix of RFC 6052: 64:ff9b::7f00:1 is 127.0.0.1 behind a translator
_NAT64: Final = ip_network("64:ff9b::/96")
# the second label of names like www.example.gov.cn
_SECOND_LEVEL: Final = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "org"})


def is_public(host: str) -> bool:
    """Whether a literal IP address lies in the public internet; a name does not, as it may be anything.

    >>> [is_public(host) for host in ("1.2.4.8", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "政务网")]
    [True, False, False, False, False]
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (address, *_inner(address)))


def _inner(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return []
    translated = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    teredo = address.teredo[1] if address.teredo else None
    return [one for one in (address.ipv4_mapped, address.sixtofour, teredo, translated) if one]


def same_site(one: str, other: str) -> bool:
    """Whether two host names are of one owner, as far as names tell.

    >>> same_site("www.example.gov.cn", "fgw.example.gov.cn"), same_site("a.gov.cn", "b.gov.cn")
    (True, False)
    """
    return one == other or (not is_literal(one) and _owner(one) == _owner(other))


def _owner(host: str) -> list[str]:
    labels = host.lower().rstrip(".").split(".")
    return labels[-3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2 :]


def is_literal(host: str) -> bool:
    """Whether this is written as a network address and not as a name."""
    return ":" in host or host.rpartition(".")[2].isdigit()
