"""The settings of how a workload is reached: ports, Service, Ingress, HTTPRoute, metrics and NetworkPolicy."""

from __future__ import annotations

from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Ingress, Peer

CONTROLLER_NAMESPACES = {
    "": "ingress-nginx",
    "contour": "projectcontour",
    "haproxy": "haproxy-controller",
    "istio": "istio-system",
    "kong": "kong",
    "nginx": "ingress-nginx",
    "traefik": "traefik",
}
"""Where the installation guides of the ingress controllers put them, by ingress class."""


def exposure(w: WorkloadView) -> tuple[Node, ...]:
    """Every setting of the network side of a workload, from the container outwards."""
    nodes: list[Node] = []
    if w.ports:
        ports = tuple(Key(p.key, p.number, f"Port {p.name} of the container", s.PORT) for p in w.ports)
        nodes.append(Block("containerPorts", ports, "What the process listens on."))
    if w.has_service:
        nodes.append(_service(w))
    if w.web_port:
        nodes += [_ingress(w), _http_route(w)]
    if w.metrics:
        nodes.append(_metrics(w))
    nodes.append(_network_policy(w))
    return tuple(nodes)


def _service(w: WorkloadView) -> Block:
    service = w.workload.service
    assert service is not None  # noqa: S101 - has_service says so
    return Block(
        "service",
        (
            Key("type", service.type, "Type of the Service", {"enum": ["ClusterIP", "NodePort", "LoadBalancer"]},
                ci={"balancer": "LoadBalancer", "minimal": "ClusterIP"}),
            *(Key(p.service_key, p.service, f"Port of the Service in front of {p.name}", s.PORT) for p in w.ports),
            Key("annotations", dict(service.annotations), "Annotations of the Service", s.STRINGS,
                ci={"balancer": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}}),
            Key("loadBalancerClass", service.load_balancer_class, "Controller of the load balancer; only for the type "
                "LoadBalancer", s.STRING, ci={"balancer": service.load_balancer_class or "service.k8s.aws/nlb"}),
        ),
    )  # fmt: skip


def _hosts(w: WorkloadView) -> tuple[str, ...]:
    ingress = w.workload.ingress
    return ingress.hosts if ingress and ingress.hosts else (f"{w.label}.example.com",)


def _ingress(w: WorkloadView) -> Block:
    given = w.workload.ingress
    ingress = given or Ingress(_hosts(w))
    enabled = given is not None and given.gateway is None
    paths = [{"path": ingress.path, "pathType": ingress.path_type}]
    tls = _tls(w, ingress)
    return Block(
        "ingress",
        (
            Key("enabled", enabled, "Create an Ingress; excludes httpRoute", s.BOOLEAN,
                ci={"full": True, "gateway": False, "balancer": False, "minimal": False}),
            Key("className", ingress.class_name, "Ingress class; empty for the cluster's default", s.STRING,
                ci={"full": ingress.class_name or "nginx"}),
            Key("annotations", _annotations(ingress), "Annotations of the Ingress", s.STRINGS,
                ci={"full": {"nginx.ingress.kubernetes.io/proxy-body-size": "8m"}}),
            Key("hosts", [{"host": host, "paths": paths} for host in _hosts(w)], "Host names and their paths",
                {"type": "array", "items": {**s.closed(host=s.STRING, paths={"type": "array", "items": s.ref("ingressPath")}),
                                            "required": ["host"]}}),
            Key("tls", tls, "Secrets with the certificates of the hosts",
                {"type": "array", "items": s.closed(secretName=s.STRING, hosts=s.TEXTS)},
                ci={"full": tls or [{"secretName": f"{w.label}-tls", "hosts": list(_hosts(w))}]}),
        ),
    )  # fmt: skip


def _tls(w: WorkloadView, ingress: Ingress) -> list[dict[str, Any]]:
    if not ingress.tls or ingress.gateway:
        return []
    hosts = list(_hosts(w))
    if ingress.class_name == "alb" and not ingress.tls_secret:  # the controller finds the certificate by host name
        return [{"hosts": hosts}]
    return [{"secretName": ingress.tls_secret or f"{w.label}-tls", "hosts": hosts}]


def _annotations(ingress: Ingress) -> dict[str, str]:
    annotations = dict(ingress.annotations)
    if ingress.issuer:
        kind, _, name = ingress.issuer.rpartition("/")
        annotations[f"cert-manager.io/{'issuer' if kind == 'Issuer' else 'cluster-issuer'}"] = name
    return annotations


def _http_route(w: WorkloadView) -> Block:
    ingress = w.workload.ingress or Ingress(_hosts(w))
    gateway = ingress.gateway
    parent = {"name": gateway.name if gateway else "gateway"}
    if gateway and gateway.namespace:
        parent["namespace"] = gateway.namespace
    if gateway and gateway.section:
        parent["sectionName"] = gateway.section
    kind = "Exact" if ingress.path_type == "Exact" else "PathPrefix"
    rules = [{"matches": [{"path": {"type": kind, "value": ingress.path}}]}]
    example = [
        {**rules[0], "filters": [HEADER_FILTER], "timeouts": {"request": "10s"}},
        {},
    ]
    return Block(
        "httpRoute",
        (
            Key("enabled", gateway is not None, "Create an HTTPRoute; needs the Gateway API, excludes ingress", s.BOOLEAN,
                ci={"full": False, "gateway": True, "balancer": False, "minimal": False}),
            Key("annotations", {}, "Annotations of the HTTPRoute", s.STRINGS,
                ci={"gateway": {"example.com/owner": "platform"}}),
            Key("parentRefs", [parent], "Gateways the route attaches to",
                {"type": "array", "minItems": 1, "items": s.ref("parentReference")}),
            Key("hostnames", list(_hosts(w)), "Host names", s.TEXTS),
            Key("rules", rules, "Which requests are taken; a rule without matches takes all",
                {"type": "array", "minItems": 1, "items": s.closed(
                    matches={"type": "array", "items": s.ref("routeMatch")}, filters=s.OBJECTS,
                    timeouts=s.closed(request=s.STRING, backendRequest=s.STRING))},
                ci={"gateway": example}),
        ),
    )  # fmt: skip


