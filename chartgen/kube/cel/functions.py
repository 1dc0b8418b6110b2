"""How functions and types of a CEL environment are written down.

A type is a text: ``string``, ``list(int)``, ``map(string, dyn)``. Kubernetes' own types (``Quantity``, ``IP``) do not
exist in the library, which takes no foreign values. Each is stood for by a map of its own static type, so that the
checker still tells them apart: ``{true: [...]}`` around a text in canonical form, so that equality holds.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from chartgen.tuples import NamedTuple

KUBERNETES_TYPES = (
    "Quantity",
    "IP",
    "CIDR",
    "URL",
    "Semver",
    "Format",
    "Authorizer",
    "PathCheck",
    "GroupCheck",
    "ResourceCheck",
    "Decision",
)
"""The names of Kubernetes' CEL types; the API server calls them ``kubernetes.Quantity`` and so on."""

KINDS = (
    "bool",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "list(dyn)",
    "map(dyn, dyn)",
    "google.protobuf.Duration",
    "google.protobuf.Timestamp",
)
"""What a value of type ``dyn`` may be while an expression runs (the library dispatches by these alone)."""

UNSUPPORTED = "which is not supported here"
"""What an error of ours ends in that is none of the expression's: the library cannot do it."""


class Overload(NamedTuple):
    """One form of a function: the types it ``takes`` and ``gives``. A ``member`` is called on its first argument.

    Without ``call`` the form is known to the checker only: the library evaluates it itself, or nobody does. ``call``
    gets plain Python values and raises ValueError for what is an error in CEL.
    """

    name: str
    takes: tuple[str, ...]
    gives: str
    call: Callable[..., Any] | None = None
    member: bool = False


def member(name: str, *takes: str, gives: str, call: Callable[..., Any] | None = None) -> Overload:
    """A form that is called as ``first.name(others)``."""
    return Overload(name, takes, gives, call, member=True)


def plain(name: str, *takes: str, gives: str, call: Callable[..., Any] | None = None) -> Overload:
    """A form that is called as ``name(all)``."""
    return Overload(name, takes, gives, call)


@lru_cache(maxsize=4096)
def wrap(kind: str, text: str) -> dict[bool, Any]:
    """The stand-in for a value of one of Kubernetes' types, given its canonical text; not to be changed.

    The library never lets go of what a function gives it (0.1.3), so that equal values should be one and the same.
    """
    value: Any = text
    for _ in range(KUBERNETES_TYPES.index(kind)):
        value = [value]
    return {True: value}


def unwrap(value: Any) -> str:
    """The canonical text in a stand-in. Raises ValueError for another map."""
    if value.keys() != {True}:
        raise ValueError("no such overload")
    inner = value[True]
    while isinstance(inner, list):
        inner = inner[0]
    return str(inner)


def stand_in(kind: str) -> str:
    """The type that stands for one of Kubernetes' own; other types stand for themselves."""
    if kind not in KUBERNETES_TYPES:
        return kind
    depth = KUBERNETES_TYPES.index(kind)
    return f"map(bool, {'list(' * depth}string{')' * depth})"


def readable(text: str) -> str:
    """A message of the library with Kubernetes' types by their names."""
    for kind in reversed(KUBERNETES_TYPES):
        text = text.replace(stand_in(kind), f"kubernetes.{kind}")
    return text
