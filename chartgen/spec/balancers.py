"""What load balancers and ingress controllers want to be told, as annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import Health, Port

NLB = "service.beta.kubernetes.io/aws-load-balancer-"
ALB = "alb.ingress.kubernetes.io/"

NLB_CLASS = "service.k8s.aws/nlb"

GRPC_INGRESS: dict[str, dict[str, str]] = {
    "kong": {"konghq.com/protocols": "grpc,grpcs"},
    "nginx": {"nginx.ingress.kubernetes.io/backend-protocol": "GRPC"},
}
"""What an Ingress to a gRPC port says to a controller, by the beginning of its class."""

GRPC_SERVICE: dict[str, dict[str, str]] = {
    "contour": {"projectcontour.io/upstream-protocol.h2c": ""},
    "haproxy": {"haproxy.org/server-proto": "h2"},
    "kong": {"konghq.com/protocol": "grpc"},
    "traefik": {"traefik.ingress.kubernetes.io/service.serversscheme": "h2c"},
}
"""What the Service behind it says; Contour is told the ports."""


def controller(class_name: str) -> str:
    """The controller that an ingress class is likely of: ``nginx`` for ``nginx-internal``."""
    return class_name.partition("-")[0]


def knows_grpc(class_name: str) -> bool:
    """Whether it is known how a class is told that a port speaks gRPC."""
    return controller(class_name) in {"alb", *GRPC_INGRESS, *GRPC_SERVICE}


def nlb(scheme: str | bool, ports: tuple[Port, ...], *, certificate: str, affinity: int) -> dict[str, str]:
    """Annotations of a Network Load Balancer. Source: the controller's guide "Network Load Balancer".

    Targets are the pods themselves, and the scheme is said even where it is the controller's default, so that nobody
    has to know it. TLS is for TCP alone, and gRPC needs HTTP/2 to be agreed on when a connection is made.
    """
    annotations = {
        f"{NLB}nlb-target-type": "ip",
        f"{NLB}scheme": "internet-facing" if scheme == "internet-facing" else "internal",
    }
    if certificate:
        annotations[f"{NLB}ssl-cert"] = certificate
        tcp = [port.name for port in ports if port.protocol == "TCP"]
        if len(tcp) < len(ports):
            annotations[f"{NLB}ssl-ports"] = ",".join(tcp)
        if any(port.grpc for port in ports):
            annotations[f"{NLB}alpn-policy"] = "HTTP2Preferred"
    if affinity:
        annotations[f"{NLB}target-group-attributes"] = "stickiness.enabled=true,stickiness.type=source_ip"
    return annotations


def alb(given: Mapping[str, Any], port: Port | None, health: Health) -> dict[str, str]:
    """Annotations of an Application Load Balancer. Source: the controller's guide "Ingress annotations".

    A target group for gRPC is checked by gRPC, too: by the health service where the readiness probe asks that, else by
    whether any answer comes.
    """
    annotations = {f"{ALB}scheme": "internet-facing", f"{ALB}target-type": "ip"}
    if given.get("certificate") or given.get("tls"):
        annotations[f"{ALB}listen-ports"] = '[{"HTTP": 80}, {"HTTPS": 443}]'
        annotations[f"{ALB}ssl-redirect"] = "443"
    if "certificate" in given:
        annotations[f"{ALB}certificate-arn"] = given["certificate"]
    ready = health.readiness
    if port is not None and port.grpc:
        annotations[f"{ALB}backend-protocol-version"] = "GRPC"
        if ready is not None and ready.kind == "grpc" and ready.port in (port.name, str(port.port)):
            annotations[f"{ALB}healthcheck-path"] = "/grpc.health.v1.Health/Check"
            annotations[f"{ALB}success-codes"] = "0"
    elif ready is not None and ready.kind == "http":
        annotations[f"{ALB}healthcheck-path"] = ready.path
        if port is not None and ready.port not in (port.name, str(port.port)):
            annotations[f"{ALB}healthcheck-port"] = ready.port
    return annotations


def grpc_ingress(class_name: str, port: Port | None) -> dict[str, str]:
    """Annotations of an Ingress to a port."""
    return GRPC_INGRESS.get(controller(class_name), {}) if port is not None and port.grpc else {}


def grpc_service(class_name: str, port: Port | None) -> dict[str, str]:
    """Annotations of the Service that an Ingress to a port leads to."""
    if port is None or not port.grpc:
        return {}
    found = GRPC_SERVICE.get(controller(class_name), {})
    return {key: value or port.name for key, value in found.items()}
