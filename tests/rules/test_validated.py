"""What the API server judges in its code: words, numbers, names, and fields that go with others."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.rules.network._addresses import is_address, network
from tests.rules.test_edges import pod_of
from tests.rules.test_refused import said_by


def made(kind: str, spec: Any, *, version: str = "v1", **rest: Any) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "web"}, "spec": spec, **rest}


def service_of(**spec: Any) -> dict[str, Any]:
    return made("Service", {"ports": [{"port": 80}], **spec})


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        # Empty and missing words are unset, and what is no text is the schema's.
        ("unsupported-value", pod_of({"imagePullPolicy": ""}, pod={"dnsPolicy": None, "tolerations": [None, {}]})),
        ("unsupported-value", service_of(type=7, ipFamilies=["IPv6"], sessionAffinity="ClientIP")),
        ("unsupported-value", pod_of({}, pod={"tolerations": [{"key": "a", "operator": "Gt", "value": "1"}]})),
        # Other projects' kinds have other words.
        ("unsupported-value", made("Service", {"type": "Any"}, version="serving.knative.dev/v1")),
        (
            "unsupported-value",
            made("DeploymentConfig", {"strategy": {"type": "Rolling"}}, version="apps.openshift.io/v1"),
        ),
        ("number-out-of-range", pod_of({}, pod={"terminationGracePeriodSeconds": -1})),
        ("number-out-of-range", pod_of({"securityContext": {"runAsUser": None}}, pod={"activeDeadlineSeconds": True})),
        ("number-out-of-range", made("PodDisruptionBudget", {"minAvailable": "50%"}, version="policy/v1")),
        ("missing-access-mode", made("PersistentVolumeClaim", {"accessModes": ["ReadWriteOncePod"]})),
        ("missing-access-mode", made("PersistentVolumeClaim", {"accessModes": "ReadWriteOnce"})),
        ("invalid-probe", pod_of({"livenessProbe": None, "lifecycle": {"preStop": None}})),
        ("invalid-probe", pod_of({"livenessProbe": {"grpc": {"port": 1}, "successThreshold": 1}})),
        ("invalid-probe", pod_of({"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}})),
        ("invalid-probe", pod_of({"readinessProbe": {"exec": {"command": ["true"]}, "successThreshold": 3}})),
        ("invalid-data-key", {**made("ConfigMap", None), "data": {".hidden": "a", "A_b-1.c": "", "7": ""}}),
        ("invalid-data-key", {**made("Secret", None), "data": {"a": ""}, "stringData": {"a": ""}}),
        ("invalid-service", service_of(type="NodePort", externalTrafficPolicy="Local")),
        ("invalid-service", service_of(externalIPs=["192.0.2.1"], externalTrafficPolicy="Local")),
        ("invalid-service", service_of(loadBalancerSourceRanges=[], loadBalancerClass="", externalTrafficPolicy=None)),
        ("invalid-service", service_of(ports=[{"port": 80, "nodePort": 0}])),
        ("invalid-service", service_of(ports=[], clusterIP="None")),
        ("invalid-service", service_of(ports=None, type="Unknown")),
        ("invalid-service", service_of(ports=[], type="ExternalName", externalName="example.com.")),
        ("invalid-service", service_of(type="LoadBalancer", loadBalancerSourceRanges=[" 10.0.0.0/8 ", "fd00::/8"])),
        ("invalid-service", made("Service", {}, version="serving.knative.dev/v1")),
        ("invalid-entry-name", pod_of({"name": "web", "env": [{"name": "a b"}, {"name": ""}, {}]})),
        ("incomplete-secret", {**made("Secret", None), "type": "kubernetes.io/basic-auth", "data": {"username": ""}}),
        ("incomplete-secret", {**made("Secret", None), "type": "example.com/own"}),
        (
            "incomplete-secret",
            {
                **made("Secret", None),
                "type": "kubernetes.io/tls",
                "data": {"tls.crt": ""},
                "stringData": {"tls.key": ""},
            },
        ),
    ],
)
def test_what_is_allowed_is_not_found(rule: str, body: dict[str, Any]) -> None:
    assert said_by(rule, body) == []


@pytest.mark.parametrize(
    ("rule", "body", "said"),
    [
        (
            "unsupported-value",
            pod_of({}, pod={"initContainers": [{"name": "a", "imagePullPolicy": "always"}]}),
            ["spec.template.spec.initContainers[0].imagePullPolicy is 'always'"],
        ),
        (
            "number-out-of-range",
            pod_of({"livenessProbe": {"httpGet": {"port": 0}}}),
            ["spec.template.spec.containers[0].livenessProbe.httpGet.port is 0"],
        ),
        (
            "number-out-of-range",
            made("PodDisruptionBudget", {"minAvailable": "1"}, version="policy/v1"),
            ["spec.minAvailable is '1'"],
        ),
        (
            "missing-access-mode",
            made("PersistentVolumeClaim", {"accessModes": ["ReadWriteOncePod", "ReadWriteMany"]}),
            ["the claim has ReadWriteOncePod beside"],
        ),
        (
            "invalid-probe",
            pod_of({"readinessProbe": {"tcpSocket": {"port": 1}, "terminationGracePeriodSeconds": 5}}),
            ["the readinessProbe of container 'web' has a grace period"],
        ),
        ("invalid-probe", pod_of({"startupProbe": {}}), ["the startupProbe of container 'web' does nothing"]),
        ("invalid-service", service_of(type="NodePort", loadBalancerClass="a/b"), ["has loadBalancerClass"]),
        ("invalid-service", service_of(type="LoadBalancer", clusterIP="None"), ["has clusterIP None"]),
        ("invalid-service", service_of(ports=[]), ["has no ports"]),
        ("invalid-service", service_of(allocateLoadBalancerNodePorts=False), ["has allocateLoadBalancerNodePorts"]),
        ("invalid-service", service_of(type="ExternalName", externalName="https://a.b"), ["has the externalName"]),
        ("invalid-entry-name", pod_of({"name": "a" * 64}), ["a container is named"]),
    ],
)
def test_what_is_refused(rule: str, body: dict[str, Any], said: list[str]) -> None:
    found = said_by(rule, body)
    assert len(found) == len(said)
    assert all(one.startswith(start) for one, start in zip(found, said, strict=True)), found


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("example.com", True),
        ("*.example.com", True),
        ("a", True),
        ("1.2.3.com", True),
        ("*", False),
        ("*.*.com", False),
        ("a.*.com", False),
        ("10.0.0.1", False),
        ("a.com:80", False),
        ("a_b.com", False),
        ("A.com", False),
        ("a.com/", False),
    ],
)
def test_hosts(host: str, *, is_allowed: bool) -> None:
    ingress = made("Ingress", {"rules": [{"host": host}]}, version="networking.k8s.io/v1")
    assert (said_by("invalid-ingress", ingress) == []) is is_allowed


@pytest.mark.parametrize(
    ("path", "kind", "is_allowed"),
    [
        ("/", "Exact", True),
        ("/a/", "Prefix", True),
        ("", "ImplementationSpecific", True),
        (None, "ImplementationSpecific", True),
        ("/(.*)//", "ImplementationSpecific", True),
        ("", "Prefix", False),
        (None, "Exact", False),
        ("a", "ImplementationSpecific", False),
        ("/a/../b", "Prefix", False),
        ("/a/..", "Prefix", False),
        ("/...", "Prefix", True),
    ],
)
def test_paths(path: Any, kind: str, *, is_allowed: bool) -> None:
    entry = {"path": path, "pathType": kind, "backend": {"service": {"name": "a", "port": {"number": 80}}}}
    ingress = made("Ingress", {"rules": [{"http": {"paths": [entry]}}]}, version="networking.k8s.io/v1")
    assert (said_by("invalid-ingress", ingress) == []) is is_allowed


@pytest.mark.parametrize(
    ("text", "is_range"),
    [
        ("10.0.0.0/8", True),
        ("10.1.2.3/8", True),
        ("010.0.0.0/08", True),
        ("0.0.0.0/0", True),
        ("::/0", True),
        ("fd00::1/64", True),
        ("10.0.0.0", False),
        ("10.0.0.0/33", False),
        ("10.0.0/8", False),
        ("10.0.0.0/255.0.0.0", False),
        ("fe80::1%eth0/64", False),
        ("", False),
        ("/8", False),
    ],
)
def test_ranges_of_addresses(text: str, *, is_range: bool) -> None:
    assert (network(text) is not None) is is_range


def test_addresses() -> None:
    assert is_address("10.0.0.1")
    assert is_address("::1")
    assert not is_address("10.0.0.1/8")
    assert not is_address("example.com")


def test_peers_and_ports_of_policies() -> None:
    rule = {
        "to": [
            {"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8", "fd00::/8", "0.0.0.0/0", "x"]}},
            {"podSelector": None, "namespaceSelector": {}},
        ],
        "ports": [{"port": "http"}, {"port": "8080"}, {"endPort": 9}, {"port": 1, "endPort": 1}, {"protocol": "UDP"}],
    }
    policy = made("NetworkPolicy", {"egress": [rule]}, version="networking.k8s.io/v1")
    assert said_by("invalid-network-policy", policy) == [
        "'fd00::/8' is not inside '0.0.0.0/0' and smaller",
        "'0.0.0.0/0' is not inside '0.0.0.0/0' and smaller",
        "'x' is no range of addresses",
        "a rule names the port '8080', which no port can be called",
        "endPort 9 has no number to begin at",
    ]
    assert said_by("invalid-network-policy", {**policy, "apiVersion": "projectcalico.org/v3"}) == []


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ({"type": "Resource", "resource": {"target": {"type": "Utilization", "averageUtilization": 1}}}, []),
        ({"type": "Object", "object": {"target": {"value": "1", "averageValue": 2}}}, []),
        (
            {"type": "External", "external": {"target": {"value": "1", "averageValue": 2}}},
            ["has value and averageValue"],
        ),
        ({"type": "Pods", "pods": {"target": {"value": 1}}}, ["has no averageValue"]),
        ({"type": "Resource", "resource": {"target": {"averageValue": "0"}}}, ["has averageValue 0"]),
        ({"type": "Resource", "resource": {}}, []),
        ({"type": "Other"}, []),
    ],
)
def test_targets_of_metrics(metric: dict[str, Any], said: list[str]) -> None:
    scaler = made("HorizontalPodAutoscaler", {"metrics": [metric, None]}, version="autoscaling/v2")
    assert said_by("invalid-autoscaler", scaler) == [
        f"the target of a metric of type {metric['type']} {one}" for one in said
    ]


@pytest.mark.parametrize(
    ("kind", "strategy", "count"),
    [
        ("Deployment", {"type": "Recreate", "rollingUpdate": {}}, 1),
        ("Deployment", {"rollingUpdate": {"maxSurge": "0%", "maxUnavailable": 0}}, 1),
        ("Deployment", {"rollingUpdate": {"maxSurge": 0}}, 0),
        ("DaemonSet", {"type": "OnDelete", "rollingUpdate": {"maxUnavailable": 0}}, 0),
        ("DaemonSet", {"rollingUpdate": {"maxUnavailable": 0}}, 1),
        ("DaemonSet", {"rollingUpdate": {"maxSurge": "10%"}}, 1),
        ("DaemonSet", {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": "0%"}}, 0),
        ("DaemonSet", {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 2}}, 0),
        ("StatefulSet", {"type": "OnDelete", "rollingUpdate": {"partition": 1}}, 1),
        ("StatefulSet", {"rollingUpdate": {"partition": 1}}, 0),
    ],
)
def test_ways_to_update(kind: str, strategy: dict[str, Any], count: int) -> None:
    field = "strategy" if kind == "Deployment" else "updateStrategy"
    assert len(said_by("invalid-update-strategy", made(kind, {field: strategy}, version="apps/v1"))) == count


_NODES = "requiredDuringSchedulingIgnoredDuringExecution"


@pytest.mark.parametrize(
    ("expression", "on_pods", "on_nodes"),
    [
        ({"key": "a", "operator": "In", "values": ["b"]}, 0, 0),
        ({"key": "a", "operator": "Exists", "values": []}, 0, 0),
        ({"key": "a", "operator": "Gt", "values": ["1"]}, 1, 0),
        ({"key": "a", "operator": "Gt", "values": ["1", "2"]}, 1, 1),
        ({"key": "a", "operator": "NotIn", "values": []}, 1, 1),
        ({"key": "a", "operator": "DoesNotExist", "values": ["b"]}, 1, 1),
        ({"key": "a", "operator": "in", "values": ["b"]}, 1, 1),
        ({"key": "a"}, 0, 0),
    ],
)
def test_expressions_of_selectors(expression: dict[str, Any], on_pods: int, on_nodes: int) -> None:
    term = {"matchExpressions": [expression, None]}
    of_nodes: dict[str, Any] = {"nodeAffinity": {_NODES: {"nodeSelectorTerms": [term]}}}
    of_pods: dict[str, Any] = {"podAffinity": {_NODES: [{"topologyKey": "zone", "labelSelector": term}]}}
    assert len(said_by("invalid-selector", pod_of({}, pod={"affinity": of_pods}))) == on_pods
    assert len(said_by("invalid-selector", pod_of({}, pod={"affinity": of_nodes}))) == on_nodes
    assert said_by("invalid-selector", made("Other", {"selector": term}, version="example.com/v1")) == []


def test_sources_of_variables() -> None:
    container = {
        "envFrom": [{"secretRef": {"name": "a"}}, {}, {"configMapRef": None, "prefix": "A"}],
        "env": [{"name": "A", "valueFrom": None}, {"name": "B", "valueFrom": {"fieldRef": None}}, {"name": "C"}],
    }
    assert said_by("missing-source", pod_of(container)) == [
        "entry 2 in envFrom of container 'web' names no source",
        "entry 3 in envFrom of container 'web' names no source",
        "container 'web' takes variable 'B' from nowhere",
    ]


def test_roles_and_bindings() -> None:
    version = "rbac.authorization.k8s.io/v1"
    rules = [
        {"apiGroups": [""], "resources": ["pods"], "verbs": []},
        {"nonResourceURLs": ["/a"], "resources": ["pods"], "verbs": ["get"]},
        {"apiGroups": [], "resources": ["pods"], "verbs": ["get"]},
    ]
    assert said_by("invalid-role", made("ClusterRole", None, version=version, rules=rules)) == [
        "rule 1 has no verbs",
        "rule 2 is about resources and nonResourceURLs",
        "rule 3 has no apiGroups",
    ]
    assert said_by("invalid-role", made("ClusterRole", None, version=version, rules=None, aggregationRule={})) == []
    binding: dict[str, Any] = {
        "roleRef": {"kind": "Role", "name": "a"},
        "subjects": [{"kind": "ServiceAccount", "name": "a"}, {"kind": "User", "name": "a"}, None],
    }
    assert said_by("invalid-binding", made("RoleBinding", None, version=version, **binding)) == []
    assert said_by("invalid-binding", made("ClusterRoleBinding", None, version=version, **binding)) == [
        "grants a Role",
        "names ServiceAccount 'a' without its namespace",
    ]


@pytest.mark.parametrize(("asked", "count"), [("1Gi", 0), (0, 1), ("0", 1), ("-1Gi", 1), (None, 1), ("much", 0)])
def test_storage_that_is_asked_for(asked: Any, count: int) -> None:
    claim = made("PersistentVolumeClaim", {"resources": {"requests": {"storage": asked}}})
    assert len(said_by("missing-storage-request", claim)) == count


@pytest.mark.parametrize(
    ("path", "in_mount", "in_items", "on_node"),
    [
        ("a/b", 0, 0, 0),
        ("", 0, 0, 0),
        ("/a", 1, 1, 0),
        ("a/../b", 1, 1, 1),
        ("..data", 0, 1, 0),
        ("a..b", 0, 0, 0),
    ],
)
def test_paths_in_volumes(path: str, in_mount: int, in_items: int, on_node: int) -> None:
    mount = pod_of({"volumeMounts": [{"name": "a", "mountPath": "/a", "subPath": path}]})
    listed = pod_of({}, pod={"volumes": [{"name": "a", "secret": {"items": [{"key": "a", "path": path}]}}]})
    node = pod_of({}, pod={"volumes": [{"name": "a", "hostPath": {"path": path}}]})
    found = [len(said_by("invalid-volume-path", body)) for body in (mount, listed, node)]
    assert found == [in_mount, in_items, on_node]
