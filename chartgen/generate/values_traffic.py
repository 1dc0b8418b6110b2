"""The settings of how requests reach a workload: ports, Service and Ingress."""

from __future__ import annotations

from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.allowed import asked
from chartgen.generate.values_routes import hosts, routes
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
        nodes.append(_ingress(w))
    return (*nodes, *routes(w))


def _service(w: WorkloadView, service: Service) -> Block:
    # service.port, which everyone looks for, comes first.
    ports = sorted(w.service_ports, key=lambda port: port.service_key != "port")
    numbers = tuple(
        Key(p.service_key, p.service, f"Service port that leads to container port {p.name}", s.PORT) for p in ports
    )
    annotations = Key("annotations", dict(service.annotations), "Annotations of the Service", s.STRINGS,
        ci={"balancer": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}})  # fmt: skip
    if service.headless:
        return Block("service", (*numbers, annotations))
    return Block(
        "service",
        (
            Key("type", service.type, "Service type", {"enum": ["ClusterIP", "NodePort", "LoadBalancer"]},
                ci={"balancer": "LoadBalancer", "minimal": "ClusterIP"},
                remarks=asked("type", "node-port-service", service.type == "NodePort")),
            *numbers,
            annotations,
            Key("loadBalancerClass", service.load_balancer_class,
                "Load balancer class; only for the type LoadBalancer", s.STRING,
                ci={"balancer": service.load_balancer_class or "service.k8s.aws/nlb"}),
            *(_affinity(service.affinity) if service.affinity else ()),
        ),
    )  # fmt: skip


def _affinity(stays: int) -> tuple[Node, ...]:
    seconds = Key("timeoutSeconds", stays, "Seconds after its last request until a client may be sent elsewhere",
        {"type": "integer", "minimum": 1, "maximum": 86400})  # fmt: skip
    return (
        Key("sessionAffinity", "ClientIP", "ClientIP sends a client to the pod it had before, None to any",
            {"enum": ["ClientIP", "None"]}, ci={"minimal": "None"}),
        Block("sessionAffinityConfig", (Block("clientIP", (seconds,)),)),
    )  # fmt: skip


def _ingress(w: WorkloadView) -> Block:
    given = w.workload.ingress
    ingress = given or Ingress(())
    enabled = given is not None and given.gateway is None
    served = [{"host": host, "paths": [{"path": ingress.path, "pathType": ingress.path_type}]} for host in hosts(w)]
    paths: s.Schema = {"type": "array", "items": s.ref("ingressPath")}
    tls = _tls(w, ingress)
    return Block(
        "ingress",
        (
            Key("enabled", enabled, "Create an Ingress; not together with httpRoute", s.BOOLEAN,
                ci={"full": True, "gateway": False, "balancer": False, "minimal": False}),
            Key("className", ingress.class_name, "Ingress class; the default class of the cluster if empty", s.STRING,
                ci={"full": ingress.class_name or "nginx"}),
            Key("annotations", _annotations(ingress) if enabled else {}, "Annotations of the Ingress", s.STRINGS,
                ci={"full": {"nginx.ingress.kubernetes.io/proxy-body-size": "8m"}}),
            Key("hosts", served, "Host names and their paths; a host without paths serves all of them",
                {"type": "array", "minItems": 1,
                 "items": {**s.closed(host=s.STRING, paths=paths), "required": ["host"]}}),
            Key("tls", tls, "TLS hosts and the Secrets with their certificates",
                {"type": "array", "items": s.closed(secretName=s.STRING, hosts=s.TEXTS)},
                ci={"full": tls or [{"secretName": f"{w.label}-tls", "hosts": hosts(w)}]}),
        ),
    )  # fmt: skip


def _tls(w: WorkloadView, ingress: Ingress) -> list[dict[str, Any]]:
    if not ingress.tls or ingress.gateway:
        return []
    if ingress.class_name == "alb" and not ingress.tls_secret:  # the controller finds the certificate by host name
        return [{"hosts": hosts(w)}]
    return [{"secretName": ingress.tls_secret or f"{w.label}-tls", "hosts": hosts(w)}]


def _annotations(ingress: Ingress) -> dict[str, str]:
    annotations = dict(ingress.annotations)
    if ingress.issuer:
        kind, _, name = ingress.issuer.rpartition("/")
        annotations[f"cert-manager.io/{'issuer' if kind == 'Issuer' else 'cluster-issuer'}"] = name
    return annotations
