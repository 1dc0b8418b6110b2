"""What load balancers and ingress controllers are told."""

from __future__ import annotations

import pytest

from chartgen.spec.load import read_spec
from chartgen.spec.model import Workload

HEAD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\n"
GRPC = f"{HEAD}ports: {{grpc: 9000}}\nhealth: {{grpc: true}}\n"


def only(text: str) -> Workload:
    (workload,) = read_spec(text.encode(), file="app.yaml").workloads
    return workload


@pytest.mark.parametrize(
    ("name", "ingress", "service"),
    [
        ("nginx", {"nginx.ingress.kubernetes.io/backend-protocol": "GRPC"}, {}),
        ("nginx-internal", {"nginx.ingress.kubernetes.io/backend-protocol": "GRPC"}, {}),
        ("traefik", {}, {"traefik.ingress.kubernetes.io/service.serversscheme": "h2c"}),
        ("contour", {}, {"projectcontour.io/upstream-protocol.h2c": "grpc"}),
        ("haproxy", {}, {"haproxy.org/server-proto": "h2"}),
        ("kong", {"konghq.com/protocols": "grpc,grpcs"}, {"konghq.com/protocol": "grpc"}),
        ("caddy", {}, {}),
    ],
)
def test_each_controller_is_told_of_grpc_in_its_own_way(
    name: str, ingress: dict[str, str], service: dict[str, str]
) -> None:
    workload = only(f"{GRPC}ingress: {{host: a.example.com, class: {name}, tls: true}}\n")
    assert workload.ingress is not None
    assert workload.service is not None
    assert workload.ingress.annotations == ingress
    assert workload.service.annotations == service


def test_nobody_is_told_of_http_or_behind_a_gateway() -> None:
    for text in (
        f"{HEAD}port: 8080\nhealth: /\ningress: {{host: a.example.com, class: traefik}}\n",
        f"{GRPC}ingress: {{host: a.example.com, gateway: public}}\n",
    ):
        workload = only(text)
        assert workload.ingress is not None
        assert workload.service is not None
        assert (workload.ingress.annotations, workload.service.annotations) == ({}, {})


def test_what_the_spec_says_itself_wins() -> None:
    key = "nginx.ingress.kubernetes.io/backend-protocol"
    workload = only(f"{GRPC}ingress: {{host: a.example.com, class: nginx, tls: true, annotations: {{{key}: GRPCS}}}}\n")
    assert workload.ingress is not None
    assert workload.ingress.annotations == {key: "GRPCS"}


@pytest.mark.parametrize(
    ("health", "port"), [("{liveness: /live, readiness: {path: /ready, port: admin}}", "admin"), ("/live", None)]
)
def test_an_alb_asks_at_the_port_that_readiness_does(health: str, port: str | None) -> None:
    text = f"{HEAD}ports: {{http: 8080, admin: 9090}}\nhealth: {health}\ningress: {{host: a.example.com, class: alb}}\n"
    workload = only(text)
    assert workload.ingress is not None
    assert workload.ingress.annotations.get("alb.ingress.kubernetes.io/healthcheck-port") == port


def test_an_nlb_keeps_clients_with_their_pods() -> None:
    workload = only(
        f"{HEAD}port: 8080\nhealth: /\nservice: {{type: LoadBalancer, aws: true, sessionAffinity: true, certificate: "
        '"arn:aws:acm:eu-central-1:111122223333:certificate/1"}\n'
    )
    assert workload.service is not None
    prefix = "service.beta.kubernetes.io/aws-load-balancer-"
    assert {key.removeprefix(prefix): value for key, value in workload.service.annotations.items()} == {
        "nlb-target-type": "ip",
        "scheme": "internal",
        "ssl-cert": "arn:aws:acm:eu-central-1:111122223333:certificate/1",
        "target-group-attributes": "stickiness.enabled=true,stickiness.type=source_ip",
    }
    assert workload.service.affinity == 10800
