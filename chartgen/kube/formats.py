"""Values in texts and numbers that a schema's ``format`` and ``pattern`` speak of, judged as the API server does."""

import re
from typing import Any

_INT = {"int32": 1 << 31, "int64": 1 << 63}

_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z"

_DATE_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})\Z"

_TEXTS = {
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z",
    "date-time": f"(?i){_DATE_TIME}",
    "uuid": r"(?i)[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\Z",
}
_NAMES = {"date": "a date like 2026-01-31", "date-time": "a time like 2026-01-31T12:00:00Z", "uuid": "a UUID"}

_REPEATED = r"[*+]|,\}"
_REPEATED_GROUP = r"\)[*+{]"

_LONGEST = 2000
"""Characters up to which a pattern is tried."""


def wrong_format(name: str, value: Any) -> str:
    """Why a text or number is not of a format (``is no base64 text``), or ``""``; unknown formats allow everything."""
    if name in _INT:
        if isinstance(value, int | float) and not -_INT[name] <= value < _INT[name]:
            return f"does not fit into {name[3:]} bits"
        return ""
    if not isinstance(value, str):
        return ""
    if name == "byte":
        return "" if re.match(_BASE64, value.replace("\n", "").replace("\r", "")) else "is not base64"
    if name in _TEXTS:
        return "" if re.match(_TEXTS[name], value) else f"is not {_NAMES[name]}"
    if name in ("ipv4", "ipv6", "cidr"):
        return _wrong_address(name, value)
    return ""


def _wrong_address(name: str, value: str) -> str:
    import ipaddress

    try:
        if name == "cidr":
            ipaddress.ip_network(value, strict=False)
            return "" if "/" in value else "is not an address range like 10.0.0.0/8"
        ipaddress.IPv4Address(value) if name == "ipv4" else ipaddress.IPv6Address(value)
    except ValueError:
        wanted = {"cidr": "an address range like 10.0.0.0/8", "ipv4": "an IPv4 address", "ipv6": "an IPv6 address"}
        return f"is not {wanted[name]}"
    return ""


def matches(pattern: str, text: str, *, trusted: bool) -> bool:
    """Whether a Go pattern is found in a text; true as well for a pattern that Python does not understand.

    Go's engine is never slow, Python's can be made so: a pattern that is not ``trusted`` is tried only where it cannot.
    """
    if len(text) > _LONGEST or (not trusted and pattern not in _NAME_PATTERNS and _may_be_slow(pattern)):
        return True
    if "[[:" in pattern or r"\p" in pattern or r"\Q" in pattern:
        return True
    try:
        return re.search(pattern.replace(r"\z", r"\Z"), text) is not None
    except re.error:
        return True


_NAME_PATTERNS = (
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    r"^([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$",
)
"""The patterns of names that most CustomResourceDefinitions use, known to be quick."""


def _may_be_slow(pattern: str) -> bool:
    return re.search(_REPEATED_GROUP, pattern) is not None or len(re.findall(_REPEATED, pattern)) > 2
