"""The address a request really came from (ASVS 5.0, 15.3.4).

`X-Forwarded-For` is written by whoever sends the request; only what our own proxies appended is
true. So the list is read from the right, for as long as the speaker is one of TRUSTED_PROXIES.
"""

import ipaddress
from functools import lru_cache

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Shown and counted when the server gives no address (a unix socket without a proxy).
UNKNOWN = "0.0.0.0"  # noqa: S104


def client_ip(request) -> str:
    """Address of the right-most hop that is not a trusted proxy, in canonical spelling."""
    networks = _trusted(tuple(settings.TRUSTED_PROXIES))
    current = parse_address(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while hops and current is not None and _is_in(current, networks):
        following = parse_address(hops.pop())
        if following is None:
            break
        current = following
    return str(current) if current is not None else UNKNOWN


def comes_from_proxy(request) -> bool:
    """Whether the speaker itself is one of TRUSTED_PROXIES."""
    speaker = parse_address(request.META.get("REMOTE_ADDR", ""))
    return speaker is not None and _is_in(speaker, _trusted(tuple(settings.TRUSTED_PROXIES)))


def counted_as(ip: str) -> str:
    """What a limit counts: an IPv4 address, of IPv6 the /64 that one subscriber owns whole."""
    return ip if ipaddress.ip_address(ip).version == 4 else network_of(ip)


def network_of(ip: str) -> str:
    """The neighbourhood of an address: /24 for IPv4, /64 for IPv6."""
    prefix = 24 if ipaddress.ip_address(ip).version == 4 else 64
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))


def parse_address(text: str) -> Address | None:
    """One hop: an address, perhaps with a port or in brackets; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=8)
def _trusted(proxies: tuple[str, ...]) -> tuple:
    return tuple(ipaddress.ip_network(proxy, strict=False) for proxy in proxies)


def _is_in(address: Address, networks: tuple) -> bool:
    return any(address.version == net.version and address in net for net in networks)
