"""Rules about what is done when a container starts and stops."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.spec.rules_ports import no_port, speaks_http
from chartgen.spec.scope import Scope


def hooks(scope: Scope) -> Iterator[Problem]:
    """A request needs a port, and Kubernetes does one thing before it stops a container: sleep, or something else."""
    w = scope.workload
    for key, hook in (("postStart", w.lifecycle.start), ("preStop", w.lifecycle.stop)):
        if not hook or hook.command or hook.port.isdecimal():
            continue
        place = scope.pointer / "lifecycle" / key
        found = next((port for port in w.ports if port.name == hook.port), None)
        if found is None:
            yield no_port(scope, place, hook.port, w.ports)
        else:
            yield from speaks_http(scope, place, found)
    if w.lifecycle.stop and w.shutdown.sleep:
        yield scope.problem(
            scope.pointer / "shutdown" / "sleep",
            "cannot be combined with lifecycle.preStop: Kubernetes does one of the two",
            hint="remove it, and let preStop wait",
            code="two-forms",
            key=True,
        )
