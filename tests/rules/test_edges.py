"""Where the rules draw their lines: cases too many for their pages, as objects in and messages out."""

from collections.abc import Iterable
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.objects import parse
from chartgen.findings import Severity
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, Fault, ObjectRule, ScenarioContext
from chartgen.rules.catalogue import facts
from chartgen.yamlwrite import dump


def faults(rule_id: str, *bodies: dict[str, Any]) -> list[Fault]:
    """What a rule finds in some objects."""
    rule = catalogue.rule(rule_id)
    assert isinstance(rule, ObjectRule)
    files = {f"templates/{number}.yaml": dump(body) for number, body in enumerate(bodies)}
    ctx = ScenarioContext(ChartContext(Chart.of({})), "default", parsed=parse(files))
    assert not ctx.bad
    seen = [obj for obj in ctx.objects if facts(rule_id).applies(obj.kind, hook=bool(obj.hooks))]
    return [fault for obj in seen for fault in rule.check(obj, ctx)]


def messages(rule_id: str, *bodies: dict[str, Any]) -> list[str]:
    return [fault.message for fault in faults(rule_id, *bodies)]


def pod_of(*containers: dict[str, Any], kind: str = "Deployment", **fields: Any) -> dict[str, Any]:
    """A workload named web whose pods carry the label app: web; ``spec`` and ``pod`` add to its specs."""
    named = [{"name": "web", "image": "example/web:1.0.0"} | container for container in containers]
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": named} | fields.get("pod", {})}
    metadata = {"name": "web", "annotations": fields.get("annotations", {})}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata} | {
        "spec": {"template": template} | fields.get("spec", {})
    }


def service(*ports: dict[str, Any], **spec: Any) -> dict[str, Any]:
    listed = list(ports) or [{"port": 80}]
    body = {"selector": {"app": "web"}, "ports": listed} | spec
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "front"}, "spec": body}


def budget(**spec: Any) -> dict[str, Any]:
    selector = {"selector": {"matchLabels": {"app": "web"}}}
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": "web"},
        "spec": selector | spec,
    }


def scaler(kind: str = "HorizontalPodAutoscaler", **spec: Any) -> dict[str, Any]:
    target = {"scaleTargetRef": {"kind": "Deployment", "name": "web"}}
    return {"apiVersion": "autoscaling/v2", "kind": kind, "metadata": {"name": "web"}, "spec": target | spec}


@pytest.mark.parametrize(
    ("image", "cure"),
    [
        ("nginx", None),
        ("nginx:1.27", None),
        ("localhost:5000/app", None),
        ("[::1]:5000/app:v1", None),
        ("Registry.example.com/app:V1_x", None),
        ("a/b__c/d-e:1.0.0-rc.1", None),
        ("a/b@sha256:" + "a" * 64, None),
        ("a/b:1.0@sha256:" + "a" * 64, None),
        ("nginx:", "the tag is empty: fall back to .Chart.AppVersion, or leave the colon out"),
        ("nginx: 1.27", "remove the space"),
        ("nginx:5.8467965e+07", "the tag was a number: quote it in the values and print it with toString"),
        ("nginx:sha256:" + "a" * 64, "join a digest with '@' instead of ':'"),
        ("nginx:%!s(<nil>)", "a value is missing: make it required or give it a default"),
        ("/nginx:1.27", "the registry in front of '/' is empty"),
        ("docker://nginx:1.27", "an image has no scheme: remove what stands before '//'"),
        ("example/Web:1.0", "repositories are written in lower case"),
        ("a//b:1", "write it as registry/repository:tag or registry/repository@sha256:digest"),
        ("a/b@sha256:abc", "write it as registry/repository:tag or registry/repository@sha256:digest"),
        ("a/b:" + "x" * 129, "write it as registry/repository:tag or registry/repository@sha256:digest"),
        ("", "set the image, or make the value required"),
    ],
)
def test_image_references(image: str, cure: str | None) -> None:
    found = faults("malformed-image", pod_of({"image": image}))
    assert [fault.help for fault in found] == ([cure] if cure else [])


