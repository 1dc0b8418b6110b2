"""Who may talk to the pods, whom they may call, and what EKS needs."""

from __future__ import annotations

from typing import Any

from tests.golden.charts import Helm, chart

DNS = {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}
RELEASE = {
    "from": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "shop", "app.kubernetes.io/instance": "r1"}}}]
}


def namespaces(*names: str, port: str) -> dict[str, Any]:
    expression = {"key": "kubernetes.io/metadata.name", "operator": "In", "values": list(names)}
    return {
        "from": [{"namespaceSelector": {"matchExpressions": [expression]}}],
        "ports": [{"port": port, "protocol": "TCP"}],
    }


def policy(helm: Helm, name: str, ref: str = "NetworkPolicy", *sets: str, **options: Any) -> Any:
    return helm.find(name, ref, *sets, **options)["spec"]


def test_nothing_is_let_in_but_what_is_listed(helm: Helm) -> None:
    spec = policy(helm, "minimal")
    assert spec["policyTypes"] == ["Ingress"]
    assert spec["ingress"] == [RELEASE, namespaces("ingress-nginx", port="http")]
    assert "egress" not in spec


def test_holes_are_values(helm: Helm) -> None:
    sets = ("web.networkPolicy.ingressNamespaces={a,b}", "web.networkPolicy.monitoringNamespaces={m}")
    spec = policy(helm, "shop", "NetworkPolicy/r1-shop-web", *sets)
    frontend = {"from": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "frontend"}}}]}
    assert spec["ingress"] == [RELEASE, namespaces("a", "b", port="http"), namespaces("m", port="http"), frontend]


def test_without_an_ingress_its_namespaces_stay_out(helm: Helm) -> None:
    assert policy(helm, "minimal", "NetworkPolicy", "ingress.enabled=false")["ingress"] == [RELEASE]


def test_a_worker_is_reached_by_nobody_but_prometheus(helm: Helm) -> None:
    spec = policy(helm, "shop", "NetworkPolicy/r1-shop-worker")
    assert spec["ingress"] == [RELEASE, namespaces("monitoring", port="metrics")]
    on = policy(helm, "worker", "NetworkPolicy", "networkPolicy.enabled=true")
    assert "ingress" not in on
    assert on["policyTypes"] == ["Ingress"]
    assert "NetworkPolicy" not in helm.kinds("worker")


def test_dns_is_always_let_out(helm: Helm) -> None:
    spec = policy(helm, "minimal", "NetworkPolicy", "networkPolicy.egress.enabled=true")
    assert spec["policyTypes"] == ["Ingress", "Egress"]
    assert spec["egress"] == [DNS]


def test_callees_by_workload_application_namespace_and_address(helm: Helm) -> None:
    spec = policy(helm, "eks", "NetworkPolicy/r1-orders-api")
    labels = {"name": "orders", "instance": "r1", "component": "api"}
    assert spec["egress"] == [
        DNS,
        {"to": [{"podSelector": {"matchLabels": {f"app.kubernetes.io/{k}": v for k, v in labels.items()}}}]},
        {"to": [{"ipBlock": {"cidr": "10.0.0.0/16"}}]},
        {"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kafka"}}}]},
        {
            "to": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "postgres"}}}],
            "ports": [{"port": 5432, "protocol": "TCP"}],
        },
    ]


def test_load_balancers_outside_the_cluster_reach_the_pods(helm: Helm) -> None:
    alb = policy(helm, "eks", "NetworkPolicy/r1-orders-api")
    assert {"ports": [{"port": "http", "protocol": "TCP"}]} in alb["ingress"]
    nlb = policy(helm, "eks", "NetworkPolicy/r1-orders-stream-2")
    assert {"ports": [{"port": "events", "protocol": "TCP"}, {"port": "udp", "protocol": "UDP"}]} in nlb["ingress"]


