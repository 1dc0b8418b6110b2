"""What kube.access reads out of objects, well-formed and otherwise."""

from typing import Any

import pytest

from chartgen.kube.access import (
    Image,
    PodSpec,
    get,
    is_dns_label,
    is_dns_subdomain,
    items,
    mapping,
    pod_spec,
    replicas,
    selects,
    service_selects,
    text,
)
from chartgen.location import Pointer


def pod(spec: dict[str, Any], **metadata: Any) -> PodSpec:
    found = pod_spec("Deployment", {"spec": {"template": {"metadata": metadata, "spec": spec}}})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "pointer"),
    [
        ("Pod", "/spec"),
        ("Deployment", "/spec/template/spec"),
        ("Job", "/spec/template/spec"),
        ("CronJob", "/spec/jobTemplate/spec/template/spec"),
    ],
)
def test_pod_spec_is_found_where_the_kind_keeps_it(kind: str, pointer: str) -> None:
    body: Any = {"containers": [{"name": "web"}]}
    labels = {"app": "web", "number": 1}
    for part in reversed(Pointer.parse(pointer).parts):
        body = {"metadata": {"labels": labels}, part: body}
    found = pod_spec(kind, body)
    assert found is not None
    assert (str(found.pointer), found.labels) == (pointer, {"app": "web"})
    assert str(found.labels_pointer) == pointer.removesuffix("spec") + "metadata/labels"
    assert [str(container.at("image")) for container in found.containers] == [pointer + "/containers/0/image"]


@pytest.mark.parametrize(
    "body", [{}, {"spec": None}, {"spec": {"template": []}}, {"spec": {"template": {"spec": "x"}}}]
)
def test_workload_without_a_pod_spec_has_none(body: dict[str, Any]) -> None:
    assert pod_spec("Deployment", body) is None
    assert pod_spec("Service", {"spec": {}}) is None


def test_containers_know_their_role_and_place() -> None:
    found = pod(
        {
            "initContainers": [{"name": "migrate"}, {"name": "mesh", "restartPolicy": "Always"}, "nonsense"],
            "containers": [{"image": "web:1"}],
            "ephemeralContainers": [{"name": "debug"}],
        }
    )
    assert [
        (c.title, c.role, c.long_running, str(c.pointer)[len("/spec/template/spec") :]) for c in found.containers
    ] == [
        ("init container 'migrate'", "init", False, "/initContainers/0"),
        ("sidecar 'mesh'", "sidecar", True, "/initContainers/1"),
        ("container 'containers[0]'", "main", True, "/containers/0"),
        ("ephemeral container 'debug'", "ephemeral", False, "/ephemeralContainers/0"),
    ]


def test_a_container_wins_over_its_pod() -> None:
    found = pod(
        {
            "securityContext": {"runAsUser": 1000, "runAsNonRoot": True},
            "containers": [{"name": "web", "securityContext": {"runAsUser": 0}}, {"name": "proxy"}],
        }
    )
    web, proxy = found.containers
    own = "/spec/template/spec/containers/0/securityContext/runAsUser"
    assert [(value, str(at)) for value, at in [found.effective(web, "runAsUser")]] == [(0, own)]
    value, at = found.effective(proxy, "runAsUser")
    assert (value, str(at)) == (1000, "/spec/template/spec/securityContext/runAsUser")
    assert found.effective(proxy, "runAsGroup")[0] is None


def test_null_is_not_a_setting_of_a_container() -> None:
    found = pod(
        {
            "securityContext": {"runAsUser": 1000, "runAsGroup": None},
            "containers": [{"name": "web", "securityContext": {"runAsUser": None, "runAsGroup": None}}],
        }
    )
    (web,) = found.containers
    value, at = found.effective(web, "runAsUser")
    assert (value, str(at)) == (1000, "/spec/template/spec/securityContext/runAsUser")
    value, at = found.effective(web, "runAsGroup")
    assert (value, str(at)) == (None, "/spec/template/spec/containers/0/securityContext/runAsGroup")


def test_capabilities_are_named_as_kubernetes_names_them() -> None:
    context = {"capabilities": {"add": ["CAP_NET_ADMIN", "sys_time", 7, None], "drop": "ALL"}}
    (container,) = pod({"containers": [{"securityContext": context}]}).containers
    assert (container.added, container.dropped) == (("NET_ADMIN", "SYS_TIME"), ())


@pytest.mark.parametrize("spec", [{"os": {"name": "windows"}}, {"nodeSelector": {"kubernetes.io/os": "windows"}}])
def test_windows_pods_are_known(spec: dict[str, Any]) -> None:
    assert pod(spec).is_windows
    assert not pod({}).is_windows


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("nginx", ("nginx", "", "")),
        ("nginx:1.27", ("nginx", "1.27", "")),
        ("localhost:5000/app", ("localhost:5000/app", "", "")),
        ("localhost:5000/app:v1", ("localhost:5000/app", "v1", "")),
        ("ghcr.io/a/b:v1@sha256:abc", ("ghcr.io/a/b", "v1", "sha256:abc")),
        ("ghcr.io/a/b@sha256:abc", ("ghcr.io/a/b", "", "sha256:abc")),
        ("", ("", "", "")),
    ],
)
def test_image_parts(reference: str, parts: tuple[str, str, str]) -> None:
    image = Image.parse(reference)
    assert (image.repository, image.tag, image.digest) == parts
    assert str(image) == reference


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, True),
        ({"matchLabels": {"app": "web"}}, True),
        ({"matchLabels": {"app": "web", "tier": "x"}}, False),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["api", "web"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}, False),
        ({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["web"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "Exists"}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}, False),
        ({"matchExpressions": [{"key": "app", "operator": "Is", "values": ["web"]}]}, False),
        ({"matchExpressions": ["app"]}, False),
        (None, False),
        ("app=web", False),
    ],
)
def test_label_selectors(selector: Any, expected: bool) -> None:
    assert selects(selector, {"app": "web"}) is expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"selector": {"app": "web"}}, True),
        ({"selector": {"app": "web", "tier": "front"}}, False),
        ({"selector": {}}, False),
        ({}, False),
        (None, False),
    ],
)
def test_service_selectors(spec: Any, expected: bool) -> None:
    assert service_selects({"spec": spec}, {"app": "web", "more": "labels"}) is expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [({}, 1), ({"replicas": 3}, 3), ({"replicas": "3"}, None), ({"replicas": True}, None), (None, 1)],
)
def test_replicas(spec: Any, expected: int | None) -> None:
    assert replicas({"spec": spec}) == expected


def test_wrong_shapes_read_as_nothing() -> None:
    body = {"a": [{"b": "text"}], "n": 1}
    assert get(body, "a", 0, "b") == "text"
    assert get(body, "a", -1, "b") == "text"
    for path in (("a", 1), ("a", "b"), ("n", "x"), ("a", 0, "b", 0), ("missing", "x")):
        assert get(body, *path) is None
        assert (mapping(body, *path), items(body, *path), text(body, *path)) == ({}, [], "")
    assert text(body, "n") == ""


@pytest.mark.parametrize(
    ("name", "label", "subdomain"),
    [
        ("web", True, True),
        ("a" * 63, True, True),
        ("a" * 64, False, True),
        ("a" * 254, False, False),
        ("web.example", False, True),
        ("Web", False, False),
        ("-web", False, False),
        ("web-", False, False),
        ("web\n", False, False),
        ("", False, False),
        ("a..b", False, False),
    ],
)
def test_dns_names(name: str, label: bool, subdomain: bool) -> None:
    assert (is_dns_label(name), is_dns_subdomain(name)) == (label, subdomain)