@pytest.mark.parametrize(
    ("container", "message"),
    [({"image": None}, "has an empty image"), ({"image": 7}, "has the image 7, which is not text")],
)
def test_images_that_are_no_text(container: dict[str, Any], message: str) -> None:
    assert messages("malformed-image", pod_of(container)) == [f"Deployment/web: container 'web' {message}"]


@pytest.mark.parametrize(
    ("image", "is_floating"),
    [
        ("nginx:Latest", True),
        ("nginx:main", True),
        ("nginx:1", False),
        ("nginx:1.27-latest", False),
        ("nginx@sha256:" + "a" * 64, False),
        ("auto", False),
        ("nginx:", False),  # malformed-image says it
        ("", False),
    ],
)
def test_floating_tags(image: str, is_floating: bool) -> None:
    assert bool(messages("floating-image-tag", pod_of({"image": image}))) is is_floating


@pytest.mark.parametrize(
    ("image", "is_frozen"),
    [
        ("k8s.gcr.io/pause:3.6", True),
        ("gcr.io/google_containers/pause:3.6", True),
        ("bitnami/redis:7.4", True),
        ("docker.io/bitnami/redis:7.4", True),
        ("docker.io/bitnami/redis:latest", False),
        ("registry.example.com/bitnami/redis:7.4", False),
        ("bitnamilegacy/redis:7.4", True),
        ("gcr.io/distroless/static:nonroot", False),
        ("registry.k8s.io/pause:3.10", False),
    ],
)
def test_frozen_registries(image: str, is_frozen: bool) -> None:
    assert bool(messages("frozen-image-registry", pod_of({"image": image}))) is is_frozen


@pytest.mark.parametrize(
    ("spec", "replicas", "is_blocked"),
    [
        ({"minAvailable": 1}, 1, True),
        ({"minAvailable": 1}, 2, False),
        ({"minAvailable": 2}, 2, True),
        ({"minAvailable": "50%"}, 1, True),
        ({"minAvailable": "50%"}, 2, False),
        ({"minAvailable": "51%"}, 2, True),
        ({"minAvailable": "100%"}, 9, True),
        ({"maxUnavailable": 0}, 9, True),
        ({"maxUnavailable": "0%"}, 9, True),
        ({"maxUnavailable": "1%"}, 1, False),
        ({"maxUnavailable": 1}, 1, False),
        ({"minAvailable": 1}, 0, False),
        ({"minAvailable": 1}, "two", False),
        ({}, 1, False),
    ],
)
def test_disruption_budgets(spec: dict[str, Any], replicas: Any, is_blocked: bool) -> None:
    found = messages("disruption-budget-blocks-eviction", budget(**spec), pod_of(spec={"replicas": replicas}))
    assert bool(found) is is_blocked


def test_an_autoscaler_decides_how_many_pods_there_are() -> None:
    web = pod_of()
    assert messages("disruption-budget-blocks-eviction", budget(minAvailable=2), web, scaler(minReplicas=2)) == [
        "PodDisruptionBudget/web: minAvailable: 2 demands each of the 2 pods it selects, so none may be evicted"
    ]
    assert not messages("disruption-budget-blocks-eviction", budget(minAvailable=2), web, scaler(minReplicas=3))
    assert messages("missing-disruption-budget", web, scaler(minReplicas=3)) == [
        "Deployment/web: runs 3 pods or more without a PodDisruptionBudget: a drain may evict all at once"
    ]
    assert not messages("missing-disruption-budget", web, scaler())
    assert not messages("missing-disruption-budget", web, scaler("ScaledObject"))
    assert messages("missing-disruption-budget", web, scaler("ScaledObject", minReplicaCount=2))


