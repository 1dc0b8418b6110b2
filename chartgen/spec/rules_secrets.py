"""Rules about Secrets that the chart brings about."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.spec.scope import Scope


def sources(scope: Scope) -> Iterator[Problem]:
    """A Secret comes from one place, the same for every workload, and whoever gives its values knows their keys."""
    for use in scope.workload.secrets:
        place = scope.at("secrets", use.name)
        if use.required and use.external:
            yield scope.problem(
                place,
                "is to come from a store and to be given at install",
                hint="remove external, or required",
                code="secret-source",
                key=True,
            )
        elif use.required and not use.env:
            yield scope.problem(
                place,
                "names no keys, and nobody would know which values to give at install",
                hint="list them, e.g. env: [API_KEY]",
                code="secret-source",
                key=True,
            )
        others = [other for w in scope.app.workloads for other in w.secrets if other.name == use.name]
        first = others[0]
        if (use.external, use.required) != (first.external, first.required):
            yield scope.problem(
                place,
                "comes from another place than in another workload",
                hint="say it once, in 'secrets' at the top, or give this one another name",
                code="secret-source",
                key=True,
            )
