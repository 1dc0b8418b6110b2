"""How messages speak of a place, a value, and alternatives of which none fits."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from chartgen.location import Pointer

At = tuple[Any, ...]
"""A place while walking: ``(place above, key)``; ``()`` is the root."""


class HasMessage(Protocol):
    """What a branch was found wrong for."""

    @property
    def message(self) -> str:
        """What is wrong."""
        ...


def pointer(at: At) -> Pointer:
    """The pointer of a place."""
    parts: list[str | int] = []
    while at:
        at, key = at
        parts.append(key)
    return Pointer(tuple(reversed(parts)))


def dotted(at: At) -> str:
    """A place as people write it."""
    return pointer(at).dotted


def inside(at: At) -> str:
    """`` in spec.ports``, or nothing for the root."""
    return f" in {dotted(at)}" if at else ""


WANTED: Mapping[str, str] = {
    "object": "a map",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
"""What a type is called."""


def said(value: Any) -> str:
    """A value as messages quote it: ``the number 3``, ``'abc'``, ``a list``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "...")
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a map" if isinstance(value, dict) else "a list"


def listed(choices: Sequence[Any]) -> str:
    """The values an enum allows, where they are few."""
    shown = [repr(choice) if isinstance(choice, str) else said(choice) for choice in choices]
    return shown[0] if len(shown) == 1 else f"one of {', '.join(shown)}" if len(shown) < 8 else "one of those allowed"


def _required(branches: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The fields of alternatives that are nothing but ``required: [field]``; () for any others."""
    named = [branch["required"] for branch in branches if list(branch) == ["required"] and len(branch["required"]) == 1]
    return tuple(one for (one,) in named) if len(named) == len(branches) else ()


def none_fits(branches: Sequence[Mapping[str, Any]], tried: Sequence[Mapping[Any, HasMessage]]) -> str:
    """What to say where a value fits no branch of an ``anyOf`` or ``oneOf``."""
    if fields := _required(branches):
        return f"needs {'' if len(fields) == 1 else 'one of '}{', '.join(fields)}"
    first = next(iter(tried[0].values()))
    return f"fits none of {len(branches)} alternatives; by the first, {first.message}"


def several_fit(branches: Sequence[Mapping[str, Any]], tried: Sequence[Mapping[Any, HasMessage]]) -> str:
    """What to say where a value fits several branches of a ``oneOf``."""
    if fields := _required(branches):
        given = [field for field, found in zip(fields, tried, strict=True) if not found]
        return f"has {' and '.join(given)}, which exclude each other"
    return f"fits several of {len(branches)} alternatives that exclude each other"


def forbidden(node: Mapping[str, Any]) -> str:
    """What to say where a value is what a ``not`` excludes."""
    if fields := node.get("required"):
        return f"must not have {' and '.join(fields)} together" if len(fields) > 1 else f"must not have {fields[0]}"
    return "is what its schema forbids"
