"""What connects a workload: ports, Service, ingress and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec import balancers
from chartgen.spec.model import Gateway, Health, Ingress, Metrics, Port, Service
from chartgen.spec.model_traffic import GRPC, called_grpc
from chartgen.spec.probes import port_name
from chartgen.spec.units import duration_text, seconds, text

STAYS = 10800
"""Seconds a client stays with its pod when the spec does not say how long; Kubernetes' own default."""


def ports(own: Mapping[str, Any]) -> tuple[Port, ...]:
    """The declared ports; ``port: N`` is the port ``http``."""
    named = own.get("ports")
    if named is None:
        named = {"http": own["port"]} if "port" in own else {}
    headless = service_type(own) == "Headless"
    return tuple(_port(name, value, headless=headless) for name, value in named.items())


def _port(name: str, value: int | Mapping[str, Any], *, headless: bool) -> Port:
    """A port. Before a headless Service there is none: its clients connect to the pods."""
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"port": value}
    inside = int(given["port"])
    protocol = given.get("protocol", "TCP")
    usual = GRPC if called_grpc(name) and protocol == "TCP" else ""
    return Port(
        name=name,
        port=inside,
        service=int(given.get("service", 80 if name == "http" and not headless else inside)),
        protocol=protocol,
        app_protocol=given.get("appProtocol", usual),
    )


def service_type(own: Mapping[str, Any]) -> str:
    """The type of the Service in the words of the spec, which are Kubernetes' and Headless."""
    value: str | Mapping[str, Any] = own.get("service", {})
    return value if isinstance(value, str) else str(value.get("type", "ClusterIP"))


def service(own: Mapping[str, Any], declared: tuple[Port, ...], way: Ingress | None) -> Service:
    """The Service, with what a load balancer, or the ingress controller before it, needs to be told."""
    value = own.get("service", {})
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    aws = given.get("aws", False)
    wanted = given.get("sessionAffinity", False)
    affinity = (STAYS if wanted else 0) if isinstance(wanted, bool) else seconds(wanted)
    annotations: dict[str, str] = {}
    if aws:
        annotations |= balancers.nlb(aws, declared, certificate=given.get("certificate", ""), affinity=affinity)
    if way is not None and way.gateway is None:
        led_to = next((port for port in declared if port.name == way.port), None)
        annotations |= balancers.grpc_service(way.class_name, led_to)
    annotations.update({key: text(item) for key, item in given.get("annotations", {}).items()})
    kind = service_type(own)
    return Service(
        type="ClusterIP" if kind == "Headless" else kind,
        annotations=annotations,
        load_balancer_class=given.get("class", balancers.NLB_CLASS if aws else ""),
        headless=kind == "Headless",
        affinity=affinity,
    )


def ingress(value: str | Mapping[str, Any], declared: tuple[Port, ...], health: Health) -> Ingress:
    """How the workload is reached from outside; its controller is told what it needs."""
    given: Mapping[str, Any] = {"host": value} if isinstance(value, str) else value
    hosts = tuple(given.get("hosts", ())) or ((given["host"],) if "host" in given else ())
    tls = given.get("tls", False)
    secret, issuer = "", ""
    if isinstance(tls, str):
        secret = tls
    elif isinstance(tls, Mapping):
        secret, issuer = tls.get("secret", ""), tls.get("issuer", "")
    class_name = given.get("class", "")
    name = port_name(given.get("port"), declared)
    port = next((port for port in declared if port.name == name), None)
    annotations = balancers.alb(given, port, health) if class_name == "alb" else {}
    if "gateway" not in given:
        annotations |= balancers.grpc_ingress(class_name, port)
    annotations.update({key: text(item) for key, item in given.get("annotations", {}).items()})
    return Ingress(
        hosts=hosts,
        path=given.get("path", "/"),
        path_type=given.get("pathType", "Prefix"),
        port=name,
        grpc=given.get("grpc", ""),
        class_name=class_name,
        annotations=annotations,
        tls=bool(tls),
        tls_secret=secret,
        issuer=issuer.removeprefix("ClusterIssuer/"),
        gateway=_gateway(given["gateway"]) if "gateway" in given else None,
    )


def _gateway(value: str | Mapping[str, Any]) -> Gateway:
    if isinstance(value, str):
        return Gateway(value)
    return Gateway(value["name"], value.get("namespace", ""), value.get("section", ""))


def metrics(
    value: bool | str | Mapping[str, Any], declared: tuple[Port, ...], beside: tuple[Port, ...]
) -> tuple[Metrics | None, tuple[Port, ...]]:
    """Where Prometheus scrapes, and all ports of the application: a number that no port has is added as ``metrics``.

    It may be a port of a sidecar (those of all are ``beside``), such as an exporter's.
    """
    if value is False:
        return None, declared
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {} if value is True else {"path": value}
    wanted = given.get("port")
    if wanted is None and any(port.name == "metrics" for port in (*declared, *beside)):
        wanted = "metrics"
    name = port_name(wanted, declared)
    apart = None
    if wanted is not None and all(port.name != name for port in declared):
        apart = next((port for port in beside if wanted in (port.name, port.port)), None)
    if apart is not None:
        name = apart.name
    elif name.isdecimal():
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
            beside=apart.port if apart is not None else 0,
        ),
        declared,
    )
