"""The settings of how requests reach a workload: ports, Service, Ingress and HTTPRoute."""

from __future__ import annotations

from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.allowed import asked
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Ingress, Service


def traffic(w: WorkloadView) -> tuple[Node, ...]:
    """Every setting on a request's way, from the container outwards."""
    nodes: list[Node] = []
    if w.ports:
        ports = tuple(Key(p.key, p.number, f"Container port {p.name}", s.PORT) for p in w.ports)
        nodes.append(Block("containerPorts", ports, "Ports the container listens on."))
    if w.workload.service and w.has_service:
        nodes.append(_service(w, w.workload.service))
    if w.web_port:
        nodes += [_ingress(w), _http_route(w)]
    return tuple(nodes)


def _service(w: WorkloadView, service: Service) -> Block:
    # service.port, which everyone looks for, comes first.
    ports = sorted(w.service_ports, key=lambda port: port.service_key != "port")
    return Block(
        "service",
        (
            Key("type", service.type, "Service type", {"enum": ["ClusterIP", "NodePort", "LoadBalancer"]},
                ci={"balancer": "LoadBalancer", "minimal": "ClusterIP"},
                remarks=asked("type", "node-port-service", service.type == "NodePort")),
            *(Key(p.service_key, p.service, f"Service port that leads to container port {p.name}", s.PORT)
              for p in ports),
            Key("annotations", dict(service.annotations), "Annotations of the Service", s.STRINGS,
                ci={"balancer": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}}),
            Key("loadBalancerClass", service.load_balancer_class,
                "Load balancer class; only for the type LoadBalancer", s.STRING,
                ci={"balancer": service.load_balancer_class or "service.k8s.aws/nlb"}),
        ),
    )  # fmt: skip


def _hosts(w: WorkloadView) -> list[str]:
    ingress = w.workload.ingress
    return list(ingress.hosts) if ingress and ingress.hosts else [f"{w.label}.example.com"]


def _ingress(w: WorkloadView) -> Block:
    given = w.workload.ingress
    ingress = given or Ingress(())
    enabled = given is not None and given.gateway is None
    hosts = [{"host": host, "paths": [{"path": ingress.path, "pathType": ingress.path_type}]} for host in _hosts(w)]
    paths: s.Schema = {"type": "array", "items": s.ref("ingressPath")}
    tls = _tls(w, ingress)
    return Block(
        "ingress",
        (
            Key("enabled", enabled, "Create an Ingress; not together with httpRoute", s.BOOLEAN,
                ci={"full": True, "gateway": False, "balancer": False, "minimal": False}),
            Key("className", ingress.class_name, "Ingress class; the default class of the cluster if empty", s.STRING,
                ci={"full": ingress.class_name or "nginx"}),
            Key("annotations", _annotations(ingress), "Annotations of the Ingress", s.STRINGS,
                ci={"full": {"nginx.ingress.kubernetes.io/proxy-body-size": "8m"}}),
            Key("hosts", hosts, "Host names and their paths; a host without paths serves all of them",
                {"type": "array", "minItems": 1,
                 "items": {**s.closed(host=s.STRING, paths=paths), "required": ["host"]}}),
            Key("tls", tls, "TLS hosts and the Secrets with their certificates",
                {"type": "array", "items": s.closed(secretName=s.STRING, hosts=s.TEXTS)},
                ci={"full": tls or [{"secretName": f"{w.label}-tls", "hosts": _hosts(w)}]}),
        ),
    )  # fmt: skip


def _tls(w: WorkloadView, ingress: Ingress) -> list[dict[str, Any]]:
    if not ingress.tls or ingress.gateway:
        return []
    if ingress.class_name == "alb" and not ingress.tls_secret:  # the controller finds the certificate by host name
        return [{"hosts": _hosts(w)}]
    return [{"secretName": ingress.tls_secret or f"{w.label}-tls", "hosts": _hosts(w)}]


def _annotations(ingress: Ingress) -> dict[str, str]:
    annotations = dict(ingress.annotations)
    if ingress.issuer:
        kind, _, name = ingress.issuer.rpartition("/")
        annotations[f"cert-manager.io/{'issuer' if kind == 'Issuer' else 'cluster-issuer'}"] = name
    return annotations


def _http_route(w: WorkloadView) -> Block:
    ingress = w.workload.ingress or Ingress(())
    gateway = ingress.gateway
    parent = {"name": gateway.name if gateway else "gateway"}
    if gateway and gateway.namespace:
        parent["namespace"] = gateway.namespace
    if gateway and gateway.section:
        parent["sectionName"] = gateway.section
    kind = "Exact" if ingress.path_type == "Exact" else "PathPrefix"
    rules = [{"matches": [{"path": {"type": kind, "value": ingress.path}}]}]
    rule = s.closed(
        matches={"type": "array", "items": s.ref("routeMatch")},
        filters=s.OBJECTS,
        timeouts=s.closed(request=s.STRING, backendRequest=s.STRING),
    )
    return Block(
        "httpRoute",
        (
            Key("enabled", gateway is not None, "Create an HTTPRoute (Gateway API); not together with ingress",
                s.BOOLEAN, ci={"full": False, "gateway": True, "balancer": False, "minimal": False}),
            Key("annotations", {}, "Annotations of the HTTPRoute", s.STRINGS,
                ci={"gateway": {"example.com/owner": "platform"}}),
            Key("parentRefs", [parent], "Gateways the HTTPRoute attaches to",
                {"type": "array", "minItems": 1, "items": s.ref("parentReference")}),
            Key("hostnames", _hosts(w), "Host names of the HTTPRoute", s.TEXTS),
            Key("rules", rules, "Routing rules; a rule without matches matches every request",
                {"type": "array", "minItems": 1, "items": rule},
                ci={"gateway": [{**rules[0], "filters": [FILTER], "timeouts": {"request": "10s"}}, {}]}),
        ),
    )  # fmt: skip


FILTER = {
    "type": "ResponseHeaderModifier",
    "responseHeaderModifier": {"set": [{"name": "X-Frame-Options", "value": "DENY"}]},
}
