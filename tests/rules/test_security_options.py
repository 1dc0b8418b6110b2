"""What the options of rules about rights change: an object and options in, the places of findings out.

The readings are those of kube-linter, kube-score, polaris and checkov, as their sources have them.
"""

import json
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.objects import parse
from chartgen.policy.options import read_options
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ObjectRule, ScenarioContext

DIGEST = "sha256:" + "4b" * 32


def places(rule_id: str, options: dict[str, Any], *bodies: dict[str, Any]) -> list[str]:
    """Where a rule with some options points in the first of some objects, seen among the others."""
    rule = catalogue.rule(rule_id)
    files = {f"templates/{number}.yaml": json.dumps(body) for number, body in enumerate(bodies)}
    ctx = ScenarioContext(ChartContext(Chart.of({})), "default", parsed=parse(files))
    judge = type(rule)(read_options(rule, options))
    assert isinstance(judge, ObjectRule)
    return [fault.place.pointer.dotted for fault in judge.check(ctx.objects[0], ctx)]


def pod(*containers: dict[str, Any], hook: str = "", **spec: Any) -> dict[str, Any]:
    """A pod of some containers; those without a name and an image get one."""
    named = [{"name": "web", "image": "example/web:1.2.0"} | container for container in containers]
    metadata = {"name": "web", "annotations": {"helm.sh/hook": hook}} if hook else {"name": "web"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": named} | spec}


def secured(**context: Any) -> dict[str, Any]:
    """A container with a security context."""
    return {"securityContext": context}


def mounting(path: str, *, mounted: bool = True, read_only: bool = False) -> dict[str, Any]:
    """A pod with one directory of its node."""
    mounts = [{"name": "host", "mountPath": "/host", "readOnly": read_only}] if mounted else []
    return pod({"volumeMounts": mounts}, volumes=[{"name": "host", "hostPath": {"path": path}}])


def role(*rules: dict[str, Any], kind: str = "ClusterRole") -> dict[str, Any]:
    """A role named web of some rules."""
    api = "rbac.authorization.k8s.io/v1"
    return {"apiVersion": api, "kind": kind, "metadata": {"name": "web"}, "rules": list(rules)}


def grant(group: str, resource: str, *verbs: str, **more: Any) -> dict[str, Any]:
    """One rule of a role."""
    return {"apiGroups": [group], "resources": [resource], "verbs": list(verbs)} | more


def binding(kind: str = "ClusterRoleBinding", name: str = "web", role_kind: str = "ClusterRole") -> dict[str, Any]:
    """A binding of the role web, or of another."""
    ref = {"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": name}
    subjects = [{"kind": "ServiceAccount", "name": "web", "namespace": "default"}]
    metadata = {"name": "web"}
    api = "rbac.authorization.k8s.io/v1"
    return {"apiVersion": api, "kind": kind, "metadata": metadata, "roleRef": ref, "subjects": subjects}


def env(name: str, value: str) -> dict[str, Any]:
    """A container with one variable."""
    return {"env": [{"name": name, "value": value}]}


BARE = pod({})
TEST = pod({}, hook="test")
NET_RAW = {"required": ["NET_RAW"], "unset": False, "added-back": True}
WIDE = grant("", "pods/exec", "create")

CASES: list[tuple[str, dict[str, Any], list[dict[str, Any]], int]] = [
    # Who is looked at
    ("writable-root-filesystem", {}, [TEST], 0),
    ("writable-root-filesystem", {"all-pods": True}, [TEST], 1),
    ("privilege-escalation-allowed", {"all-pods": True}, [pod({}, nodeSelector={"kubernetes.io/os": "windows"})], 1),
    # kube-linter: only what says so, and what amounts to it
    ("privilege-escalation-allowed", {"unset": False}, [BARE], 0),
    ("privilege-escalation-allowed", {"unset": False}, [pod(secured(privileged=True))], 0),
    ("privilege-escalation-allowed", {"unset": False, "implied": True}, [pod(secured(privileged=True))], 1),
    (
        "privilege-escalation-allowed",
        {"unset": False, "implied": True},
        [pod(secured(capabilities={"add": ["SYS_ADMIN"]}))],
        1,
    ),
    # Capabilities
    ("capabilities-not-dropped", {}, [pod(secured(privileged=True))], 0),
    ("capabilities-not-dropped", {"privileged": True}, [pod(secured(privileged=True))], 1),
    ("capabilities-not-dropped", {"required": ["NET_RAW"]}, [pod(secured(capabilities={"drop": ["NET_RAW"]}))], 0),
    ("capabilities-not-dropped", {"required": ["NET_RAW"]}, [pod(secured(capabilities={"drop": ["ALL"]}))], 0),
    ("capabilities-not-dropped", NET_RAW, [BARE], 0),
    ("capabilities-not-dropped", NET_RAW, [pod(secured(capabilities=None))], 0),
    ("capabilities-not-dropped", NET_RAW, [pod(secured(capabilities={}))], 1),
    ("capabilities-not-dropped", NET_RAW, [pod(secured(capabilities={"drop": ["ALL"], "add": ["NET_RAW"]}))], 1),
    ("capabilities-not-dropped", NET_RAW, [pod(secured(capabilities={"drop": ["ALL"], "add": ["CHOWN"]}))], 0),
    ("dangerous-capability", {"only": ["*"]}, [pod(secured(capabilities={"add": ["CHOWN"]}))], 1),
    ("dangerous-capability", {"allowed": []}, [pod(secured(capabilities={"add": ["CHOWN"]}))], 1),
    ("dangerous-capability", {"only": ["SYS_ADMIN"]}, [pod(secured(capabilities={"add": ["NET_ADMIN"]}))], 0),
    ("dangerous-capability", {"only": ["SYS_ADMIN"]}, [pod(secured(capabilities={"add": ["CAP_SYS_ADMIN"]}))], 1),
    # Root
    ("runs-as-root", {}, [pod(secured(runAsUser=0, runAsNonRoot=True))], 1),
    ("runs-as-root", {"contradictions": False}, [pod(secured(runAsUser=0, runAsNonRoot=True))], 0),
    ("runs-as-root", {"contradictions": False}, [pod(secured(runAsUser=0))], 1),
    (
        "runs-as-root",
        {"contradictions": False, "own-settings": True},
        [pod(secured(runAsUser=0), securityContext={"runAsNonRoot": True})],
        1,
    ),
    (
        "runs-as-root",
        {"contradictions": False, "own-settings": True},
        [pod(secured(runAsUser=0, runAsNonRoot=True), securityContext={"runAsNonRoot": True})],
        0,
    ),
    ("runs-as-root", {"root-group": True}, [pod(secured(runAsNonRoot=True, runAsGroup=0))], 1),
    ("runs-as-root", {}, [pod({}, hostUsers=False)], 0),
    ("runs-as-root", {"init-containers": False}, [pod(secured(runAsNonRoot=True), initContainers=[{"name": "a"}])], 0),
    ("low-user-id", {}, [pod(secured(runAsUser=10_000))], 0),
    ("low-user-id", {"minimum": 10_001}, [pod(secured(runAsUser=10_000))], 1),
    ("low-user-id", {"unset": False}, [BARE], 0),
    ("low-user-id", {"groups": True}, [BARE], 2),
    ("low-user-id", {}, [pod({}, hostUsers=False)], 0),
    # Seccomp
    ("missing-seccomp-profile", {}, [pod(secured(seccompProfile={"type": "Localhost"}))], 0),
    (
        "missing-seccomp-profile",
        {"accepted": ["RuntimeDefault"]},
        [pod(secured(seccompProfile={"type": "Localhost"}))],
        1,
    ),
    (
        "missing-seccomp-profile",
        {"accepted": ["RuntimeDefault"], "pod-decides": True},
        [
            pod(
                secured(seccompProfile={"type": "Localhost"}),
                securityContext={"seccompProfile": {"type": "RuntimeDefault"}},
            )
        ],
        0,
    ),
    ("missing-seccomp-profile", {"privileged": True}, [pod(secured(privileged=True))], 1),
    ("missing-security-context", {}, [BARE], 2),
    ("missing-security-context", {"pod": False}, [BARE], 1),
    ("missing-security-context", {"containers": False}, [BARE], 1),
    # The node
    ("host-namespace", {"namespaces": ["hostPID"]}, [pod({}, hostPID=True, hostIPC=True)], 1),
    ("host-port", {"allowed": ["8000-9000"]}, [pod({"ports": [{"containerPort": 80, "hostPort": 8080}]})], 0),
    ("host-port", {"allowed": ["8000-9000"]}, [pod({"ports": [{"containerPort": 80, "hostPort": 80}]})], 1),
    ("host-port", {"allowed": ["80", "x"]}, [pod({"ports": [{"containerPort": 80, "hostPort": 80}]})], 0),
    ("host-port", {}, [pod({"ports": [{"containerPort": 80, "hostPort": 80}]}, hostNetwork=True)], 0),
    ("host-port", {"on-host-network": True}, [pod({"ports": [{"hostPort": 80}]}, hostNetwork=True)], 1),
    ("host-path-volume", {"allowed": ["/var/log/*"]}, [mounting("/var/log/web")], 0),
    ("host-path-volume", {"only": ["/etc"]}, [mounting("/etc/")], 1),
    ("host-path-volume", {"only": ["/etc"]}, [mounting("/etc/ssl")], 0),
    ("host-path-volume", {"only-mounted": True}, [mounting("/etc", mounted=False)], 0),
    ("host-path-volume", {"only-writable": True}, [mounting("/etc", read_only=True)], 0),
    ("host-path-volume", {"only-writable": True}, [mounting("/etc")], 1),
    ("host-path-volume", {}, [mounting("/var/run/docker.sock")], 0),
    ("host-path-volume", {"sockets": True}, [mounting("/var/run/docker.sock")], 1),
    ("runtime-socket-mounted", {}, [mounting("/run/containerd")], 1),
    ("runtime-socket-mounted", {"folders": []}, [mounting("/run/containerd")], 0),
    ("runtime-socket-mounted", {"sockets": ["docker.sock"]}, [mounting("/run/podman/podman.sock")], 0),
    ("runtime-socket-mounted", {"only-mounted": True}, [mounting("/var/run/docker.sock", mounted=False)], 0),
    ("unmasked-proc-mount", {}, [pod(secured(procMount="Unmasked"), hostUsers=False)], 0),
    ("unmasked-proc-mount", {"pod-security": "restricted"}, [pod(secured(procMount="Unmasked"), hostUsers=False)], 1),
    (
        "unsafe-sysctl",
        {"only": ["net."]},
        [pod({}, securityContext={"sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "1"}]})],
        1,
    ),
    ("ssh-port", {"port": 2222}, [pod({"ports": [{"containerPort": 2222}]})], 1),
    ("ssh-port", {}, [pod({"ports": [{"containerPort": 22, "protocol": "UDP"}]})], 0),
    ("privileged-port", {"below": 80}, [pod({"ports": [{"containerPort": 80}]})], 0),
    # Accounts
    ("mounted-service-account-token", {}, [BARE], 0),
    ("mounted-service-account-token", {"demand": "pod"}, [BARE], 1),
    ("mounted-service-account-token", {"demand": "account"}, [BARE], 1),
    (
        "mounted-service-account-token",
        {"demand": "account"},
        [
            pod({}, serviceAccountName="web"),
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web"}}
            | {"automountServiceAccountToken": False},
        ],
        0,
    ),
    ("default-service-account", {}, [pod({}, automountServiceAccountToken=False)], 0),
    ("default-service-account", {"pods": False}, [BARE], 0),
    ("default-service-account", {"without-token": True}, [pod({}, automountServiceAccountToken=False)], 1),
    # Roles and bindings
    ("pod-exec-permissions", {}, [role(WIDE)], 1),
    ("pod-exec-permissions", {"only-bound": True}, [role(WIDE)], 0),
    ("pod-exec-permissions", {"only-bound": True}, [role(WIDE), binding()], 1),
    ("pod-exec-permissions", {}, [role(grant("*", "*", "*"))], 0),
    ("pod-exec-permissions", {"wildcards": True}, [role(grant("*", "*", "*"))], 1),
    ("pod-exec-permissions", {}, [role(grant("", "*/exec", "*"))], 1),
    ("pod-exec-permissions", {}, [role(grant("", "pods/exec", "create", resourceNames=["web"]))], 0),
    ("pod-exec-permissions", {"named": True}, [role(grant("", "pods/exec", "create", resourceNames=["web"]))], 1),
    ("pod-exec-permissions", {"verbs": ["create"]}, [role(grant("", "pods/exec", "get"))], 0),
    ("webhook-management-permissions", {}, [role(grant("*", "mutatingwebhookconfigurations", "delete"))], 1),
    ("pod-exec-permissions", {}, [role(grant("apps", "pods/exec", "create"))], 0),
    ("cluster-wide-secret-access", {}, [role(grant("", "secrets", "get")), binding("RoleBinding")], 0),
    (
        "cluster-wide-secret-access",
        {"namespaced": True},
        [role(grant("", "secrets", "get")), binding("RoleBinding")],
        1,
    ),
    ("cluster-wide-secret-access", {"verbs": ["delete"]}, [role(grant("", "secrets", "delete")), binding()], 1),
    (
        "cluster-wide-secret-access",
        {"named": True},
        [role(grant("", "secrets", "get", resourceNames=["web"])), binding()],
        1,
    ),
    ("cluster-admin-binding", {"namespaced": False}, [binding("RoleBinding", "cluster-admin")], 0),
    ("cluster-admin-binding", {"roles": ["admin"]}, [binding(name="admin")], 1),
    ("cluster-admin-binding", {}, [binding(), role(grant("*", "*", "*"))], 0),
    ("cluster-admin-binding", {"equivalents": True}, [binding(), role(grant("*", "*", "*"))], 1),
    ("escalation-verbs", {"verbs": ["escalate"]}, [role(grant("rbac.authorization.k8s.io", "roles", "bind"))], 0),
    ("escalation-verbs", {}, [role(grant("rbac.authorization.k8s.io", "rolebindings", "bind"))], 0),
    (
        "escalation-verbs",
        {"resources": ["rolebindings"]},
        [role(grant("rbac.authorization.k8s.io", "rolebindings", "bind"))],
        1,
    ),
    ("escalation-verbs", {}, [role(grant("example.com", "roles", "bind"))], 0),
    ("escalation-verbs", {}, [role(grant("authentication.k8s.io", "userextras/scopes", "impersonate"))], 1),
    ("escalation-verbs", {"wildcards": True}, [role(grant("rbac.authorization.k8s.io", "roles", "*"))], 1),
    ("escalation-verbs", {"named": True}, [role(grant("", "users", "impersonate", resourceNames=["web"]))], 1),
    ("wildcard-permissions", {}, [role(grant("example.com", "*", "*"))], 0),
    ("wildcard-permissions", {"custom-groups": True}, [role(grant("example.com", "*", "*"))], 1),
    ("wildcard-permissions", {"fields": ["apiGroups"]}, [role(grant("", "*", "*"))], 0),
    ("shared-account-permissions", {}, [binding() | {"subjects": [{"kind": "Group", "name": "system:masters"}]}], 1),
    (
        "shared-account-permissions",
        {},
        [binding(name="system:discovery") | {"subjects": [{"kind": "Group", "name": "system:authenticated"}]}],
        0,
    ),
    # Images
    ("floating-image-tag", {"tags": ["latest"]}, [pod({"image": "example/web:main"})], 0),
    ("floating-image-tag", {}, [pod({"image": "localhost:5000/web"})], 1),
    ("floating-image-tag", {"port-is-tag": True}, [pod({"image": "localhost:5000/web"})], 0),
    ("floating-image-tag", {"port-is-tag": True}, [pod({"image": "web"})], 1),
    ("unwanted-pull-policy", {}, [pod({"image": "web:latest"})], 0),
    ("unwanted-pull-policy", {"explicit": True}, [pod({"image": "web:latest"})], 1),
    ("unwanted-pull-policy", {}, [pod({"image": f"web@{DIGEST}", "imagePullPolicy": "IfNotPresent"})], 0),
    ("unwanted-pull-policy", {"digests": True}, [pod({"image": f"web@{DIGEST}"})], 1),
    ("unwanted-pull-policy", {"allowed": ["IfNotPresent"]}, [pod({"image": "web:latest"})], 1),
    ("unapproved-registry", {"allowed": ["docker.io/library"]}, [pod({"image": "nginx"})], 0),
    ("unapproved-registry", {"allowed": ["docker.io/library"]}, [pod({"image": "example/web"})], 1),
    ("unapproved-registry", {"allowed": ["*.example.com"]}, [pod({"image": "eu.example.com:5000/web"})], 1),
    ("unapproved-registry", {"allowed": ["*.example.com*"]}, [pod({"image": "eu.example.com:5000/web"})], 0),
    ("unapproved-registry", {"blocked": ["docker.io"]}, [pod({"image": "index.docker.io/example/web"})], 1),
    ("missing-image-pull-secret", {}, [BARE], 1),
    ("missing-image-pull-secret", {"registries": ["ghcr.io"]}, [BARE], 0),
    # Secrets
    ("literal-secret-in-env", {}, [pod(env("MY_SECRETS", "x"))], 0),
    ("literal-secret-in-env", {"names": ["*secret*"]}, [pod(env("MY_SECRETS", "x"))], 1),
    ("literal-secret-in-env", {"names": ["*secret*"]}, [pod(env("MY_SECRETS", ""))], 0),
    ("literal-secret-in-env", {"names": ["*secret*"]}, [pod(env("DB_PASSWORD", "hunter2"))], 0),
    (
        "secret-in-environment",
        {"env-from": False},
        [pod({"envFrom": [{"secretRef": {"name": "web"}}]})],
        0,
    ),
    (
        "secret-in-configmap",
        {"names": ["*token*"]},
        [
            {
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": {"name": "web"},
                "data": {"token-ttl": "1h", "PASSWORD": "x"},
            }
        ],
        1,
    ),
]


@pytest.mark.parametrize(
    ("rule_id", "options", "bodies", "count"),
    [pytest.param(*case, id=f"{case[0]} {number}") for number, case in enumerate(CASES)],
)
def test_options_change_what_is_found(
    rule_id: str, options: dict[str, Any], bodies: list[dict[str, Any]], count: int
) -> None:
    assert len(places(rule_id, options, *bodies)) == count