def test_replicas_beside_an_autoscaler() -> None:
    fixed = pod_of(spec={"replicas": 2})
    assert messages("replicas-beside-hpa", fixed, scaler("ScaledObject")) == [
        "Deployment/web: renders replicas: 2 although ScaledObject/web scales it"
    ]
    other = scaler(scaleTargetRef={"kind": "StatefulSet", "name": "web"})
    assert not messages("replicas-beside-hpa", fixed, other)
    assert not messages("replicas-beside-hpa", pod_of(spec={"replicas": None}), scaler())


@pytest.mark.parametrize(
    ("strategy", "replicas", "is_down"),
    [
        ({}, 1, False),
        ({"type": "Recreate"}, 1, False),
        ({"type": "Recreate"}, 2, True),
        ({"rollingUpdate": {"maxUnavailable": 1}}, 1, True),
        ({"rollingUpdate": {"maxUnavailable": 1}}, 2, False),
        ({"rollingUpdate": {"maxUnavailable": "25%"}}, 1, False),
        ({"rollingUpdate": {"maxUnavailable": "100%"}}, 3, True),
        ({"rollingUpdate": {"maxUnavailable": "99%"}}, 3, False),
        ({"rollingUpdate": {"maxUnavailable": 1}}, 0, False),
    ],
)
def test_rollouts(strategy: dict[str, Any], replicas: int, is_down: bool) -> None:
    web = pod_of(spec={"strategy": strategy, "replicas": replicas})
    assert bool(messages("rollout-stops-all-pods", web, service())) is is_down
    assert not messages("rollout-stops-all-pods", web), "nobody sends it requests"


HTTP = {"ports": [{"name": "http", "containerPort": 8080}]}


@pytest.mark.parametrize(
    ("front", "containers", "asked"),
    [
        (service({"port": 80, "targetPort": "http"}), [HTTP], ["web"]),
        (service({"port": 80, "targetPort": 8080}), [HTTP, {"name": "proxy"}], ["web"]),
        (service({"port": 8080}), [HTTP, {"name": "proxy"}], ["web"]),
        (service({"port": 80}), [{}], ["web"]),
        (service({"port": 80}), [HTTP, {"name": "proxy"}], []),
        (service({"port": 80, "targetPort": "http"}), [HTTP | {"readinessProbe": {"tcpSocket": {"port": 1}}}], []),
        (service({"port": 80, "targetPort": "http"}, publishNotReadyAddresses=True), [HTTP], []),
        (service({"port": 80, "targetPort": "http", "name": "http-metrics"}), [HTTP], []),
        (service(selector={"app": "other"}), [HTTP], []),
        (service(selector=None), [HTTP], []),
    ],
)
def test_who_needs_a_readiness_probe(front: dict[str, Any], containers: list[dict[str, Any]], asked: list[str]) -> None:
    found = messages("missing-readiness-probe", front, pod_of(*containers))
    assert found == [
        f"Deployment/web: container {name!r} has no readiness probe, and Service/front sends it requests"
        for name in asked
    ]


def test_identical_probes_compare_patience() -> None:
    ask = {"httpGet": {"path": "/", "port": 80}}

    def found(liveness: dict[str, Any], readiness: dict[str, Any]) -> bool:
        probes = {"livenessProbe": ask | liveness, "readinessProbe": ask | readiness}
        return bool(messages("identical-probes", pod_of(probes)))

    assert found({}, {})
    assert found({"periodSeconds": 5}, {})
    assert not found({"failureThreshold": 6}, {})
    assert not found({"periodSeconds": 30}, {})
    assert not found({"httpGet": {"path": "/live", "port": 80}}, {})
    assert not messages("identical-probes", pod_of({"livenessProbe": ask}))
    assert not messages("identical-probes", pod_of({"livenessProbe": {}, "readinessProbe": {}}))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("512Mi", None),
        ("1.5Gi", None),
        (0, None),
        (None, None),
        ("512m", "is '512m', which means 0.512 bytes"),
        (512, "is 512, which means 512 bytes"),
        ("500MB", "is '500MB', which is not a quantity"),
        ("-1Gi", "is '-1Gi', less than nothing"),
        (True, "is True, which is not a quantity"),
    ],
)
def test_quantities(value: Any, said: str | None) -> None:
    found = messages("impossible-quantity", pod_of({"resources": {"limits": {"memory": value, "cpu": "100m"}}}))
    assert found == ([f"Deployment/web: the memory limit of container 'web' {said}"] if said else [])


