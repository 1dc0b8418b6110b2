"""Functions that only ``rewrite`` puts in: a list of maps merged into one, and a map's keys in order."""

from __future__ import annotations

from typing import Any

from chartgen.kube.cel.functions import Overload, member


def _merged(maps: list[dict[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for one in maps:
        for key, value in one.items():
            if key in found:
                raise ValueError(f"insert failed: key {key!r} already exists")
            found[key] = value
    return found


def _ordered(values: Any) -> list[Any]:
    return values if isinstance(values, list) else sorted(values, key=lambda key: (str(type(key)), key))


OVERLOADS: tuple[Overload, ...] = (
    member("merged_", "list(dyn)", gives="map(dyn, dyn)", call=_merged),
    member("ordered_", "list(dyn)", gives="list(dyn)", call=_ordered),
    member("ordered_", "map(dyn, dyn)", gives="list(dyn)", call=_ordered),
)
