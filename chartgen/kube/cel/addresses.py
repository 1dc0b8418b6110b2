"""IP addresses, networks and URLs in CEL.

Source: ``pkg/cel/library/ip.go``, ``cidr.go`` and ``urls.go`` of k8s.io/apiserver; Go's ``net/netip`` and ``net/url``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from chartgen.kube.cel.functions import Overload, member, plain, unwrap, wrap
from chartgen.kube.cel.urls import Url, parse_url

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

    _Address = IPv4Address | IPv6Address
    _Network = IPv4Network | IPv6Network

_IP, _CIDR, _URL = "IP", "CIDR", "URL"


def _parse_address(text: str) -> _Address:
    import ipaddress  # takes longer to load than most policies to evaluate

    if "%" in text:
        raise ValueError(f"IP address {text!r} with zone value is not allowed")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        raise ValueError(f"IP Address {text!r} parse error during conversion from string") from None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        raise ValueError(f"IPv4-mapped IPv6 address {text!r} is not allowed")
    return address


def _ip(value: Any) -> dict[bool, Any]:
    """The address in a text, or the one a network is written with."""
    text = value if isinstance(value, str) else unwrap(value).partition("/")[0]
    return wrap(_IP, str(_parse_address(text)))


def _address(value: Any) -> _Address:
    import ipaddress

    return ipaddress.ip_address(unwrap(value))


def _is_ip(text: str) -> bool:
    try:
        _parse_address(text)
    except ValueError:
        return False
    return True


def _is_link_local_multicast(value: Any) -> bool:
    packed = _address(value).packed
    return packed[:3] == b"\xe0\x00\x00" if len(packed) == 4 else packed[0] == 0xFF and packed[1] & 0x0F == 2


def _is_global_unicast(value: Any) -> bool:
    address = _address(value)
    return not (
        address.is_unspecified
        or address.is_loopback
        or address.is_multicast
        or address.is_link_local
        or str(address) == "255.255.255.255"
    )


def _cidr(text: str) -> dict[bool, Any]:
    address, slash, bits = text.partition("/")
    if not slash or not re.fullmatch(r"0|[1-9][0-9]{0,2}", bits):
        raise ValueError(f"network address parse error during conversion from string: {text!r}")
    parsed = _parse_address(address)
    if int(bits) > parsed.max_prefixlen:
        raise ValueError(f"network address parse error during conversion from string: {text!r}")
    return wrap(_CIDR, f"{parsed}/{bits}")


def _network(value: Any) -> _Network:
    import ipaddress

    return ipaddress.ip_network(unwrap(value), strict=False)


def _is_cidr(text: str) -> bool:
    try:
        _cidr(text)
    except ValueError:
        return False
    return True


def _contains_ip(value: Any, other: Any) -> bool:
    address = _parse_address(other) if isinstance(other, str) else _address(other)
    return address in _network(value)


def _contains_cidr(value: Any, other: Any) -> bool:
    outer, inner = _network(value), _network(_cidr(other) if isinstance(other, str) else other)
    return outer.version == inner.version and outer.prefixlen <= inner.prefixlen and outer.overlaps(inner)


def _masked(value: Any) -> dict[bool, Any]:
    return wrap(_CIDR, str(_network(value)))


def _url(value: Any) -> Url:
    return parse_url(unwrap(value))


def _read_url(text: str) -> dict[bool, Any]:
    parse_url(text)
    return wrap(_URL, text)


def _is_url(text: str) -> bool:
    try:
        parse_url(text)
    except ValueError:
        return False
    return True


OVERLOADS: tuple[Overload, ...] = (
    plain("ip", "string", gives=_IP, call=_ip),
    plain("isIP", "string", gives="bool", call=_is_ip),
    plain("ip.isCanonical", "string", gives="bool", call=lambda text: str(_parse_address(text)) == text),
    member("family", _IP, gives="int", call=lambda value: _address(value).version),
    member("isUnspecified", _IP, gives="bool", call=lambda value: _address(value).is_unspecified),
    member("isLoopback", _IP, gives="bool", call=lambda value: _address(value).is_loopback),
    member("isLinkLocalMulticast", _IP, gives="bool", call=_is_link_local_multicast),
    member("isLinkLocalUnicast", _IP, gives="bool", call=lambda value: _address(value).is_link_local),
    member("isGlobalUnicast", _IP, gives="bool", call=_is_global_unicast),
    plain("cidr", "string", gives=_CIDR, call=_cidr),
    plain("isCIDR", "string", gives="bool", call=_is_cidr),
    member("containsIP", _CIDR, "string", gives="bool", call=_contains_ip),
    member("containsIP", _CIDR, _IP, gives="bool", call=_contains_ip),
    member("containsCIDR", _CIDR, "string", gives="bool", call=_contains_cidr),
    member("containsCIDR", _CIDR, _CIDR, gives="bool", call=_contains_cidr),
    member("ip", _CIDR, gives=_IP, call=_ip),
    member("prefixLength", _CIDR, gives="int", call=lambda value: _network(value).prefixlen),
    member("masked", _CIDR, gives=_CIDR, call=_masked),
    plain("url", "string", gives=_URL, call=_read_url),
    plain("isURL", "string", gives="bool", call=_is_url),
    member("getScheme", _URL, gives="string", call=lambda value: _url(value).scheme),
    member("getHost", _URL, gives="string", call=lambda value: _url(value).host),
    member("getHostname", _URL, gives="string", call=lambda value: _url(value).hostname),
    member("getPort", _URL, gives="string", call=lambda value: _url(value).port),
    member("getEscapedPath", _URL, gives="string", call=lambda value: _url(value).escaped_path),
    member("getQuery", _URL, gives="map(string, list(string))", call=lambda value: _url(value).parameters),
)
