"""Rules about what reaches a workload: ports, Service, health, ingress, metrics, network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Port
from chartgen.spec.probes import CHECKS, SHARED
from chartgen.spec.scope import Scope
from chartgen.spec.words import meant

PROBES = ("liveness", "readiness", "startup")


def port_or_ports(scope: Scope) -> Iterator[Problem]:
    """``port`` is short for ``ports``, so one of them is enough."""
    if "port" in scope.own and "ports" in scope.own:
        yield scope.problem(
            scope.pointer / "port",
            "stands beside 'ports', and both say the same",
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
                f"the Service's port {port.service} is {first!r} already",
                hint=f"give one of them another one: {port.name}: {{port: {port.port}, service: ...}}",
                code="port-twice",
            )


def service(scope: Scope) -> Iterator[Problem]:
    """A Service needs ports, and a load balancer's settings need a load balancer."""
    if "service" not in scope.own:
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
    given = scope.given("service")
    for key in ("aws", "class"):
        if given.get(key) and scope.workload.service.type != "LoadBalancer":
            yield scope.problem(
                scope.pointer / "service" / key,
                f"needs type LoadBalancer (it is {scope.workload.service.type})",
                hint="set service.type to LoadBalancer, or remove it",
                code="needs-load-balancer",
                key=True,
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
            f"is a check for all probes and stands beside {separate[0]!r}",
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
            said = f"stands beside {ways[0]!r}, and a check checks one thing" if ways else "does not say what to check"
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
    if "health" not in scope.own:
        if workload.service is not None:
            key = "ports" if "ports" in scope.own else "port"
            yield scope.problem(
                scope.pointer / key,
                "there is no health check, so Kubernetes sends traffic to pods that are not ready",
                hint="add: health: /healthz (or health: {tcp: true})",
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
        if probe.port not in {port.name for port in workload.ports}:
            said.add(probe.port)
            place = scope.pointer / "health" / name / "port"
            if name not in scope.given("health"):
                place = scope.pointer / "health" / "port"
            yield _no_port(scope, place, probe.port, workload.ports)


def _no_port(scope: Scope, place: Pointer, name: str, ports: tuple[Port, ...]) -> Problem:
    names = [port.name for port in ports]
    if not name:
        return scope.problem(place, "the workload has no port", hint="add: port: 8080", code="no-port", key=True)
    if names:
        hint = f"its ports are {', '.join(names)}" if len(names) > 1 else f"its port is {names[0]}"
    else:
        hint = f"add: ports: {{{name}: 8080}}"
    return scope.problem(place, f"there is no port {name!r}{meant(name, names)}", hint=hint, code="no-port")


def ingress_forms(scope: Scope) -> Iterator[Problem]:
    """One way in: hosts said once, and either an Ingress or a Gateway's route, with what belongs to it."""
    if "ingress" not in scope.own:
        return
    given = scope.given("ingress")
    place = scope.pointer / "ingress"
    if given and ("host" in given) == ("hosts" in given):
        twice = "host" in given
        yield scope.problem(
            place / "host" if twice else place,
            "stands beside 'hosts'" if twice else "'host' is missing",
            hint="use one of them" if twice else "add: host: shop.example.com",
            code="two-forms" if twice else "missing-key",
            key=True,
        )
    chosen = scope.workload.ingress
    alb = given.get("class") == "alb"
    if "gateway" in given:
        for key in ("class", "tls", "certificate"):
            if given.get(key):
                why = "a Gateway is no ingress class" if key == "class" else "its listener holds the certificate"
                yield scope.problem(
                    place / key, f"does not go with 'gateway': {why}", hint=f"remove {key} or gateway",
                    code="gateway-conflict", key=True,
                )  # fmt: skip
        if given.get("pathType") == "ImplementationSpecific":
            yield scope.problem(
                place / "pathType", "a Gateway knows Prefix and Exact only", hint="use Prefix", code="gateway-conflict"
            )
    elif "certificate" in given and not alb:
        yield scope.problem(
            place / "certificate", "needs class alb", hint="add: class: alb", code="needs-alb", key=True
        )
    if alb and chosen is not None and (chosen.tls_secret or chosen.issuer):
        yield scope.problem(
            place / "tls",
            "class alb takes certificates from ACM, not from a Secret",
            hint="give the certificate's ARN as ingress.certificate",
            code="alb-secret",
            key=True,
        )


def ingress_port(scope: Scope) -> Iterator[Problem]:
    """Traffic needs a port that exists."""
    workload = scope.workload
    if workload.ingress is None:
        return
    if workload.service is None:
        yield _no_port(scope, scope.pointer / "ingress", "", ())
    elif workload.ingress.port not in {port.name for port in workload.ports}:
        yield _no_port(scope, scope.pointer / "ingress" / "port", workload.ingress.port, workload.ports)


def metrics(scope: Scope) -> Iterator[Problem]:
    """Prometheus needs a port that exists."""
    workload = scope.workload
    if workload.metrics is None:
        return
    place = scope.pointer / "metrics"
    found = next((port for port in workload.ports if port.name == workload.metrics.port), None)
    wanted = scope.given("metrics").get("port")
    if found is None:
        yield _no_port(scope, place / "port", workload.metrics.port, workload.ports)
    elif isinstance(wanted, int) and found.port != wanted:
        yield scope.problem(
            place / "port",
            f"{wanted} is no port of the workload, and the name 'metrics' is taken by {found.port}",
            hint="give it a name under ports",
            code="no-port",
        )


def peers(scope: Scope) -> Iterator[Problem]:
    """Peers must be someone, and ranges of addresses must be ranges."""
    names = [workload.name for workload in scope.app.workloads if workload.name]
    for side in ("from", "to"):
        for index, value in enumerate(scope.given("network").get(side, ())):
            place = scope.pointer / "network" / side / index
            given = {} if isinstance(value, str) else value
            cidr = given.get("cidr", value if isinstance(value, str) and "/" in value else "")
            if cidr:
                yield from _range(scope, place / "cidr", cidr)
            if given:
                who = [key for key in ("workload", "app", "namespace", "cidr") if key in given]
                if not who or (len(who) > 1 and who != ["app", "namespace"]):
                    yield scope.problem(
                        place,
                        "names nobody" if not who else f"names {who[0]} and {who[1]}, and a peer is one of them",
                        hint="give workload, app, namespace or cidr; only app and namespace go together",
                        code="peer-forms",
                        key=True,
                    )
                name = given.get("workload", "")
                if name and name not in names:
                    yield scope.problem(
                        place / "workload", f"there is no workload {name!r}{meant(name, names)}", code="no-workload"
                    )
            elif value not in names and (near := meant(value, names)):
                yield scope.problem(
                    place,
                    f"{value!r} is no workload of this spec and is taken for another application{near}",
                    hint=f"write {{app: {value}}} if it is one",
                    code="no-workload",
                    warning=True,
                )


def _range(scope: Scope, place: Pointer, text: str) -> Iterator[Problem]:
    from ipaddress import ip_network

    try:
        ip_network(text)
    except ValueError:
        try:
            hint = f"did you mean {ip_network(text, strict=False)}?"
        except ValueError:
            hint = "write a range such as 10.0.0.0/8"
        yield scope.problem(place, f"{text!r} is no range of addresses", hint=hint, code="bad-range")
