"""Rules about metrics and network peers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.peers import peer_port
from chartgen.spec.phrases import meant
from chartgen.spec.rules_needing import need_names
from chartgen.spec.rules_ports import no_port, speaks_http
from chartgen.spec.scope import Scope
from chartgen.spec.source import Source


def metrics(scope: Scope) -> Iterator[Problem]:
    """Prometheus needs a port that exists."""
    workload = scope.workload
    if workload.metrics is None or workload.metrics.beside:
        return
    place = scope.pointer / "metrics"
    found = next((port for port in workload.ports if port.name == workload.metrics.port), None)
    wanted = scope.given("metrics").get("port")
    if found is None:
        yield no_port(scope, place / "port", workload.metrics.port, workload.ports)
    elif isinstance(wanted, int) and found.port != wanted:
        yield scope.problem(
            place / "port",
            f"{wanted} is not a port of the workload, and the name 'metrics' is taken by {found.port}",
            hint="give it a name under ports",
            code="no-port",
        )
    else:
        yield from speaks_http(scope, place / "port", found)


_MATCHER = re.compile(r'(=~|!~|!=|=) *"((?:[^"\\]|\\.)*)"')


def failed_requests(scope: Scope) -> Iterator[Problem]:
    """A pattern that Prometheus cannot read would take the whole rule file with it."""
    if scope.workload.metrics is None:
        return
    for operator, written in _MATCHER.findall(scope.workload.metrics.errors):
        pattern = re.sub(r"\\(.)", r"\1", written)
        if "~" in operator and not _is_pattern(pattern):
            yield scope.problem(
                scope.pointer / "metrics" / "errors",
                f"{pattern!r} is not a pattern that Prometheus can read",
                hint='write a regular expression of the RE2 kind, such as "5.."',
                code="pattern",
            )


def _is_pattern(text: str) -> bool:
    # RE2 has no look-around and no references to groups.
    try:
        re.compile(text)
    except re.error:
        return False
    return re.search(r"\(\?<?[=!]|\\[1-9]", text) is None


def peers(scope: Scope) -> Iterator[Problem]:
    """Peers must be someone, and ranges of addresses must be ranges."""
    workloads = [workload.name for workload in scope.app.workloads if workload.name]
    needs = need_names(scope)
    for side in ("from", "to"):
        for index, value in enumerate(scope.given("network").get(side, ())):
            place = scope.pointer / "network" / side / index
            given = {} if isinstance(value, str) else value
            cidr = given.get("cidr", value if isinstance(value, str) and "/" in value else "")
            if cidr:
                yield from address_range(scope, place / "cidr", cidr)
            if given:
                yield from _without(scope, place, given)
                yield from _peer_ports(scope, place / "ports", given)
                who = [key for key in ("workload", "need", "app", "namespace", "cidr") if key in given]
                if (not who and "except" not in given) or (len(who) > 1 and who != ["app", "namespace"]):
                    yield scope.problem(
                        place,
                        "names nobody" if not who else f"names {who[0]} and {who[1]}, and a peer is one of them",
                        hint="give workload, need, app, namespace or cidr; only app and namespace go together",
                        code="peer-forms",
                        key=True,
                    )
                for key, names in (("workload", workloads), ("need", needs)):
                    name = given.get(key, "")
                    if name and name not in names:
                        yield scope.problem(
                            place / key, f"there is no {key} {name!r}{meant(name, names)}", code=f"no-{key}"
                        )
            elif value not in (*workloads, *needs) and (near := meant(value, [*workloads, *needs])):
                what = "neither a workload nor a need" if needs else "not a workload"
                yield scope.problem(
                    place,
                    f"{value!r} is {what} of this spec{near}",
                    hint=f"write {{app: {value}}} if another application is called so",
                    code="no-workload",
                )
            name = value if isinstance(value, str) and value in needs else given.get("need", "")
            yield from _need(scope, place, side, name, given)
            if side == "from" and (value if isinstance(value, str) else given.get("workload")) in workloads:
                yield scope.problem(
                    place,
                    "has no effect: all pods of the release are let in, at every port",
                    hint="remove it",
                    code="no-effect",
                    warning=True,
                )


def _need(scope: Scope, place: Pointer, side: str, name: str, given: Mapping[str, Any]) -> Iterator[Problem]:
    """A need is called, at its port; it does not call."""
    if name and side == "from":
        yield scope.problem(
            place,
            f"{name!r} is a need, to which the workload connects and not the other way round",
            hint="name it under 'to', or remove it",
            code="need-calls",
        )
    elif name and "ports" in given:
        yield scope.problem(
            place / "ports",
            f"the need {name!r} says its port itself",
            hint=f"remove ports, or set needs.{name}.port",
            code="two-forms",
            key=True,
        )


def address_range(where: Scope | Source, place: Pointer, text: str) -> Iterator[Problem]:
    """What is wrong with a range of addresses."""
    from ipaddress import ip_network

    try:
        ip_network(text)
    except ValueError:
        try:
            hint = f"did you mean {ip_network(text, strict=False)}?"
        except ValueError:
            hint = "write a range such as 10.0.0.0/8"
        yield where.problem(place, f"{text!r} is not a range of addresses", hint=hint, code="bad-range")


def _without(scope: Scope, place: Pointer, given: Mapping[str, Any]) -> Iterator[Problem]:
    """What is left out must be a part of what it is left out of, and not all of it."""
    if "except" in given and "cidr" not in given:
        yield scope.problem(
            place / "except", "leaves something out of 'cidr', which is missing", hint="add: cidr: 0.0.0.0/0",
            code="missing-key", key=True,
        )  # fmt: skip
        return
    for index, text in enumerate(given.get("except", ())):
        wrong = list(address_range(scope, place / "except" / index, text))
        yield from wrong
        if not wrong and not _within(text, given["cidr"]):
            yield scope.problem(
                place / "except" / index,
                f"{text} is not a part of {given['cidr']}",
                hint="only what is within 'cidr' can be left out of it",
                code="bad-range",
            )


def _within(inner: str, outer: str) -> bool:
    from ipaddress import ip_network

    try:
        a, b = ip_network(inner), ip_network(outer)
    except ValueError:
        return True  # that it is no range is said already
    return a.version == b.version and a != b and a.subnet_of(b)  # type: ignore[arg-type]  # of one version


def _peer_ports(scope: Scope, place: Pointer, given: Mapping[str, Any]) -> Iterator[Problem]:
    for index, value in enumerate(given.get("ports", ())):
        port = peer_port(value)
        if port.last > LAST_PORT:
            said, hint = f"{value!r} is beyond the last port", f"choose ports between 1 and {LAST_PORT}"
        elif port.last < port.port:
            said, hint = f"{value!r} ends before it begins", "write the first port, '-' and the last"
        else:
            continue
        yield scope.problem(place / index, said, hint=hint, code="out-of-range")


LAST_PORT = 65535
