"""Kubernetes quantities: ``100m``, ``1Gi``, ``1e3``.

Source: the Quantity type of k8s.io/apimachinery (``<number><suffix>``, suffixes binary, decimal or an exponent).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from decimal import Decimal

_QUANTITY = r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?\Z"


@cache
def _factors() -> dict[str, Decimal]:
    """What each suffix means."""
    from decimal import Decimal

    return {
        "": Decimal(1),
        **{letter + "i": Decimal(1024) ** power for power, letter in enumerate("KMGTPE", 1)},
        **{letter: Decimal(1000) ** power for power, letter in enumerate("kMGTPE", 1)},
        **{letter: Decimal(1000) ** -power for power, letter in enumerate("mun", 1)},
    }


def parse(value: Any) -> Decimal | None:
    """The amount a quantity means in its base unit (cores, bytes), or None when the API would refuse it.

    >>> parse("1.5Gi"), parse("100m"), parse("500MB")
    (Decimal('1610612736.0'), Decimal('0.100'), None)
    """
    from decimal import Decimal  # takes 2 ms, and many charts hold no quantity

    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    match = re.match(_QUANTITY, value if isinstance(value, str) else repr(value))
    if match is None:
        return None
    number, suffix = Decimal(match[1]), match[2] or ""
    if suffix in (factors := _factors()):
        return number * factors[suffix]
    return number.scaleb(int(suffix[1:]))


def is_integer(value: Any) -> TypeGuard[int]:
    """Whether a value is a whole number; Python takes a boolean for one, too."""
    return isinstance(value, int) and not isinstance(value, bool)
