"""What connects a workload: ports, Service, ingress, metrics and network peers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import Gateway, Health, Ingress, Metrics, Network, Peer, Port, Service
from chartgen.spec.probes import port_name
from chartgen.spec.units import duration_text, text

NLB = "service.beta.kubernetes.io/aws-load-balancer-"
ALB = "alb.ingress.kubernetes.io/"


def ports(own: Mapping[str, Any]) -> tuple[Port, ...]:
    """The declared ports; ``port: N`` is the port ``http``."""
    named = own.get("ports")
    if named is None:
        named = {"http": own["port"]} if "port" in own else {}
    return tuple(_port(name, value) for name, value in named.items())


def _port(name: str, value: int | Mapping[str, Any]) -> Port:
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"port": value}
    inside = int(given["port"])
    return Port(
        name=name,
        port=inside,
        service=int(given.get("service", 80 if name == "http" else inside)),
        protocol=given.get("protocol", "TCP"),
        app_protocol=given.get("appProtocol", ""),
    )


def service(value: str | Mapping[str, Any]) -> Service:
    """The Service, with the annotations the AWS Load Balancer Controller needs for a Network Load Balancer.

    Source: the controller's guide "Network Load Balancer". Targets are the pods themselves, and the scheme is said
    even where it is the controller's default, so that nobody has to know it.
    """
    given: Mapping[str, Any] = {"type": value} if isinstance(value, str) else value
    aws = given.get("aws", False)
    annotations: dict[str, str] = {}
    if aws:
        annotations = {
            f"{NLB}nlb-target-type": "ip",
            f"{NLB}scheme": "internet-facing" if aws == "internet-facing" else "internal",
        }
    annotations.update({key: text(item) for key, item in given.get("annotations", {}).items()})
    chosen = given.get("class", "service.k8s.aws/nlb" if aws else "")
    return Service(given.get("type", "ClusterIP"), annotations, chosen)


def ingress(value: str | Mapping[str, Any], declared: tuple[Port, ...], health: Health) -> Ingress:
    """How the workload is reached from outside; class ``alb`` gets what its controller needs."""
    given: Mapping[str, Any] = {"host": value} if isinstance(value, str) else value
    hosts = tuple(given.get("hosts", ())) or ((given["host"],) if "host" in given else ())
    tls = given.get("tls", False)
    secret, issuer = "", ""
    if isinstance(tls, str):
        secret = tls
    elif isinstance(tls, Mapping):
        secret, issuer = tls.get("secret", ""), tls.get("issuer", "")
    annotations = _alb(given, health) if given.get("class") == "alb" else {}
    annotations.update({key: text(item) for key, item in given.get("annotations", {}).items()})
    return Ingress(
        hosts=hosts,
        path=given.get("path", "/"),
        path_type=given.get("pathType", "Prefix"),
        port=port_name(given.get("port"), declared),
        class_name=given.get("class", ""),
        annotations=annotations,
        tls=bool(tls),
        tls_secret=secret,
        issuer=issuer.removeprefix("ClusterIssuer/"),
        gateway=_gateway(given["gateway"]) if "gateway" in given else None,
    )


def _alb(given: Mapping[str, Any], health: Health) -> dict[str, str]:
    """Annotations of an Application Load Balancer. Source: the controller's guide "Ingress annotations"."""
    annotations = {f"{ALB}scheme": "internet-facing", f"{ALB}target-type": "ip"}
    if given.get("certificate") or given.get("tls"):
        annotations[f"{ALB}listen-ports"] = '[{"HTTP": 80}, {"HTTPS": 443}]'
        annotations[f"{ALB}ssl-redirect"] = "443"
    if "certificate" in given:
        annotations[f"{ALB}certificate-arn"] = given["certificate"]
    if health.readiness is not None and health.readiness.kind == "http":
        annotations[f"{ALB}healthcheck-path"] = health.readiness.path
    return annotations


def _gateway(value: str | Mapping[str, Any]) -> Gateway:
    if isinstance(value, str):
        return Gateway(value)
    return Gateway(value["name"], value.get("namespace", ""), value.get("section", ""))


def metrics(
    value: bool | str | Mapping[str, Any], declared: tuple[Port, ...]
) -> tuple[Metrics | None, tuple[Port, ...]]:
    """Where Prometheus scrapes, and all ports: a number that no port has is added as the port ``metrics``."""
    if value is False:
        return None, declared
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {} if value is True else {"path": value}
    wanted = given.get("port")
    if wanted is None and any(port.name == "metrics" for port in declared):
        wanted = "metrics"
    name = port_name(wanted, declared)
    if name.isdecimal():
        name = "metrics"
        if all(port.name != name for port in declared):
            declared = (*declared, Port("metrics", int(wanted or 0), int(wanted or 0)))
    return (
        Metrics(
            path=given.get("path", "/metrics"),
            port=name,
            interval=duration_text(given.get("interval", "30s")),
            requests=given.get("requests", ""),
            errors=given.get("errors", ""),
            latency=given.get("latency", ""),
        ),
        declared,
    )


def network(value: bool | Mapping[str, Any], workloads: tuple[str, ...]) -> Network:
    """Who may talk to the workload and whom it may call."""
    if not isinstance(value, Mapping):
        return Network(enabled=value)
    return Network(
        from_=tuple(peer(item, workloads) for item in value.get("from", ())),
        to=tuple(peer(item, workloads) for item in value["to"]) if "to" in value else None,
    )


def peer(value: str | Mapping[str, Any], workloads: tuple[str, ...]) -> Peer:
    """A peer; text is a workload of this spec, ``namespace:NAME``, a CIDR, or else another application."""
    if not isinstance(value, str):
        return Peer(
            value.get("workload", ""),
            value.get("app", ""),
            value.get("namespace", ""),
            value.get("cidr", ""),
            tuple(int(port) for port in value.get("ports", ())),
        )
    if value in workloads:
        return Peer(workload=value)
    if value.startswith("namespace:"):
        return Peer(namespace=value.removeprefix("namespace:"))
    return Peer(cidr=value) if "/" in value else Peer(app=value)
