"""Rules about ``ingress``: one way in, to a port that exists, by a path that both an Ingress and a route can have."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.balancers import GRPC_INGRESS, GRPC_SERVICE, controller, knows_grpc
from chartgen.spec.model import Ingress, Port
from chartgen.spec.paths import GRPC_METHOD, ODD_STEP, odd_character
from chartgen.spec.phrases import either
from chartgen.spec.rules_ports import no_port, speaks_http
from chartgen.spec.scope import Scope


def forms(scope: Scope) -> Iterator[Problem]:
    """Hosts said once, and either an Ingress or a Gateway's route, with what belongs to it."""
    if "ingress" not in scope.own:
        return
    given = scope.given("ingress")
    place = scope.pointer / "ingress"
    if given and ("host" in given) == ("hosts" in given):
        twice = "host" in given
        yield scope.problem(
            place / "host" if twice else place,
            "cannot be combined with 'hosts'" if twice else "'host' is missing",
            hint="use one of them" if twice else "add: host: shop.example.com",
            code="two-forms" if twice else "missing-key",
            key=True,
        )
    chosen = scope.workload.ingress
    alb = given.get("class") == "alb"
    if "gateway" in given:
        for key in ("class", "tls", "certificate"):
            if given.get(key):
                why = "a Gateway is not an ingress class" if key == "class" else "its listener holds the certificate"
                yield scope.problem(
                    place / key, f"cannot be combined with 'gateway': {why}", hint=f"remove {key} or gateway",
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


def port(scope: Scope) -> Iterator[Problem]:
    """Requests need a port that exists, and one that speaks what is asked of it."""
    workload = scope.workload
    if workload.ingress is None:
        return
    if workload.service is None:
        yield no_port(scope, scope.pointer / "ingress", "", ())
        return
    place = scope.pointer / "ingress" / "port"
    found = _port(scope, workload.ingress)
    if found is None:
        yield no_port(scope, place, workload.ingress.port, workload.ports)
    else:
        yield from speaks_http(scope, place, found)
        if found.grpc and workload.ingress.gateway is None:
            yield from _controller(scope, workload.ingress)
    if workload.ingress.grpc:
        yield from _second_host(scope, workload.ingress, found)


def _port(scope: Scope, ingress: Ingress) -> Port | None:
    return next((port for port in scope.workload.ports if port.name == ingress.port), None)


def _controller(scope: Scope, ingress: Ingress) -> Iterator[Problem]:
    """gRPC through an Ingress, which each controller has to be told of in its own way."""
    place = scope.pointer / "ingress"
    if controller(ingress.class_name) == "alb" and not (ingress.tls or scope.given("ingress").get("certificate")):
        yield scope.problem(
            place / "class",
            "an Application Load Balancer takes gRPC over HTTPS only",
            hint="give an ACM certificate's ARN as ingress.certificate, or tls: true to have it looked for by the host",
            code="grpc-needs-tls",
        )
    elif not knows_grpc(ingress.class_name):
        known = sorted({"alb", *GRPC_INGRESS, *GRPC_SERVICE})
        said = f"class {ingress.class_name!r} is" if ingress.class_name else "the cluster's own ingress class is"
        yield scope.problem(
            place / "class",
            f"the port {ingress.port!r} speaks gRPC, and how {said} told so is not known",
            hint=f"choose a class of {either(known)}, or a gateway; or annotate the Ingress or the Service as it needs",
            code="grpc-controller",
            warning=True,
        )


def _second_host(scope: Scope, ingress: Ingress, first: Port | None) -> Iterator[Problem]:
    """``ingress.grpc`` leads to a gRPC port beside the one of ``host``, by a route of its own."""
    place = scope.pointer / "ingress" / "grpc"
    if ingress.gateway is None:
        yield scope.problem(
            place,
            "needs 'gateway': an Ingress leads to one port",
            hint="add gateway, or make the gRPC server a workload of its own",
            code="needs-gateway",
            key=True,
        )
    if first is not None and first.grpc:
        yield scope.problem(
            place,
            f"the requests of 'host' go to the gRPC port {first.name!r} already",
            hint="remove it, or name the other port as ingress.port",
            code="no-effect",
            key=True,
        )
    elif not any(port.grpc for port in scope.workload.ports):
        yield scope.problem(
            place, "no port speaks gRPC", hint="add it to ports, e.g. grpc: 9000", code="no-port", key=True
        )
    if ingress.grpc in ingress.hosts:
        yield scope.problem(
            place,
            f"the requests of {ingress.grpc!r} go to the port {ingress.port!r}",
            hint="a host's requests can go by one kind of route only; choose another host, such as grpc.example.com",
            code="host-twice",
        )


def path(scope: Scope) -> Iterator[Problem]:
    """What the API server and a Gateway take as a path; for gRPC the name of a service and perhaps of its method.

    Source: ValidateIngress of Kubernetes, and the rules of HTTPPathMatch and GRPCMethodMatch in the Gateway API's CRDs.
    """
    ingress = scope.workload.ingress
    if ingress is None:
        return
    place = scope.pointer / "ingress" / "path"
    found = _port(scope, ingress)
    if found is not None and found.grpc:
        yield from _method(scope, ingress)
    elif ingress.path_type == "ImplementationSpecific":
        return
    elif odd := ODD_STEP.search(ingress.path):
        yield scope.problem(
            place,
            f"{ingress.path!r} holds {odd.group()!r}, which Kubernetes refuses in a path",
            hint="write the path as requests have it, without empty steps, '.' and '..'",
            code="bad-path",
        )
    elif wrong := odd_character(ingress.path):
        hint = f"encode it as {''.join(f'%{byte:02X}' for byte in wrong.encode())}"
        if ingress.gateway is None:
            hint += ", or leave a pattern to the ingress controller with pathType: ImplementationSpecific"
        yield scope.problem(
            place, f"{ingress.path!r} holds {wrong!r}, which no path can have", hint=hint, code="bad-path"
        )


def _method(scope: Scope, ingress: Ingress) -> Iterator[Problem]:
    place = scope.pointer / "ingress" / "path"
    match = GRPC_METHOD.fullmatch(ingress.path)
    if match is None:
        yield scope.problem(
            place,
            f"{ingress.path!r} is not a path of the gRPC port {ingress.port!r}",
            hint="write '/', a service such as /shop.v1.Orders, or a method such as /shop.v1.Orders/Get",
            code="bad-path",
        )
    elif ingress.path_type == "ImplementationSpecific":
        yield scope.problem(
            place.parent / "pathType", "gRPC knows services and methods only", hint="use Prefix", code="bad-path"
        )
    elif match["method"] and ingress.path_type == "Prefix":
        yield scope.problem(
            place,
            f"{ingress.path!r} is one method, which is not the beginning of others",
            hint="add pathType: Exact, or name the service alone",
            code="bad-path",
        )
    elif match["service"] and not match["method"] and ingress.path_type == "Exact":
        yield scope.problem(
            place,
            f"{ingress.path!r} is a service, and nobody calls that without a method",
            hint="remove pathType, or name a method",
            code="bad-path",
        )


def hosts(scopes: list[Scope]) -> Iterator[Problem]:
    """The same host and path leading to two workloads, given twice in one, or asked for by two kinds of routes."""
    paths: dict[tuple[str, str], str] = {}
    routes: dict[str, tuple[str, bool]] = {}
    for scope in scopes:
        way, name = scope.workload.ingress, scope.workload.name
        for host, path, grpc, place in _entries(scope, way) if way else ():
            other = paths.get((host, path))
            paths.setdefault((host, path), name)
            first, by_grpc = routes.setdefault(host, (name, grpc)) if way and way.gateway else (name, grpc)
            if other == name:
                yield scope.problem(place, f"the host {host!r} is given twice", code="host-twice", hint="remove one")
            elif other is not None:
                yield scope.problem(
                    place,
                    f"{host + path!r} already leads to the workload {other!r}",
                    hint="give one of them another host or path",
                    code="host-twice",
                )
            elif first != name and by_grpc is not grpc:
                said = ("HTTP", "gRPC") if grpc else ("gRPC", "HTTP")
                yield scope.problem(
                    place,
                    f"{host!r} already leads {said[0]} to the workload {first!r}, and cannot lead {said[1]} here",
                    hint="a Gateway sends the requests of a host by one kind of route; choose another host",
                    code="host-twice",
                )


def _entries(scope: Scope, way: Ingress) -> Iterator[tuple[str, str, bool, Pointer]]:
    """Hosts with their paths, whether gRPC is spoken there, and where they stand."""
    place = scope.pointer / "ingress"
    listed = "hosts" in scope.given("ingress")
    port = _port(scope, way)
    for index, host in enumerate(way.hosts):
        yield host, way.path, port is not None and port.grpc, place / "hosts" / index if listed else place / "host"
    if way.grpc and way.grpc not in way.hosts:
        yield way.grpc, "/", True, place / "grpc"
