"""What the API server refuses although no schema says so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.test_edges import faults, pod_of, service


def said_by(rule_id: str, body: dict[str, Any]) -> list[str]:
    """What a rule finds in an object, without the object's name in front."""
    return [fault.message.partition(": ")[2] for fault in faults(rule_id, body)]


@pytest.mark.parametrize(
    ("containers", "pod", "said"),
    [
        ([{"name": "a"}, {"name": "b"}], {"initContainers": [{"name": "a"}]}, ["container 'a' is there twice"]),
        (
            [{"name": "a"}],
            {"volumes": [{"name": "v"}, {"name": "v"}, {"name": "v"}]},
            ["volume 'v' is there twice"] * 2,
        ),
        (
            [
                {"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/x"}, {"name": "w", "mountPath": "/x"}]},
                {"name": "b", "volumeMounts": [{"name": "v", "mountPath": "/x"}]},
            ],
            {"volumes": [{"name": "v"}, {"name": "w"}]},
            ["container 'a': mount path '/x' is there twice"],
        ),
        # A variable may be there twice, and a volume may be called like a container.
        ([{"name": "a", "env": [{"name": "A"}, {"name": "A"}]}], {"volumes": [{"name": "a"}]}, []),
        ([{"name": "a", "volumeMounts": None}], {"volumes": None}, []),
    ],
)
def test_entries_of_pods(containers: list[dict[str, Any]], pod: dict[str, Any], said: list[str]) -> None:
    assert said_by("duplicate-list-entry", pod_of(*containers, pod=pod)) == said


def test_ports_of_services() -> None:
    same = [{"name": "a", "port": 53, "protocol": "UDP"}, {"name": "a", "port": 53}, {"name": "b", "port": 53}]
    assert said_by("duplicate-list-entry", service(*same)) == [
        "port 'a' is there twice",
        "port 53 (TCP) is there twice",
    ]
    assert said_by("duplicate-list-entry", service({"port": 80, "targetPort": 1}, {"port": 81, "targetPort": 1})) == []


@pytest.mark.parametrize(
    ("container", "said"),
    [
        ({"env": [{"name": "A", "value": "", "valueFrom": {"secretKeyRef": {}}}]}, []),
        ({"env": [{"name": "A", "value": "1", "valueFrom": None}]}, []),
        ({"env": [{"name": "A", "value": "1", "valueFrom": {}}]}, ["variable 'A' has value and valueFrom"]),
        (
            {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {}, "fieldRef": {}}}]},
            ["variable 'A' has fieldRef and secretKeyRef"],
        ),
        ({"livenessProbe": {"httpGet": {}, "grpc": {}, "exec": None}}, ["livenessProbe has httpGet and grpc"]),
        ({"startupProbe": {"tcpSocket": {}, "periodSeconds": 5}}, []),
        ({"lifecycle": {"preStop": {"exec": {}, "sleep": {}}}}, ["preStop has exec and sleep"]),
    ],
)
def test_choices_in_containers(container: dict[str, Any], said: list[str]) -> None:
    assert said_by("conflicting-fields", pod_of(container)) == [
        f"container 'web': {one}, of which Kubernetes takes one" for one in said
    ]


def test_sources_of_volumes_and_peers_of_policies() -> None:
    volumes: list[dict[str, Any]] = [
        {"name": "a", "emptyDir": {}, "secret": None},
        {"name": "b", "emptyDir": {}, "nfs": {}, "csi": {}},
    ]
    assert said_by("conflicting-fields", pod_of({}, pod={"volumes": volumes})) == [
        "volume 'b' has emptyDir and nfs and csi, of which Kubernetes takes one"
    ]
    peers: list[dict[str, Any]] = [
        {"podSelector": {}, "namespaceSelector": {}},
        {"ipBlock": {}, "namespaceSelector": {}},
    ]
    policy: dict[str, Any] = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "web"},
        "spec": {"egress": [{"to": peers}, {}]},
    }
    assert said_by("conflicting-fields", policy) == [
        "a peer in egress has ipBlock and namespaceSelector, of which Kubernetes takes one"
    ]


@pytest.mark.parametrize(("name", "shown"), [(True, "true"), (12, "12")])
def test_a_name_that_is_no_text_is_shown_as_yaml_writes_it(name: Any, shown: str) -> None:
    pod = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}}
    assert [fault.message for fault in faults("invalid-object-name", pod)] == [
        f"ConfigMap/{shown}: the name {shown} is not text"
    ]
