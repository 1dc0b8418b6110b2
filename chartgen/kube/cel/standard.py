"""Functions of CEL itself that Kubernetes has in more forms than the library, and the authorizer.

A function may be declared only once, so the library's own forms are repeated here without anything to call.
Source: ``cel.CrossTypeNumericComparisons``, ``ip.go``, ``cidr.go`` and ``authz.go`` of k8s.io/apiserver.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chartgen.kube.cel.functions import Overload, member, plain, unwrap

REPLACED = ("_<_", "_<=_", "_>_", "_>=_", "string")
"""The library's functions that are declared anew."""

_DURATION, _TIMESTAMP = "google.protobuf.Duration", "google.protobuf.Timestamp"
_NUMBERS = ("int", "uint", "double")
_ORDERED = ("bool", "string", "bytes", _DURATION, _TIMESTAMP)


def _text(value: Any) -> str:
    return unwrap(value)


def _declared() -> Iterable[Overload]:
    for name in REPLACED[:-1]:
        for kind in _ORDERED:
            yield plain(name, kind, kind, gives="bool")
        for left in _NUMBERS:
            for right in _NUMBERS:
                yield plain(name, left, right, gives="bool")
    for kind in (*_NUMBERS, *_ORDERED):
        yield plain("string", kind, gives="string")
    yield plain("string", "IP", gives="string", call=_text)
    yield plain("string", "CIDR", gives="string")  # to the library the same as the form above


_AUTHORIZER: tuple[Overload, ...] = (
    member("path", "Authorizer", "string", gives="PathCheck"),
    member("group", "Authorizer", "string", gives="GroupCheck"),
    member("serviceAccount", "Authorizer", "string", "string", gives="Authorizer"),
    member("resource", "GroupCheck", "string", gives="ResourceCheck"),
    *(
        member(name, "ResourceCheck", "string", gives="ResourceCheck")
        for name in ("subresource", "namespace", "name", "fieldSelector", "labelSelector")
    ),
    member("check", "PathCheck", "string", gives="Decision"),
    member("check", "ResourceCheck", "string", gives="Decision"),
    member("allowed", "Decision", gives="bool"),
    member("errored", "Decision", gives="bool"),
    member("error", "Decision", gives="string"),
    member("reason", "Decision", gives="string"),
)
"""Known to the checker; what a cluster would answer is not known here, so nothing evaluates them."""

OVERLOADS = (*_declared(), *_AUTHORIZER)
