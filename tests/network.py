"""Tests talk to this machine only."""

import ipaddress
import socket


class OutsideConnection(AssertionError):
    """A test tried to reach another machine."""


def is_here(family: int, address) -> bool:
    """Whether a socket address is on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def forbid_outside_connections() -> None:
    """From now on a connection to another machine fails the test that tries it."""
    connect = socket.socket.connect

    def guarded(self, address):
        if not is_here(self.family, address):
            raise OutsideConnection(f"a test tried to reach {address}")
        return connect(self, address)

    socket.socket.connect = guarded
