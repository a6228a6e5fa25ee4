"""The true address of a client: forged headers change nothing."""

import pytest
from django.test import RequestFactory

from accounts.clientip import UNKNOWN, client_ip, counted_as, network_of

PROXIES = ["10.0.0.0/8", "192.0.2.7", "fd00::/8"]
CORPUS = [
    # remote, header, trusted proxies, expected
    ("203.0.113.5", "", [], "203.0.113.5"),
    ("203.0.113.5", "1.1.1.1", [], "203.0.113.5"),
    ("203.0.113.5", "1.1.1.1", PROXIES, "203.0.113.5"),
    ("10.0.0.1", "", PROXIES, "10.0.0.1"),
    ("10.0.0.1", "198.51.100.9", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "1.1.1.1, 198.51.100.9", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "1.1.1.1, 198.51.100.9, 10.0.0.2", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "1.1.1.1,198.51.100.9,192.0.2.7", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "10.9.9.9, 10.0.0.2", PROXIES, "10.9.9.9"),
    ("10.0.0.1", "198.51.100.9:4711", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "[2001:db8::1]:4711", PROXIES, "2001:db8::1"),
    ("10.0.0.1", "2001:DB8:0:0::1", PROXIES, "2001:db8::1"),
    ("fd00::1", "198.51.100.9", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "::ffff:198.51.100.9", PROXIES, "198.51.100.9"),
    ("::ffff:10.0.0.1", "198.51.100.9", PROXIES, "198.51.100.9"),
    ("10.0.0.1", "198.51.100.9, unknown", PROXIES, "10.0.0.1"),
    ("10.0.0.1", "' OR 1=1 --", PROXIES, "10.0.0.1"),
    ("10.0.0.1", "198.51.100.9,", PROXIES, "10.0.0.1"),
    ("10.0.0.1", "<script>", PROXIES, "10.0.0.1"),
    ("", "198.51.100.9", [], UNKNOWN),
    ("unix:", "198.51.100.9", PROXIES, UNKNOWN),
]


@pytest.mark.parametrize(("remote", "header", "proxies", "expected"), CORPUS)
def test_right_most_untrusted_hop_is_the_client(settings, remote, header, proxies, expected):
    settings.TRUSTED_PROXIES = proxies
    extra = {"REMOTE_ADDR": remote} | ({"HTTP_X_FORWARDED_FOR": header} if header else {})
    request = RequestFactory().get("/", **extra)
    assert client_ip(request) == expected


@pytest.mark.parametrize("name", ["HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_CLIENT_IP"])
def test_other_headers_are_not_read(settings, name):
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", **{"REMOTE_ADDR": "10.0.0.1", name: "for=1.1.1.1"})
    assert client_ip(request) == "10.0.0.1"


def test_network_is_24_bits_or_64():
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2:3::9") == "2001:db8:1:2::/64"


def test_limits_count_one_ipv4_address_and_a_whole_ipv6_subscriber():
    assert counted_as("203.0.113.77") == "203.0.113.77"
    assert counted_as("2001:db8:1:2:3::9") == counted_as("2001:db8:1:2:4::1")
    assert counted_as("2001:db8:1:2::9") != counted_as("2001:db8:1:3::9")