HEADER_FILTER = {
    "type": "ResponseHeaderModifier",
    "responseHeaderModifier": {"set": [{"name": "X-Frame-Options", "value": "DENY"}]},
}


def _metrics(w: WorkloadView) -> Block:
    metrics = w.workload.metrics
    assert metrics is not None  # noqa: S101 - the caller has looked
    kind = "ServiceMonitor" if w.has_service else "PodMonitor"
    relabeling = [{"action": "labeldrop", "regex": "pod_template_hash"}]
    return Block(
        "metrics",
        (
            Key("enabled", True, f"Have Prometheus scrape the pods ({kind})", s.BOOLEAN),
            Key("path", metrics.path, "Path of the metrics", s.STRING),
            Key("interval", metrics.interval, "Time between two scrapes", s.DURATION),
            Key("scrapeTimeout", "", "Time a scrape may take; empty for Prometheus' own", s.DURATION, ci={"full": "10s"}),
            Key("labels", {}, f"Labels of the {kind}, besides monitoring.labels", s.LABELS),
            Key("relabelings", [], "Relabelings of the target", s.OBJECTS, ci={"full": relabeling}),
            Key("metricRelabelings", [], "Relabelings of the metrics", s.OBJECTS,
                ci={"full": [{"action": "drop", "sourceLabels": ["__name__"], "regex": "go_gc_.*"}]}),
        ),
    )  # fmt: skip


def _network_policy(w: WorkloadView) -> Block:
    network = w.workload.network
    namespaces = _ingress_namespaces(w)
    nodes: list[Node] = [
        Key("enabled", network.enabled, "Let in nothing but what is listed here and the pods of this release", s.BOOLEAN,
            ci={"full": True, "gateway": True}),
    ]  # fmt: skip
    if w.web_port:
        nodes += [
            Key("allowExternal", _from_outside(w), "Let anyone connect to the Service's ports, as a load balancer outside "
                "the cluster's network needs it", s.BOOLEAN, ci={"balancer": True}),
            Key("ingressNamespaces", namespaces, "Namespaces of the ingress controller or Gateway", s.TEXTS,
                ci={"full": namespaces or [CONTROLLER_NAMESPACES[""]]}),
        ]  # fmt: skip
    if w.metrics:
        nodes.append(Key("monitoringNamespaces", ["monitoring"], "Namespaces Prometheus scrapes from", s.TEXTS))
    extra = [rule for peer in network.from_ if (rule := _rule("from", peer))]
    example = [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "frontend"}}}]}]
    nodes += [
        Key("extraIngress", extra, "More rules for incoming traffic, as Kubernetes writes them", s.OBJECTS,
            ci={"full": extra or example}),
        Block(
            "egress",
            (
                Key("enabled", network.to is not None, "Let out nothing but DNS and what the rules below allow",
                    s.BOOLEAN, ci={"full": True, "minimal": False}),
                Key("rules", [rule for peer in network.to or () if (rule := _rule("to", peer))],
                    "Rules for outgoing traffic, as Kubernetes writes them", s.OBJECTS,
                    ci={"full": [{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]}),
            ),
        ),
    ]  # fmt: skip
    return Block("networkPolicy", tuple(nodes))


def _from_outside(w: WorkloadView) -> bool:
    service, ingress = w.workload.service, w.workload.ingress
    if service is not None and service.type != "ClusterIP":
        return True
    if ingress is None:
        return False
    # The proxies of a Gateway run where its controller likes, unless the spec says in which namespace.
    return ingress.class_name == "alb" or (ingress.gateway is not None and not ingress.gateway.namespace)


def _ingress_namespaces(w: WorkloadView) -> list[str]:
    ingress = w.workload.ingress
    if ingress is None:
        return [CONTROLLER_NAMESPACES[""]]
    if ingress.gateway:
        return [ingress.gateway.namespace] if ingress.gateway.namespace else []
    if ingress.class_name == "alb":
        return []
    name = ingress.class_name
    return [CONTROLLER_NAMESPACES.get(name) or CONTROLLER_NAMESPACES.get(name.partition("-")[0], name)]


def _rule(direction: str, peer: Peer) -> dict[str, Any] | None:
    """A rule of a NetworkPolicy; None for a workload of this chart, whose labels only the template knows."""
    target: dict[str, Any] = {}
    if peer.workload:
        return None
    if peer.cidr:
        target["ipBlock"] = {"cidr": peer.cidr}
    if peer.namespace:
        target["namespaceSelector"] = {"matchLabels": {"kubernetes.io/metadata.name": peer.namespace}}
    if peer.app:
        target["podSelector"] = {"matchLabels": {"app.kubernetes.io/name": peer.app}}
    rule: dict[str, Any] = {direction: [target]}
    if peer.ports:
        rule["ports"] = [{"port": port, "protocol": "TCP"} for port in peer.ports]
    return rule