def test_eks_role(helm: Helm) -> None:
    account = helm.find("eks", "ServiceAccount/r1-orders-api")
    assert account["metadata"]["annotations"] == {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/orders"}
    assert account["automountServiceAccountToken"] is False


def test_eks_application_load_balancer(helm: Helm) -> None:
    ingress = helm.find("eks", "Ingress")
    assert ingress["spec"]["ingressClassName"] == "alb"
    assert ingress["metadata"]["annotations"] == {
        "alb.ingress.kubernetes.io/scheme": "internet-facing",
        "alb.ingress.kubernetes.io/target-type": "ip",
        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
        "alb.ingress.kubernetes.io/ssl-redirect": "443",
        "alb.ingress.kubernetes.io/certificate-arn": (
            "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
        ),
        "alb.ingress.kubernetes.io/healthcheck-path": "/ready",
    }
    assert "tls" not in ingress["spec"]


def test_eks_network_load_balancer(helm: Helm) -> None:
    service = helm.find("eks", "Service/r1-orders-stream-2")
    assert service["spec"]["type"] == "LoadBalancer"
    assert service["spec"]["loadBalancerClass"] == "service.k8s.aws/nlb"
    assert service["metadata"]["annotations"] == {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
    }
    private = helm.find("eks", "Service/r1-orders-stream-2", "stream_2.service.type=ClusterIP")
    assert "loadBalancerClass" not in private["spec"]


def test_metrics_are_not_shown_to_the_world(helm: Helm) -> None:
    service = helm.find("eks", "Service/r1-orders-stream-2")
    assert [(port["name"], port["port"]) for port in service["spec"]["ports"]] == [("events", 443), ("udp", 9001)]
    monitor = helm.find("eks", "PodMonitor/r1-orders-stream-2")
    assert monitor["spec"]["podMetricsEndpoints"][0]["port"] == "metrics"
    pods = helm.find("eks", "Deployment/r1-orders-stream-2")["spec"]["template"]["spec"]["containers"][0]["ports"]
    assert {"name": "metrics", "containerPort": 9100, "protocol": "TCP"} in pods


def test_gateway(helm: Helm) -> None:
    route = helm.find("gateway", "HTTPRoute")["spec"]
    assert route["parentRefs"] == [{"name": "public", "namespace": "gateways", "sectionName": "https"}]
    assert route["hostnames"] == ["quotes.example.com", "www.quotes.example.com"]
    assert route["rules"] == [
        {
            "backendRefs": [{"name": "r1-quotes", "port": 80}],
            "matches": [{"path": {"type": "PathPrefix", "value": "/quotes"}}],
        }
    ]
    assert "Ingress" not in helm.kinds("gateway")


def test_an_ingress_with_a_certificate(helm: Helm) -> None:
    ingress = helm.find("shop", "Ingress")["spec"]
    assert ingress["ingressClassName"] == "nginx"
    assert ingress["tls"] == [{"secretName": "shop-web-tls", "hosts": ["shop.example.com"]}]


def test_files_follow_the_topology() -> None:
    names = {path.removeprefix("templates/") for path in chart("worker").templates}
    assert names == {
        "NOTES.txt",
        "_helpers.tpl",
        "dashboard.yaml",
        "deployment.yaml",
        "extra-objects.yaml",
        "hpa.yaml",
        "networkpolicy.yaml",
        "pdb.yaml",
        "prometheusrule.yaml",
        "serviceaccount.yaml",
    }
    shop = {path.removeprefix("templates/") for path in chart("shop").templates}
    assert {
        "web-service.yaml",
        "web-servicemonitor.yaml",
        "worker-podmonitor.yaml",
        "tests/web-test-connection.yaml",
    } <= shop
    assert {"worker-service.yaml", "worker-ingress.yaml", "service.yaml", "web-podmonitor.yaml"} & shop == set()


def test_the_ports_of_dns_are_a_setting(helm: Helm) -> None:
    sets = ("networkPolicy.egress.enabled=true", "networkPolicy.egress.dnsPorts={53,5353}")
    (rule,) = helm.find("minimal", "NetworkPolicy", *sets)["spec"]["egress"]
    assert rule == {
        "ports": [{"port": port, "protocol": protocol} for port in (53, 5353) for protocol in ("UDP", "TCP")]
    }
    assert "dnsPorts" in helm.refusal(
        "minimal", "networkPolicy.egress.dnsPorts=null", sets[0], "networkPolicy.egress.dnsPorts={}"
    )


def test_a_load_balancer_reaches_a_port_that_speaks_udp(helm: Helm) -> None:
    spec = policy(helm, "risky", "NetworkPolicy")
    assert spec["ingress"][1] == {"ports": [{"port": "ntp", "protocol": "UDP"}]}


def test_a_port_that_speaks_something_else_has_no_way_in_from_outside() -> None:
    paths = set(chart("eks").templates)
    assert "templates/api-ingress.yaml" in paths
    assert not {"templates/stream-2-ingress.yaml", "templates/stream-2-httproute.yaml"} & paths
    assert "templates/tests/stream-2-test-connection.yaml" in paths


def test_metrics_of_a_sidecar_are_scraped_from_it(helm: Helm) -> None:
    monitor = helm.find("everything", "PodMonitor/r1-everything-store")["spec"]
    assert monitor["podMetricsEndpoints"][0]["port"] == "metrics"
    rules = policy(helm, "everything", "NetworkPolicy/r1-everything-store")["ingress"]
    assert namespaces("monitoring", port="metrics") | {"ports": [{"port": 9121, "protocol": "TCP"}]} in rules
    pods = helm.find("everything", "StatefulSet")["spec"]["template"]["spec"]
    assert pods["initContainers"][0]["ports"] == [{"name": "metrics", "containerPort": 9121, "protocol": "TCP"}]
