"""Quantities and semantic versions in CEL.

Source: ``pkg/cel/library/quantity.go`` and ``semverlib.go`` of k8s.io/apiserver. The two share ``compareTo``,
``isLessThan`` and ``isGreaterThan``; the library tells values of our types apart by nothing, so each form looks itself.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from typing import Any

from chartgen.kube.cel.functions import Overload, member, plain, unwrap, wrap
from chartgen.kube.quantity import parse
from chartgen.version import Version, compare, is_semver

_QUANTITY, _SEMVER = "Quantity", "Semver"
_EXACT = Context(prec=400)
"""Quantities are of any size and exact in Go."""


def quantity(text: str) -> dict[bool, Any]:
    """The quantity in a text. Raises ValueError."""
    with localcontext(_EXACT):
        amount = parse(text)
    if amount is None:
        raise ValueError(
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            f" (got {text!r})"
        )
    return _of(amount)


def _of(amount: Decimal) -> dict[bool, Any]:
    return wrap(_QUANTITY, f"{amount.normalize(_EXACT):f}" if amount else "0")


def _amount(value: Any) -> Decimal:
    return Decimal(unwrap(value))


def _is_integer(value: Any) -> bool:
    amount = _amount(value)
    return amount == amount.to_integral_value() and -(2**63) <= amount < 2**63


def _as_integer(value: Any) -> int:
    if not _is_integer(value):
        raise ValueError("cannot convert value to integer")
    return int(_amount(value))


def _sign(value: Any) -> int:
    amount = _amount(value)
    return int(amount > 0) - int(amount < 0)


def _plus(value: Any, other: Any) -> dict[bool, Any]:
    return _of(_EXACT.add(_amount(value), Decimal(other) if isinstance(other, int) else _amount(other)))


def _minus(value: Any, other: Any) -> dict[bool, Any]:
    return _of(_EXACT.subtract(_amount(value), Decimal(other) if isinstance(other, int) else _amount(other)))


def semver(text: str, normalize: bool = False) -> dict[bool, Any]:
    """The version in a text, read strictly unless it is normalized first. Raises ValueError."""
    strict = normalized(text) if normalize else text
    if not is_semver(strict):
        raise ValueError(f"{text!r} is no semantic version")
    return wrap(_SEMVER, strict.partition("+")[0])


def normalized(text: str) -> str:
    """A version without ``v`` and leading zeros and with all three numbers. Raises ValueError."""
    parts = text.removeprefix("v").split(".", 2)
    for index, part in enumerate(parts):
        if len(part) > 1:
            rest = part.lstrip("0")
            parts[index] = rest if rest[:1].isdecimal() else "0" + rest
    if len(parts) < 3 and re.search(r"[+-]", parts[-1]):
        raise ValueError("short version cannot contain PreRelease/Build meta data")
    return ".".join((*parts, *("0",) * (3 - len(parts))))


def _version(value: Any) -> Version:
    return Version.parse(unwrap(value))


def _compare(left: Any, right: Any) -> int:
    if isinstance(left[True], str) and isinstance(right[True], str):
        return int(_amount(left) > _amount(right)) - int(_amount(left) < _amount(right))
    return compare(_version(left), _version(right))


def _holds(make: Any, *arguments: Any) -> bool:
    try:
        make(*arguments)
    except ValueError:
        return False
    return True


OVERLOADS: tuple[Overload, ...] = (
    plain("quantity", "string", gives=_QUANTITY, call=quantity),
    plain("isQuantity", "string", gives="bool", call=lambda text: _holds(quantity, text)),
    plain("sign", _QUANTITY, gives="int", call=_sign),
    member("sign", _QUANTITY, gives="int", call=_sign),
    member("isInteger", _QUANTITY, gives="bool", call=_is_integer),
    member("asInteger", _QUANTITY, gives="int", call=_as_integer),
    member("asApproximateFloat", _QUANTITY, gives="double", call=lambda value: float(_amount(value))),
    member("add", _QUANTITY, _QUANTITY, gives=_QUANTITY, call=_plus),
    member("add", _QUANTITY, "int", gives=_QUANTITY, call=_plus),
    member("sub", _QUANTITY, _QUANTITY, gives=_QUANTITY, call=_minus),
    member("sub", _QUANTITY, "int", gives=_QUANTITY, call=_minus),
    member("compareTo", _QUANTITY, _QUANTITY, gives="int", call=_compare),
    member("isLessThan", _QUANTITY, _QUANTITY, gives="bool", call=lambda a, b: _compare(a, b) < 0),
    member("isGreaterThan", _QUANTITY, _QUANTITY, gives="bool", call=lambda a, b: _compare(a, b) > 0),
    plain("semver", "string", gives=_SEMVER, call=semver),
    plain("semver", "string", "bool", gives=_SEMVER, call=semver),
    plain("isSemver", "string", gives="bool", call=lambda text: _holds(semver, text)),
    plain("isSemver", "string", "bool", gives="bool", call=lambda *given: _holds(semver, *given)),
    member("major", _SEMVER, gives="int", call=lambda value: _version(value).major),
    member("minor", _SEMVER, gives="int", call=lambda value: _version(value).minor),
    member("patch", _SEMVER, gives="int", call=lambda value: _version(value).patch),
    # The library calls what stands above for these, too: to it all our values are maps.
    member("compareTo", _SEMVER, _SEMVER, gives="int"),
    member("isLessThan", _SEMVER, _SEMVER, gives="bool"),
    member("isGreaterThan", _SEMVER, _SEMVER, gives="bool"),
)
