"""Rules about ports: their numbers, and the checks behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Port
from chartgen.spec.phrases import meant
from chartgen.spec.probes import CHECKS, SHARED
from chartgen.spec.scope import Scope

PROBES = ("liveness", "readiness", "startup")


def port_or_ports(scope: Scope) -> Iterator[Problem]:
    """``port`` is short for ``ports``, so one of them is enough."""
    if "port" in scope.own and "ports" in scope.own:
        yield scope.problem(
            scope.pointer / "port",
            "cannot be combined with 'ports'",
            hint=f"put it into ports, e.g. http: {scope.own['port']}",
            code="two-forms",
            key=True,
        )


def ports_twice(scope: Scope) -> Iterator[Problem]:
    """No two ports share a number, in the container or in the Service."""
    inside: dict[tuple[int, str], str] = {}
    outside: dict[tuple[int, str], str] = {}
    for port in scope.workload.ports:
        place = scope.pointer / "ports" / port.name
        first = inside.setdefault((port.port, port.protocol), port.name)
        if first != port.name:
            yield scope.problem(
                place / "port", f"port {port.port} is {first!r} already", code="port-twice", hint="choose another port"
            )
        first = outside.setdefault((port.service, port.protocol), port.name)
        if first != port.name and inside[port.port, port.protocol] == port.name:
            yield scope.problem(
                place / "service",
                f"the Service's port {port.service} is already taken by {first!r}",
                hint=f"give one of them another one: {port.name}: {{port: {port.port}, service: ...}}",
                code="port-twice",
            )


def health_forms(scope: Scope) -> Iterator[Problem]:
    """One check for all probes or one for each; every check checks one thing."""
    given = scope.given("health")
    shared = [key for key in SHARED if key in given]
    separate = [key for key in PROBES if key in given]
    place = scope.pointer / "health"
    if shared and separate:
        yield scope.problem(
            place / shared[0],
            f"is a check for all probes and cannot be combined with {separate[0]!r}",
            hint="give one check for all, or one for each",
            code="two-forms",
            key=True,
        )
        return
    checks = [(place / key, given[key]) for key in separate if isinstance(given[key], Mapping)]
    if shared:
        checks.append((place, given))
    for where, check in checks:
        ways = [key for key in CHECKS if key in check]
        if len(ways) != 1:
            said = (
                f"cannot be combined with {ways[0]!r}: a check checks one thing"
                if ways
                else "does not say what to check"
            )
            yield scope.problem(
                where / ways[1] if ways else where,
                said,
                hint=f"give one of {', '.join(CHECKS)}",
                code="check-forms",
                key=True,
            )
        elif ways == ["exec"] and "port" in check:
            yield scope.problem(where / "port", "has no effect on exec", code="no-effect", key=True, warning=True)


def health_ports(scope: Scope) -> Iterator[Problem]:
    """Probes need a port that exists; a workload with a port should have probes."""
    workload = scope.workload
    if workload.kind.ends:
        return
    if "health" not in scope.own:
        if workload.service is not None:
            key = "ports" if "ports" in scope.own else "port"
            so = "a pod counts as healthy while its port is open"
            if workload.health.liveness is None:
                so = "a pod counts as healthy while its process runs"
            yield scope.problem(
                scope.pointer / key,
                f"there is no health check, so {so}",
                hint="add: health: /healthz",
                code="no-health",
                key=True,
                warning=True,
            )
        return
    said: set[str] = set()
    for name in PROBES:
        probe = getattr(workload.health, name)
        if probe is None or probe.kind == "exec" or probe.port.isdecimal() or probe.port in said:
            continue
        place = scope.pointer / "health" / name / "port"
        if name not in scope.given("health"):
            place = scope.pointer / "health" / "port"
        port = next((port for port in workload.ports if port.name == probe.port), None)
        if port is None:
            yield no_port(scope, place, probe.port, workload.ports)
        elif port.protocol != "TCP":
            others = [one.name for one in workload.ports if one.protocol == "TCP"]
            yield scope.problem(
                place,
                f"the port {port.name!r} is {port.protocol}, and a check needs TCP",
                hint=f"check another: port: {others[0]}" if others else "run a command: exec: [...]",
                code="not-tcp",
            )
        else:
            continue
        said.add(probe.port)


def no_port(scope: Scope, place: Pointer, name: str, ports: tuple[Port, ...]) -> Problem:
    """The problem of a port that a workload does not have; ``name`` is empty when it has none at all."""
    names = [port.name for port in ports]
    if not name:
        return scope.problem(place, "the workload has no port", hint="add: port: 8080", code="no-port", key=True)
    if names:
        hint = f"its ports are {', '.join(names)}" if len(names) > 1 else f"its port is {names[0]}"
    else:
        hint = f"add: ports: {{{name}: 8080}}"
    return scope.problem(place, f"there is no port {name!r}{meant(name, names)}", hint=hint, code="no-port")


def speaks_http(scope: Scope, place: Pointer, port: Port) -> Iterator[Problem]:
    """HTTP needs TCP."""
    if port.protocol != "TCP":
        yield scope.problem(
            place,
            f"the port {port.name!r} is {port.protocol}, and HTTP needs TCP",
            hint="choose another port",
            code="not-tcp",
        )