def test_a_limit_is_a_request_and_a_pod_may_speak_for_its_containers() -> None:
    limits = {"resources": {"limits": {"cpu": 1, "memory": "1Gi"}}}
    for rule_id in ("missing-cpu-request", "missing-memory-request", "missing-memory-limit"):
        assert not messages(rule_id, pod_of(limits)), rule_id
        assert not messages(rule_id, pod_of({}, pod=limits)), rule_id
        assert messages(rule_id, pod_of({})), rule_id
        assert not messages(rule_id, pod_of({}, annotations={"helm.sh/hook": "pre-install"})), rule_id
    init = {
        "initContainers": [
            {"name": "init", "image": "x:1"},
            {"name": "mesh", "image": "x:1", "restartPolicy": "Always"},
        ]
    }
    assert messages("missing-memory-limit", pod_of(limits, pod=init)) == [
        "Deployment/web: sidecar 'mesh' has no memory limit"
    ]


HARDENED = {
    "allowPrivilegeEscalation": False,
    "runAsNonRoot": True,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


@pytest.mark.parametrize(
    ("rule_id", "field"),
    [
        ("privilege-escalation-allowed", "allowPrivilegeEscalation"),
        ("runs-as-root", "runAsNonRoot"),
        ("writable-root-filesystem", "readOnlyRootFilesystem"),
        ("capabilities-not-dropped", "capabilities"),
        ("missing-seccomp-profile", "seccompProfile"),
    ],
)
def test_each_hardening_is_asked_for_by_one_rule(rule_id: str, field: str) -> None:
    without = {key: value for key, value in HARDENED.items() if key != field}
    assert not messages(rule_id, pod_of({"securityContext": HARDENED}))
    assert len(messages(rule_id, pod_of({"securityContext": without}))) == 1
    assert not messages(rule_id, pod_of({}, pod={"os": {"name": "windows"}}))
    assert not messages(rule_id, pod_of({}, annotations={"helm.sh/hook": "test"}))
    assert messages(rule_id, pod_of({}, annotations={"helm.sh/hook": "pre-install"}))


def test_a_container_that_cannot_start_is_worse_than_one_that_runs_as_root() -> None:
    (fault,) = faults("runs-as-root", pod_of({"securityContext": {"runAsUser": 0, "runAsNonRoot": True}}))
    assert fault.severity is Severity.ERROR
    assert fault.message == "Deployment/web: container 'web' cannot start: runAsUser is 0 while runAsNonRoot is true"


@pytest.mark.parametrize(
    ("path", "read_only", "severity"),
    [
        ("/", True, Severity.WARNING),
        ("/", False, Severity.ERROR),
        ("/etc/cni/net.d/", False, Severity.ERROR),
        ("/etcetera", False, Severity.WARNING),
        ("/run", False, Severity.ERROR),
        ("/run/fluent-bit", False, Severity.WARNING),
        ("/srv/data", False, Severity.WARNING),
    ],
)
def test_host_paths(path: str, read_only: bool, severity: Severity) -> None:
    mount = {"volumeMounts": [{"name": "x", "mountPath": "/x", "readOnly": read_only}]}
    web = pod_of(mount, pod={"volumes": [{"name": "x", "hostPath": {"path": path}}]})
    (fault,) = faults("host-path-volume", web)
    assert (fault.severity or fault.rule.severity) is severity
    assert not faults("runtime-socket-mounted", web)


@pytest.mark.parametrize(
    "path", ["/var/run/docker.sock", "/run/containerd/containerd.sock", "/run/containerd/", "/var/run/crio"]
)
def test_runtime_sockets(path: str) -> None:
    web = pod_of({}, pod={"volumes": [{"name": "x", "hostPath": {"path": path}}]})
    assert len(messages("runtime-socket-mounted", web)) == 1
    assert not messages("host-path-volume", web)


def test_capabilities_are_reported_together() -> None:
    context = {"capabilities": {"add": ["CHOWN", "CAP_NET_ADMIN", "SYS_ADMIN"]}}
    (fault,) = faults("dangerous-capability", pod_of({"securityContext": context}))
    assert fault.message == "Deployment/web: container 'web' adds NET_ADMIN, SYS_ADMIN"
    assert str(fault.place.pointer).endswith("/capabilities/add/1")
    assert not messages("privilege-escalation-allowed", pod_of({"securityContext": context}))


def account(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web"}} | fields


def binding(kind: str = "RoleBinding", role: str = "web", **subject: Any) -> dict[str, Any]:
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": kind,
        "metadata": {"name": "web"},
        "roleRef": {"kind": "ClusterRole", "name": role},
        "subjects": [{"kind": "ServiceAccount", "name": "web"} | subject],
    }


@pytest.mark.parametrize(
    ("pod", "others", "is_found"),
    [
        ({}, [], True),
        ({"serviceAccountName": "web"}, [account()], True),
        ({"serviceAccountName": "web"}, [], False),
        ({"serviceAccountName": "web"}, [account(automountServiceAccountToken=False)], False),
        ({"serviceAccountName": "web"}, [account(automountServiceAccountToken=True)], False),
        ({"serviceAccountName": "web", "automountServiceAccountToken": True}, [account()], False),
        ({"serviceAccountName": "web"}, [account(), binding()], False),
        ({"serviceAccountName": "web"}, [account(), binding("ClusterRoleBinding", name="other")], True),
    ],
)
def test_tokens_nobody_needs(pod: dict[str, Any], others: Iterable[dict[str, Any]], is_found: bool) -> None:
    assert bool(messages("mounted-service-account-token", pod_of({}, pod=pod), *others)) is is_found


def role(kind: str = "ClusterRole", **rule: Any) -> dict[str, Any]:
    return {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": {"name": "web"}, "rules": [rule]}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}, "every verb on every resource of every API group"),
        ({"apiGroups": [""], "resources": ["*"], "verbs": ["get"]}, "get on every resource of the core group"),
        ({"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["*"]}, "every verb on deployments of apps"),
        (
            {"apiGroups": [""], "resources": list("abcdef"), "verbs": ["*"]},
            "every verb on a, b, c, d and 2 more of the core group",
        ),
        ({"apiGroups": ["x.k8s.io"], "resources": ["*"], "verbs": ["get"]}, "get on every resource of x.k8s.io"),
        ({"apiGroups": ["example.com"], "resources": ["*"], "verbs": ["*"]}, None),
        ({"nonResourceURLs": ["*"], "verbs": ["get"]}, None),
        ({"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}, None),
    ],
)  # fmt: skip
def test_wildcards(rule: dict[str, Any], said: str | None) -> None:
    assert messages("wildcard-permissions", role(**rule)) == ([f"ClusterRole/web: grants {said}"] if said else [])


def test_escalation_means_something_on_some_resources_only() -> None:
    rbac = {"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["bind"]}
    assert messages("escalation-verbs", role(**rbac))
    assert not messages("escalation-verbs", role(**rbac, resourceNames=["view"]))
    assert not messages("escalation-verbs", role(**(rbac | {"resources": ["pods"]})))


def test_secrets_are_read_cluster_wide_only_through_a_cluster_role_binding() -> None:
    reads = {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]}
    rule_id = "cluster-wide-secret-access"
    assert messages(rule_id, role(**reads), binding("ClusterRoleBinding")) == [
        "ClusterRole/web: reads every Secret of the cluster"
    ]
    assert not messages(rule_id, role(**reads), binding("RoleBinding"))
    assert not messages(rule_id, role(**reads, resourceNames=["web"]), binding("ClusterRoleBinding"))
    assert not messages(rule_id, role(**(reads | {"verbs": ["create"]})), binding("ClusterRoleBinding"))


def test_cluster_admin_in_a_namespace() -> None:
    assert messages("cluster-admin-binding", binding(role="cluster-admin")) == [
        "RoleBinding/web: gives its subjects every right in the namespace (cluster-admin)"
    ]
    assert not messages("cluster-admin-binding", binding(role="admin"))


@pytest.mark.parametrize(
    ("key", "value", "is_found"),
    [
        ("DB_PASSWORD", "hunter2", True),
        ("DB_PASSWORD", "", False),
        ("app.properties", "db.password=hunter2\n", True),
        ("app.properties", "# db.password=hunter2\ndb.password=${DB_PASSWORD}\n", False),
        ("config.yaml", 'database:\n  password: "hunter2"\n', True),
        ("config.yaml", "database:\n  passwordFile: /x\n  password: \n  user: web\n", False),
        ("notes.md", "password: hunter2\n", False),
        ("token", "a longer text\nof several lines", False),
    ],
)
def test_configmaps(key: str, value: str, is_found: bool) -> None:
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web"}, "data": {key: value}}
    assert bool(messages("secret-in-configmap", body)) is is_found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("auth:\n  password: hunter2\n", ["auth.password"]),
        ("minio:\n  accessKey: grafana\n  secretKey: supersecret\n", ["minio.secretKey"]),
        ("auth:\n  secretName: web\n  secretKey: value\n", []),
        ("auth:\n  passwordSecretKey: admin-password\n  clusterSecretKey: cluster\n", []),
        ("users:\n  - name: web\n    password: hunter2\n", ["users[0].password"]),
        ("auth:\n  password: ''\n  token: 3\n  existingSecretPassword: x\n", []),
        ("auth:\n  password:\n    secretName: web\n", []),
        ("existingSecrets:\n  webToken: web-token\n", []),
    ],
)
def test_values(values: str, found: list[str]) -> None:
    rule = catalogue.rule("default-password-in-values")
    ctx = ChartContext(Chart.of({"values.yaml": values}))
    told = [fault.message for fault in rule.check(ctx)]  # type: ignore[attr-defined]
    assert told == [f"values.yaml: {place} is a secret that every installation shares" for place in found]


@pytest.mark.parametrize(
    ("hook", "grace", "seconds"),
    [
        ({"sleep": {"seconds": 30}}, None, 30),
        ({"sleep": {"seconds": 29}}, None, None),
        ({"sleep": {"seconds": 5}}, 5, 5),
        ({"sleep": {"seconds": 5}}, 0, None),
        ({"exec": {"command": ["/bin/sleep", "40"]}}, None, 40),
        ({"exec": {"command": ["/bin/sh", "-c", "sleep 40; nginx -s quit"]}}, None, 40),
        ({"exec": {"command": ["sh", "-c", "nginx -s quit; sleep 40"]}}, None, None),
        ({"exec": {"command": ["sleep", "4"]}}, "5", None),
        ({"httpGet": {"path": "/stop", "port": 80}}, 1, None),
    ],
)
def test_sleeps_before_stopping(hook: dict[str, Any], grace: Any, seconds: int | None) -> None:
    web = pod_of({"lifecycle": {"preStop": hook}}, pod={"terminationGracePeriodSeconds": grace})
    told = f"Deployment/web: container 'web' sleeps {seconds} s before it stops, and is killed after {grace or 30} s"
    assert messages("pre-stop-outlasts-grace-period", web) == ([told] if seconds else [])
