"""The settings of the Gateway API's routes to a workload: an HTTPRoute, a GRPCRoute, or one of each."""

from __future__ import annotations

from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Ingress
from chartgen.spec.paths import grpc_method, is_plain


def routes(w: WorkloadView) -> tuple[Node, ...]:
    """The routes to the ports that a workload has."""
    ingress = w.workload.ingress or Ingress(())
    web = ingress.gateway is not None
    found: list[Node] = []
    if w.web_port and w.route == "httpRoute":
        found.append(_route("HTTPRoute", w, hosts(w), web, "; not together with ingress", False, _http(ingress)))
    if w.grpc_port and w.apart:
        host = ingress.grpc or f"grpc.{w.label}.example.com"
        doc = f" to the container port {w.grpc_port.name}"
        found.append(_route("GRPCRoute", w, [host], bool(ingress.grpc), doc, True, _grpc(Ingress(()))))
    elif w.grpc_port:
        found.append(_route("GRPCRoute", w, hosts(w), web, "; not together with ingress", False, _grpc(ingress)))
    return tuple(found)


def hosts(w: WorkloadView) -> list[str]:
    """The host names of the workload, or an example."""
    ingress = w.workload.ingress
    return list(ingress.hosts) if ingress and ingress.hosts else [f"{w.label}.example.com"]


def _route(
    kind: str, w: WorkloadView, names: list[str], enabled: bool, doc: str, full: bool, rule: dict[str, Any]
) -> Block:
    ingress = w.workload.ingress or Ingress(())
    http = kind == "HTTPRoute"
    more = {"timeouts": s.closed(request=s.STRING, backendRequest=s.STRING)} if http else {}
    schema = s.closed(
        matches={"type": "array", "items": s.ref("routeMatch" if http else "grpcRouteMatch")}, filters=s.OBJECTS, **more
    )
    some = rule or {"matches": [{"method": {"service": "example.v1.Service"}}]}
    rich = {**some, "filters": [FILTER], **({"timeouts": {"request": "10s"}} if http else {})}
    return Block(
        f"{kind[:-5].lower()}Route",
        (
            Key("enabled", enabled, f"Create {'an' if http else 'a'} {kind} (Gateway API){doc}", s.BOOLEAN,
                ci={"full": full, "gateway": True, "balancer": False, "minimal": False}),
            Key("annotations", dict(ingress.annotations) if enabled else {}, f"Annotations of the {kind}", s.STRINGS,
                ci={"gateway": {"example.com/owner": "platform"}}),
            Key("parentRefs", [_parent(ingress)], f"Gateways the {kind} attaches to",
                {"type": "array", "minItems": 1, "items": s.ref("parentReference")}),
            Key("hostnames", names, f"Host names of the {kind}", s.TEXTS),
            Key("rules", [rule], "Routing rules; a rule without matches matches every request",
                {"type": "array", "minItems": 1, "items": schema},
                ci={"gateway": [rich, {}]}),
        ),
    )  # fmt: skip


def _parent(ingress: Ingress) -> dict[str, str]:
    gateway = ingress.gateway
    parent = {"name": gateway.name if gateway else "gateway"}
    if gateway and gateway.namespace:
        parent["namespace"] = gateway.namespace
    if gateway and gateway.section:
        parent["sectionName"] = gateway.section
    return parent


def _http(ingress: Ingress) -> dict[str, Any]:
    """The rule of an HTTPRoute. What only an ingress controller takes for a path is a pattern to a Gateway."""
    kind = "Exact" if ingress.path_type == "Exact" else "PathPrefix" if is_plain(ingress.path) else "RegularExpression"
    return {"matches": [{"path": {"type": kind, "value": ingress.path}}]}


def _grpc(ingress: Ingress) -> dict[str, Any]:
    """The rule of a GRPCRoute."""
    method = grpc_method(ingress.path)
    return {"matches": [{"method": method}]} if method else {}


FILTER = {
    "type": "ResponseHeaderModifier",
    "responseHeaderModifier": {"set": [{"name": "X-Frame-Options", "value": "DENY"}]},
}
