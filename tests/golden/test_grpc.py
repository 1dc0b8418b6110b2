"""Ports that speak gRPC, and what has to be told of them to whom."""

from __future__ import annotations

from typing import Any

from tests.golden.charts import Helm, chart

CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"


def annotations(helm: Helm, ref: str, prefix: str = "") -> dict[str, str]:
    found: dict[str, Any] = helm.find("grpc", ref)["metadata"].get("annotations", {})
    return {key.removeprefix(prefix): value for key, value in found.items()}


def test_a_route_of_its_own_beside_the_one_of_http(helm: Helm) -> None:
    route = helm.find("grpc", "GRPCRoute")["spec"]
    assert route["parentRefs"] == [{"name": "public", "namespace": "gateways"}]
    assert route["hostnames"] == ["grpc.quotes.example.com"]
    assert route["rules"] == [{"backendRefs": [{"name": "r1-quotes-api", "port": 9000}]}]
    other = helm.find("grpc", "HTTPRoute")["spec"]
    assert other["hostnames"] == ["quotes.example.com"]
    assert other["rules"][0]["backendRefs"] == [{"name": "r1-quotes-api", "port": 80}]


def test_the_gateway_may_connect_to_both_ports(helm: Helm) -> None:
    rules = helm.find("grpc", "NetworkPolicy/r1-quotes-api")["spec"]["ingress"]
    assert [rule.get("ports", [{}])[0].get("port") for rule in rules] == [None, "http", "grpc"]
    off = helm.find("grpc", "NetworkPolicy/r1-quotes-api", "api.grpcRoute.enabled=false")["spec"]["ingress"]
    assert [rule.get("ports", [{}])[0].get("port") for rule in off] == [None, "http"]


def test_a_port_of_grpc_has_a_grpc_route_in_place_of_an_http_route(helm: Helm) -> None:
    paths = set(chart("grpc").templates)
    assert "templates/orders-grpcroute.yaml" in paths
    assert "templates/orders-httproute.yaml" not in paths
    sets = ("orders.ingress.enabled=false", "orders.grpcRoute.enabled=true")
    route = helm.find("grpc", "GRPCRoute/r1-quotes-orders", *sets)["spec"]
    assert route["hostnames"] == ["orders.example.com"]
    assert route["rules"] == [
        {
            "backendRefs": [{"name": "r1-quotes-orders", "port": 443}],
            "matches": [{"method": {"service": "quotes.v1.Orders"}}],
        }
    ]
    assert "exclude each other" in helm.refusal("grpc", "orders.grpcRoute.enabled=true")


def test_the_service_says_what_is_spoken(helm: Helm) -> None:
    ports = helm.find("grpc", "Service/r1-quotes-api")["spec"]["ports"]
    assert [port.get("appProtocol") for port in ports] == [None, "grpc"]
    said = helm.find("grpc", "Service/r1-quotes-stream")["spec"]["ports"]
    assert [port.get("appProtocol") for port in said] == ["kubernetes.io/h2c", None]


def test_a_headless_service_leads_to_the_pods(helm: Helm) -> None:
    spec = helm.find("grpc", "Service/r1-quotes-index")["spec"]
    assert spec["clusterIP"] == "None"
    assert "type" not in spec
    assert spec["ports"][0]["port"] == 9000
    assert "index.service" in helm.refusal("grpc", "index.service.type=LoadBalancer").replace("/", ".")


def test_clients_stay_with_their_pod(helm: Helm) -> None:
    spec = helm.find("grpc", "Service/r1-quotes-api")["spec"]
    assert spec["sessionAffinity"] == "ClientIP"
    assert spec["sessionAffinityConfig"] == {"clientIP": {"timeoutSeconds": 1800}}
    off = helm.find("grpc", "Service/r1-quotes-api", "api.service.sessionAffinity=None")["spec"]
    assert off["sessionAffinity"] == "None"
    assert "sessionAffinityConfig" not in off


def test_an_application_load_balancer_speaks_grpc_to_the_pods(helm: Helm) -> None:
    assert annotations(helm, "Ingress/r1-quotes-orders", "alb.ingress.kubernetes.io/") == {
        "scheme": "internet-facing",
        "target-type": "ip",
        "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
        "ssl-redirect": "443",
        "certificate-arn": CERTIFICATE,
        "backend-protocol-version": "GRPC",
        "healthcheck-path": "/grpc.health.v1.Health/Check",
        "success-codes": "0",
    }


def test_a_network_load_balancer_ends_tls(helm: Helm) -> None:
    assert annotations(helm, "Service/r1-quotes-stream", "service.beta.kubernetes.io/aws-load-balancer-") == {
        "nlb-target-type": "ip",
        "scheme": "internal",
        "ssl-cert": CERTIFICATE,
        "ssl-ports": "grpc",
        "alpn-policy": "HTTP2Preferred",
    }


def test_an_ingress_controller_is_told(helm: Helm) -> None:
    assert annotations(helm, "Ingress/r1-quotes-admin") == {
        "nginx.ingress.kubernetes.io/backend-protocol": "GRPC",
        "cert-manager.io/cluster-issuer": "letsencrypt",
    }


def test_callees_by_ranges_of_addresses_and_ports(helm: Helm) -> None:
    index, outside = helm.find("grpc", "NetworkPolicy/r1-quotes-api")["spec"]["egress"][1:]
    assert index["ports"] == [{"port": 9000, "protocol": "TCP"}]
    assert outside == {
        "to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8", "169.254.169.254/32"]}}],
        "ports": [
            {"port": 443, "protocol": "TCP"},
            {"port": 30000, "endPort": 32767, "protocol": "TCP"},
            {"port": 123, "protocol": "UDP"},
        ],
    }
