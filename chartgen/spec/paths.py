"""Paths of requests, as an Ingress and the Gateway API's routes take them.

Source: ValidateIngress of Kubernetes, and the rules of HTTPPathMatch and GRPCMethodMatch in the Gateway API's CRDs.
"""

from __future__ import annotations

import re

ODD_STEP = re.compile(r"//|/\.{1,2}(?=/|$)|%2f", re.IGNORECASE)
"""What no path may hold: empty steps, ``.`` and ``..``, encoded slashes."""

_STEP = r"[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2}"
_PATH = re.compile(f"/(?:{_STEP})*")

_WORD = "[A-Za-z_][A-Za-z_0-9]*"
GRPC_METHOD = re.compile(rf"/|/(?P<service>{_WORD}(?:[.]{_WORD})*)(?:/(?P<method>{_WORD})?)?")
"""The path of a gRPC call, or the beginning of one."""


def is_plain(path: str) -> bool:
    """Whether a path can be compared as it is, and is no pattern."""
    return bool(_PATH.fullmatch(path)) and not ODD_STEP.search(path)


def odd_character(path: str) -> str:
    """The first character that no path can have; ``""`` when there is none."""
    return re.sub(_STEP, "", path)[:1]


def grpc_method(path: str) -> dict[str, str]:
    """The service and method a path names, as a GRPCRoute matches them; empty for all."""
    match = GRPC_METHOD.fullmatch(path)
    return {key: value for key, value in (match.groupdict() if match else {}).items() if value}
