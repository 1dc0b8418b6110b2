"""Rules about the workloads of a spec that other workloads ask for."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.spec.phrases import meant
from chartgen.spec.rules_containers import place
from chartgen.spec.scope import Scope

FACTS = ("host", "port", "address", "url")
"""What a variable may say about a workload."""


def variables(scope: Scope) -> Iterator[Problem]:
    """Variables tell where workloads with a Service are found."""
    w = scope.workload
    found = [(e, scope.at("env", e.name)) for e in w.env]
    found += [(e, place(scope, one, "env", e.name)) for one in w.containers for e in one.env]
    others = {other.name: other for other in scope.app.workloads if other.name}
    for e, at in found:
        if not e.workload:
            continue
        if e.workload not in others:
            near = meant(e.workload, list(others))
            hint = "" if near else "name one that stands under 'workloads'" if others else "write the address as text"
            yield scope.problem(
                at / "workload", f"there is no workload {e.workload!r}{near}", hint=hint, code="no-workload"
            )
        elif not others[e.workload].ports or others[e.workload].service is None:
            yield scope.problem(
                at / "workload",
                f"the workload {e.workload!r} has no Service, so nobody can call it",
                hint=f"give it a port: workloads.{e.workload}.port",
                code="no-service",
            )
        elif e.fact not in FACTS:
            yield scope.problem(
                at / "fact",
                f"{e.fact} is not known of the workload {e.workload!r}",
                hint=f"known are {', '.join(FACTS)}",
                code="unknown-fact",
            )
        elif w.network.to is not None and e.workload not in (w.name, *(peer.workload for peer in w.network.to)):
            yield scope.problem(
                at / "workload",
                f"'network.to' does not let it call the workload {e.workload!r}",
                hint=f"add {e.workload} to network.to",
                code="not-reachable",
                warning=True,
            )
