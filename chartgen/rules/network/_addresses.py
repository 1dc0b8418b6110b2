"""Ranges of addresses as Kubernetes reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network


def network(text: str) -> IPv4Network | IPv6Network | None:
    """The range that a text means, or None for one that Kubernetes refuses.

    As Go's ParseCIDRSloppy has it, an address may lie anywhere in its range and have zeros in front, and the length of
    the prefix must be there, as a number.
    """
    from ipaddress import ip_network

    address, _, length = text.partition("/")
    if not re.fullmatch("[0-9]{1,3}", length) or "%" in address:
        return None
    if ":" not in address:
        address = re.sub(r"(?<![0-9])0+(?=[0-9])", "", address)
    try:
        return ip_network(f"{address}/{int(length)}", strict=False)
    except ValueError:
        return None


def is_address(text: str) -> bool:
    """Whether a text is an IP address, zeros in front or not."""
    return "/" not in text and network(f"{text}/{128 if ':' in text else 32}") is not None
