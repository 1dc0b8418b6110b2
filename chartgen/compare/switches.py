"""The switches that are off by default, and behind which two charts may differ: nobody sees it who leaves them off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from chartgen.compare.branches import Branches
from chartgen.compare.keys import lookup
from chartgen.compare.side import Side
from chartgen.fielddata import values_of
from chartgen.location import Pointer
from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.charts import switches as conditions
from chartgen.tuples import NamedTuple

SWITCHES = ("enabled", "enable", "create")
"""What the switch of a map is called that decides about all that is in it."""

MOST = 20
"""Switches that are turned on, in the order of values.yaml."""

FEW = 4
"""Switches that are turned on where each rendering takes long."""


class Switch(NamedTuple):
    """A switch, and all that is turned on with it: those of the maps around it that are off, then itself."""

    parts: Parts
    turned: tuple[Parts, ...]

    @property
    def name(self) -> str:
        """As ``--set`` has it: ``metrics.enabled=true``."""
        return f"{Pointer(self.parts).dotted}=true"

    @property
    def values(self) -> Mapping[str, Any]:
        """The values that turn it on."""
        return values_of((parts, True) for parts in self.turned)


def switches(
    old: Side,
    new: Side,
    *,
    off: Set[Parts] = frozenset(),
    known: Iterable[Mapping[str, Any]] = (),
    most: int = MOST,
) -> tuple[Switch, ...]:
    """The switches to turn on, in the order of values.yaml, ``most`` at most.

    They are off in the old chart, are still there in the new one, and templates read them. What is behind them may
    differ: a branch that one decides about is not the same, or a value beside it. ``off`` are switches that stay off,
    and ``known`` values under which the charts are compared anyway.
    """
    found = [one for one in _off(old, new) if not off & set(one.turned)]
    if not found:
        return ()
    seen = [values for values in known if values]
    found = [one for one in found if not any(all(lookup(v, p) is True for p in one.turned) for v in seen)]
    branches, charts = Branches(old, new), _charts(old, new)
    switched = frozenset(conditions(old.analysis.family)) if charts else frozenset()
    chosen = (
        one
        for one in found
        if _has_neighbours(one.parts, old, new)
        or branches.differ(one.parts)
        or any(one.parts[: len(prefix)] == prefix for prefix in charts)
        or one.parts in switched
    )
    return tuple(one for one, _ in zip(chosen, range(most), strict=False))


def _off(old: Side, new: Side) -> Iterator[Switch]:
    reads = old.analysis.reads
    for parts in _booleans(old.values, ()):
        if not (_is_read(parts, reads.touched) if reads.complete else parts[-1] in SWITCHES):
            continue
        around = [(*parts[:depth], name) for depth in range(1, len(parts)) for name in SWITCHES]
        turned = [one for one in around if one != parts and lookup(old.values, one) is False]
        turned.append(parts)
        if all(isinstance(lookup(new.values, one), bool) for one in turned):
            yield Switch(parts, tuple(turned))


def _booleans(values: Mapping[str, Any], at: Parts) -> Iterator[Parts]:
    """The places of what is false."""
    for key, value in values.items():
        if value is False:
            yield (*at, key)
        elif isinstance(value, Mapping):
            yield from _booleans(value, (*at, key))


def _is_read(parts: Parts, places: Set[Parts]) -> bool:
    """Whether a template looks at a value, by its name or as one of many."""
    return parts in places or any((*parts[:i], ANY, *parts[i + 1 :]) in places for i in range(len(parts)))


def _has_neighbours(parts: Parts, old: Side, new: Side) -> bool:
    """Whether a value beside a switch, or deeper there, is another."""
    around = parts[:-1]
    return bool(around) and lookup(old.values, around) != lookup(new.values, around)


def _charts(old: Side, new: Side) -> frozenset[Parts]:
    """The places in the values of subcharts that are not the same."""
    sides = [{one.prefix: one.folder for one in side.analysis.family.instances if one.prefix} for side in (old, new)]
    both = sides[0].keys() & sides[1].keys()
    return frozenset(p for p in both if _files(old, sides[0][p]) != _files(new, sides[1][p]))


def _files(side: Side, folder: str) -> Mapping[str, bytes]:
    return {path[len(folder) :]: content for path, content in side.chart.files.items() if path.startswith(folder)}
