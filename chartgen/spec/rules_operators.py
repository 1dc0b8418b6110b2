"""Rules about the clusters that operators run: that there is such an operator, and that the cluster would work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Need, Operated
from chartgen.spec.operators import OPERATORS, Operator
from chartgen.spec.source import Source
from chartgen.spec.units import amount

KEY = "operator"


def operated(need: Need, given: Mapping[str, Any], place: Pointer, source: Source) -> Iterator[Problem]:
    """The problems of what a need says about its operator; ``place`` is that of the need."""
    if not need.operator:
        return
    if need.kind and need.kind not in OPERATORS:
        known = " and ".join(f"{kind} ({operator.name})" for kind, operator in OPERATORS.items())
        yield source.problem(
            place / KEY,
            f"chartgen knows operators for {known} only, not for {need.kind}",
            hint="say its host and secret, and keep what the operator wants under 'extra'; or name a chart",
            code="no-operator",
            key=True,
        )
    for key in ("host", "port", "secret", "peers"):
        if key in given:
            yield source.problem(
                place / key,
                "cannot be combined with 'operator', whose Secret tells it",
                hint=f"remove {key}, or operator",
                code="two-forms",
                key=True,
            )
    below = given[KEY]
    if isinstance(below, Mapping) and "storage" not in below and set(below) != {"existing"}:
        yield source.problem(
            place / KEY,
            "'storage' is missing, without which the chart makes no cluster",
            hint="add: storage: 20Gi, or name a cluster that exists and nothing else: existing: shop-db",
            code="missing-key",
            key=True,
        )
    elif need.kind in OPERATORS and need.operator.storage:
        yield from _servers(need.operator, OPERATORS[need.kind], place / KEY, source)
        yield from _volume(need.operator, OPERATORS[need.kind], place / KEY, source)


def _servers(operated: Operated, operator: Operator, place: Pointer, source: Source) -> Iterator[Problem]:
    """Servers that decide by majority are an odd number."""
    count = operated.instances
    if operator.majority and count % 2 == 0:
        yield source.problem(
            place / "instances",
            f"{count} is even, and {count} servers bear the loss of no more of them than {count - 1} would",
            hint=f"choose {count - 1} or {count + 1}",
            code="even-servers",
        )


def _volume(operated: Operated, operator: Operator, place: Pointer, source: Source) -> Iterator[Problem]:
    size = amount(operated.storage)
    if size < 1 << 20:
        digits = operated.storage.rstrip("m")
        yield source.problem(
            place / "storage",
            f"{operated.storage} means {size:g} bytes",
            hint=f"did you mean {digits}Gi?" if digits.isdecimal() else "use a unit such as Gi",
            code="implausible-quantity",
        )
    elif operator.reserve and size <= amount(operator.reserve):
        yield source.problem(
            place / "storage",
            f"{operated.storage} is too small: a server accepts no messages while less than 2GB are free",
            hint="choose for example 10Gi",
            code="volume-too-small",
        )
