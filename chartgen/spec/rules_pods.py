"""Rules about what runs: image and resources."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.spec.scope import Scope
from chartgen.spec.units import amount

MOVING = frozenset((
    "latest", "main", "master", "head", "trunk", "dev", "develop", "devel", "edge", "nightly", "canary", "unstable",
))  # fmt: skip
"""Tags that are the names of branches, or given to whatever is newest; the rule floating-image-tag has the same."""


def image(scope: Scope) -> Iterator[Problem]:
    """An image must be there, and its tag must not move."""
    chosen = scope.workload.image
    place = scope.at("image")
    if not chosen.repository:
        yield scope.problem(
            place, "'image' is missing", hint="add: image: ghcr.io/acme/shop:1.4.2", code="missing-key", key=True
        )
    elif chosen.digest:
        return
    elif not chosen.tag:
        yield scope.problem(
            place,
            f"{chosen.repository!r} has neither a tag nor a digest",
            hint=f"name a version, e.g. {chosen.repository}:1.4.2",
            code="floating-tag",
        )
    elif chosen.tag.lower() in MOVING:
        yield scope.problem(
            scope.at("image", "tag"),
            f"the tag {chosen.tag!r} moves, so that a restarted pod may run other code",
            hint="name a version or a digest",
            code="floating-tag",
        )


def resources(scope: Scope) -> Iterator[Problem]:
    """One of the two forms; limits not below requests; quantities that can be meant."""
    for level, place in ((scope.own, scope.pointer), (scope.top, scope.pointer.parent.parent)):
        given = level.get("resources", {})
        mixed = [key for key in ("cpu", "memory") if key in given]
        if mixed and ("requests" in given or "limits" in given):
            yield scope.problem(
                place / "resources" / mixed[0],
                "cannot be combined with requests or limits",
                hint="use cpu and memory, or requests and limits",
                code="two-forms",
                key=True,
            )
    chosen = scope.workload.resources
    for key, limit in chosen.limits.items():
        asked = chosen.requests.get(key)
        if asked is not None and amount(limit) < amount(asked):
            yield scope.problem(
                scope.at("resources", "limits", key),
                f"the limit {limit} is below the request {asked}",
                hint="raise the limit or lower the request",
                code="limit-below-request",
            )
    yield from _plausible(scope)


def _plausible(scope: Scope) -> Iterator[Problem]:
    chosen = scope.workload.resources
    for part, quantities in (("requests", chosen.requests), ("limits", chosen.limits)):
        for key, quantity in quantities.items():
            path = (part, key) if part in scope.given("resources") or part in scope.top.get("resources", {}) else (key,)
            size = amount(quantity)
            digits = quantity.rstrip("m")
            if key == "memory" and 0 < size < 1 << 20:
                yield scope.problem(
                    scope.at("resources", *path),
                    f"{quantity} means {size:g} bytes",
                    hint=f"did you mean {digits}Mi?" if digits.isdecimal() else "use a unit such as Mi",
                    code="implausible-quantity",
                )
            elif key == "cpu" and size >= 64 and quantity.isdecimal():
                yield scope.problem(
                    scope.at("resources", *path),
                    f"{quantity} means {quantity} whole cores",
                    hint=f"did you mean {quantity}m?",
                    code="implausible-quantity",
                    warning=True,
                )
