"""Rules about the Service before a workload's ports."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.spec.exposure import service_type
from chartgen.spec.model import Kind
from chartgen.spec.scope import Scope
from chartgen.spec.units import seconds


def service(scope: Scope) -> Iterator[Problem]:
    """A Service needs ports, and a load balancer's settings need a load balancer."""
    if "service" not in scope.own or scope.workload.kind.ends:
        return
    if scope.workload.service is None:
        yield scope.problem(
            scope.pointer / "service",
            "there is no port for a Service to lead to",
            hint="add: port: 8080",
            code="service-without-port",
            key=True,
        )
        return
    yield from _balancer(scope)
    yield from _headless(scope)
    yield from _affinity(scope)


def _balancer(scope: Scope) -> Iterator[Problem]:
    """What belongs to a load balancer, and what that of AWS cannot do."""
    given, place = scope.given("service"), scope.pointer / "service"
    kind = service_type(scope.own)
    for key in ("aws", "class"):
        if given.get(key) and kind != "LoadBalancer":
            yield scope.problem(
                place / key,
                f"needs type LoadBalancer (it is {kind})",
                hint="set service.type to LoadBalancer, or remove it",
                code="needs-load-balancer",
                key=True,
            )
    if "certificate" in given and not given.get("aws"):
        yield scope.problem(
            place / "certificate",
            "is from ACM, which only a load balancer of AWS takes certificates from",
            hint="add: aws: internal, or internet-facing",
            code="needs-aws",
            key=True,
        )
    ports = scope.workload.ports
    if "certificate" in given and all(port.protocol != "TCP" for port in ports):
        yield scope.problem(
            place / "certificate", "TLS needs TCP, and no port is TCP", hint="remove it", code="not-tcp", key=True
        )
    if given.get("aws") and (odd := next((port.name for port in ports if port.protocol == "SCTP"), "")):
        yield scope.problem(
            scope.pointer / "ports" / odd / "protocol",
            "a Network Load Balancer knows TCP and UDP, not SCTP",
            hint="take the port out, or let the clients reach the nodes: service: NodePort",
            code="not-on-aws",
        )


def _headless(scope: Scope) -> Iterator[Problem]:
    """A headless Service is a name for the pods, and does nothing with what is sent to them."""
    if service_type(scope.own) != "Headless":
        return
    place = scope.pointer / "service"
    if scope.workload.kind is Kind.STATEFUL_SET:
        yield scope.problem(
            place / "type",
            "a StatefulSet has a headless Service already, beside the one for those who do not care which pod answers",
            hint="remove it; the headless one is called like the StatefulSet, followed by -headless",
            code="headless",
        )
    for port in scope.workload.ports:
        if port.service != port.port:
            yield scope.problem(
                scope.pointer / "ports" / port.name / "service",
                f"clients of a headless Service connect to the pods themselves, at {port.port}",
                hint="remove it, or choose the type ClusterIP",
                code="headless",
            )


def _affinity(scope: Scope) -> Iterator[Problem]:
    """Somebody must choose the pods for the clients, and know who they are."""
    given, place = scope.given("service"), scope.pointer / "service" / "sessionAffinity"
    if not given.get("sessionAffinity"):
        return
    if service_type(scope.own) == "Headless":
        yield scope.problem(
            place,
            "clients of a headless Service choose their pod themselves",
            hint="remove it, or choose the type ClusterIP",
            code="headless",
            key=True,
        )
    value = given["sessionAffinity"]
    if isinstance(value, str) and not 1 <= seconds(value) <= LONGEST_AFFINITY:
        yield scope.problem(
            place, f"{value!r} is not between 1s and 24h", hint="choose a shorter or longer time", code="out-of-range"
        )
    if "ingress" in scope.own:
        yield scope.problem(
            place,
            "has no effect on requests that come through 'ingress': its controller chooses the pods itself",
            hint="keep clients together there by a cookie, with an annotation of the controller",
            code="no-effect",
            key=True,
            warning=True,
        )


LONGEST_AFFINITY = 86400
"""Seconds a client can stay with its pod at most (Kubernetes' ClientIPConfig)."""
