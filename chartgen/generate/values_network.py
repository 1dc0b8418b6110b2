"""The settings of scraping and of the NetworkPolicy."""

from __future__ import annotations

from typing import Any

from chartgen.generate import identities
from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Peer, PeerPort

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

NAMESPACE_LABEL = "kubernetes.io/metadata.name"
"""The label with its name that Kubernetes gives every namespace."""


def metrics(w: WorkloadView) -> tuple[Node, ...]:
    """Where and how often Prometheus scrapes."""
    scraped = w.workload.metrics
    if scraped is None:
        return ()
    kind = "ServiceMonitor" if w.scraped_by_service else "PodMonitor"
    drop = {"action": "drop", "sourceLabels": ["__name__"], "regex": "go_gc_.*"}
    return (
        Block(
            "metrics",
            (
                Key("enabled", True, f"Create a {kind}, so that Prometheus scrapes the pods", s.BOOLEAN),
                Key("path", scraped.path, "HTTP path of the metrics", s.STRING),
                Key("interval", scraped.interval, "Scrape interval", s.DURATION),
                Key("scrapeTimeout", "", "Scrape timeout; that of Prometheus if empty", s.DURATION,
                    ci={"full": "10s"}),
                Key("labels", {}, f"Labels added to the {kind}, besides monitoring.labels", s.LABELS),
                Key("relabelings", [], "Relabeling of the targets", s.OBJECTS,
                    ci={"full": [{"action": "labeldrop", "regex": "pod_template_hash"}]}),
                Key("metricRelabelings", [], "Relabeling of the scraped metrics", s.OBJECTS, ci={"full": [drop]}),
            ),
        ),
    )  # fmt: skip


def network_policy(w: WorkloadView) -> Block:
    """Who may connect and where the pods may connect to. A pod of the same release always may, by the template."""
    network = w.workload.network
    nodes: list[Node] = [
        Key("enabled", network.enabled,
            "Create a NetworkPolicy that admits only the pods of this release and what is listed here", s.BOOLEAN,
            ci={"full": True, "gateway": True, "balancer": True}),
    ]  # fmt: skip
    if w.has_service:
        nodes.append(
            Key(
                "allowExternal",
                _from_outside(w),
                "Allow connections from anywhere to the ports of the Service, as external load balancers need",
                s.BOOLEAN,
                ci={"full": False, "balancer": True},
            )
        )
    if w.web_port:
        namespaces = _ingress_namespaces(w)
        nodes.append(
            Key(
                "ingressNamespaces",
                namespaces,
                "Namespaces of the ingress controller or Gateway that may connect",
                s.TEXTS,
                ci={"full": namespaces or [CONTROLLER_NAMESPACES[""]]},
            )
        )
    if w.workload.metrics:
        nodes.append(
            Key("monitoringNamespaces", ["monitoring"], "Namespaces of Prometheus that may scrape the metrics", s.TEXTS)
        )
    came = [rule for peer in network.from_ if (rule := _rule("from", peer))]
    gone = [rule for peer in network.to or () if (rule := _rule("to", peer))]
    gone += identities.egress_rules(w.workload.identity) if network.to is not None else []
    egress = (
        Key("enabled", network.to is not None, "Restrict outgoing traffic to DNS and the rules below", s.BOOLEAN,
            ci={"full": True, "minimal": False, **({"outside": True} if w.needs else {})}),
        Key("dnsPorts", [53], "Ports of the cluster's DNS, over UDP and TCP; add 5353 on OpenShift",
            {"type": "array", "minItems": 1, "items": s.PORT}),
        Key("rules", gone, "Rules for outgoing traffic, in Kubernetes syntax", s.OBJECTS,
            ci={"full": gone or [{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]}),
    )  # fmt: skip
    sample = [{"from": [{"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL: "frontend"}}}]}]
    nodes += [
        Key("extraIngress", came, "Additional rules for incoming traffic, in Kubernetes syntax", s.OBJECTS,
            ci={"full": came or sample}),
        Block("egress", egress),
    ]  # fmt: skip
    return Block("networkPolicy", tuple(nodes))


def _from_outside(w: WorkloadView) -> bool:
    """Whether requests come from addresses that belong to no namespace."""
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
    """A rule of a NetworkPolicy; None for what belongs to this chart, whose labels only the template knows."""
    if peer.workload or peer.need:
        return None
    rule: dict[str, Any] = {direction: [target(peer)]}
    if peer.ports:
        rule["ports"] = [_port(port) for port in peer.ports]
    return rule


def _port(port: PeerPort) -> dict[str, Any]:
    end = {"endPort": port.last} if port.last != port.port else {}
    return {"port": port.port, **end, "protocol": port.protocol}


def target(peer: Peer) -> dict[str, Any]:
    """A peer that is no part of this chart, as a NetworkPolicy has it."""
    found: dict[str, Any] = {}
    if peer.cidr:
        found["ipBlock"] = {"cidr": peer.cidr, **({"except": list(peer.without)} if peer.without else {})}
    if peer.namespace:
        found["namespaceSelector"] = {"matchLabels": {NAMESPACE_LABEL: peer.namespace}}
    if peer.app:
        found["podSelector"] = {"matchLabels": {"app.kubernetes.io/name": peer.app}}
    return found
