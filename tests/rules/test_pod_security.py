"""The profiles pss-baseline and pss-restricted admit what Kubernetes' admission controller admits, and nothing else.

The cases follow https://kubernetes.io/docs/concepts/security/pod-security-standards/ as of Kubernetes 1.37, control by
control. Each changes one thing of a pod that every level admits.
"""

import json
from functools import cache
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.objects import parse
from chartgen.policy.model import Policy
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ObjectRule, Profile, ScenarioContext

LEVELS = (Profile.PSS_BASELINE, Profile.PSS_RESTRICTED)

SAFE_CONTAINER = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
SAFE_POD = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}


@cache
def rules_of(level: Profile) -> tuple[ObjectRule, ...]:
    """The rules of a level, with its reading; the index is left aside, so that a new rule counts at once."""
    policy = Policy(profile=level)
    found = [rule.id for rule in catalogue.all_rules() if level.includes(rule.profile, rule.pod_security)]
    rules = [policy.rule(rule_id) for rule_id in found]
    return tuple(rule for rule in rules if isinstance(rule, ObjectRule))


def admitted(pod: dict[str, Any]) -> str:
    """The strictest level that a pod passes: ``restricted``, ``baseline`` or ``privileged``."""
    bodies = [
        pod,
        {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "w"}, "spec": {"template": pod}},
    ]
    passed = []
    for body in bodies:
        parsed = parse({"templates/pod.yaml": json.dumps(body)})
        ctx = ScenarioContext(ChartContext(Chart.of({})), "default", parsed=parsed)
        free = [
            not any(True for rule in rules_of(level) for _ in rule.check(parsed.objects[0], ctx)) for level in LEVELS
        ]
        passed.append("restricted" if all(free) else "baseline" if free[0] else "privileged")
    assert len(set(passed)) == 1, f"a pod and its template are judged alike: {passed}"
    return passed[0]


def pod(
    context: dict[str, Any] | None = None,
    own: dict[str, Any] | None = None,
    annotations: dict[str, str] | None = None,
    /,
    **spec: Any,
) -> dict[str, Any]:
    """A pod that every level admits, with fields of the pod's and of its container's security context replaced."""
    container = {"name": "web", "image": "web:1", "securityContext": SAFE_CONTAINER | (own or {})}
    body = {"securityContext": SAFE_POD | (context or {}), "containers": [container]}
    metadata = {"name": "web", "annotations": annotations or {}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": body | spec}


def with_container(**fields: Any) -> dict[str, Any]:
    """The pod, with fields of its container replaced."""
    return pod(containers=[{"name": "web", "image": "web:1", "securityContext": SAFE_CONTAINER} | fields])


def extra(key: str, context: dict[str, Any]) -> dict[str, Any]:
    """The pod with one container more, of another sort."""
    return pod(**{key: [{"name": "more", "image": "more:1", "securityContext": context}]})


def volume(**source: Any) -> dict[str, Any]:
    """The pod with one volume."""
    return pod(volumes=[{"name": "data"} | source])


def sysctl(name: str) -> dict[str, Any]:
    """The pod with one kernel parameter."""
    return pod({"sysctls": [{"name": name, "value": "1"}]})


WINDOWS: dict[str, Any] = {"os": {"name": "windows"}}
USER_NAMESPACE: dict[str, Any] = {"hostUsers": False}
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/web"

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("nothing changed", pod(), "restricted"),
    ("nothing said at all", pod(securityContext={}, containers=[{"name": "web", "image": "web:1"}]), "baseline"),
    # Baseline: HostProcess
    ("host process of the pod", pod({"windowsOptions": {"hostProcess": True}}, **WINDOWS), "privileged"),
    ("host process of a container", pod(None, {"windowsOptions": {"hostProcess": True}}), "privileged"),
    ("host process false", pod({"windowsOptions": {"hostProcess": False}}), "restricted"),
    # Baseline: host namespaces
    *[(f"{field} true", pod(**{field: True}), "privileged") for field in ("hostNetwork", "hostPID", "hostIPC")],
    *[(f"{field} false", pod(**{field: False}), "restricted") for field in ("hostNetwork", "hostPID", "hostIPC")],
    # Baseline: privileged containers
    ("privileged", pod(None, {"privileged": True}), "privileged"),
    ("not privileged", pod(None, {"privileged": False}), "restricted"),
    # Baseline and restricted: capabilities
    *[
        (f"adds {name}", pod(None, {"capabilities": {"drop": ["ALL"], "add": [name]}}), level)
        for name, level in {
            "NET_BIND_SERVICE": "restricted",
            "CHOWN": "baseline",
            "SYS_ADMIN": "privileged",
            "NET_RAW": "privileged",
            "CAP_CHOWN": "privileged",
            "chown": "privileged",
        }.items()
    ],
    ("drops all in small letters", pod(None, {"capabilities": {"drop": ["all"]}}), "baseline"),
    ("drops NET_RAW only", pod(None, {"capabilities": {"drop": ["NET_RAW"]}}), "baseline"),
    ("drops nothing", pod(None, {"capabilities": {}}), "baseline"),
    # Baseline: hostPath volumes
    ("a hostPath", volume(hostPath={"path": "/srv"}), "privileged"),
    ("a hostPath without a path", volume(hostPath={}), "privileged"),
    ("a runtime's socket", volume(hostPath={"path": "/var/run/docker.sock"}), "privileged"),
    # Baseline: host ports
    ("a host port", with_container(ports=[{"containerPort": 80, "hostPort": 80}]), "privileged"),
    ("host port 0", with_container(ports=[{"containerPort": 80, "hostPort": 0}]), "restricted"),
    # Baseline: host probes and lifecycle hooks
    *[
        (f"{probe} {action} of a host", with_container(**{probe: {action: {"port": 80, "host": "h"}}}), "privileged")
        for probe in ("livenessProbe", "readinessProbe", "startupProbe")
        for action in ("httpGet", "tcpSocket")
    ],
    ("a hook of a host", with_container(lifecycle={"preStop": {"httpGet": {"port": 80, "host": "h"}}}), "privileged"),
    ("a probe of no host", with_container(livenessProbe={"httpGet": {"port": 80, "host": ""}}), "restricted"),
    # Baseline: AppArmor
    ("AppArmor off", pod({"appArmorProfile": {"type": "Unconfined"}}), "privileged"),
    ("AppArmor off for a container", pod(None, {"appArmorProfile": {"type": "Unconfined"}}), "privileged"),
    ("AppArmor of the runtime", pod({"appArmorProfile": {"type": "RuntimeDefault"}}), "restricted"),
    (
        "AppArmor of a file",
        pod(None, {"appArmorProfile": {"type": "Localhost", "localhostProfile": "w"}}),
        "restricted",
    ),
    ("AppArmor off by annotation", pod(None, None, {APP_ARMOR: "unconfined"}), "privileged"),
    ("AppArmor by annotation", pod(None, None, {APP_ARMOR: "runtime/default"}), "restricted"),
    ("AppArmor of a file by annotation", pod(None, None, {APP_ARMOR: "localhost/web"}), "restricted"),
    ("AppArmor by an empty annotation", pod(None, None, {APP_ARMOR: ""}), "restricted"),
    # Baseline: SELinux
    *[
        (f"SELinux type {name}", pod({"seLinuxOptions": {"type": name}}), "restricted")
        for name in ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
    ],
    ("SELinux type spc_t", pod(None, {"seLinuxOptions": {"type": "spc_t"}}), "privileged"),
    ("an SELinux user", pod({"seLinuxOptions": {"user": "system_u"}}), "privileged"),
    ("an SELinux role", pod(None, {"seLinuxOptions": {"role": "system_r"}}), "privileged"),
    ("an SELinux level", pod({"seLinuxOptions": {"level": "s0:c1,c2"}}), "restricted"),
    # Baseline and restricted: /proc mount type
    ("proc unmasked", pod(None, {"procMount": "Unmasked"}), "privileged"),
    ("proc as usual", pod(None, {"procMount": "Default"}), "restricted"),
    ("proc unmasked in a user namespace", pod(None, {"procMount": "Unmasked"}, **USER_NAMESPACE), "baseline"),
    # Baseline and restricted: seccomp
    ("seccomp off", pod({"seccompProfile": {"type": "Unconfined"}}), "privileged"),
    ("seccomp off for a container", pod(None, {"seccompProfile": {"type": "Unconfined"}}), "privileged"),
    ("seccomp of a file", pod(None, {"seccompProfile": {"type": "Localhost", "localhostProfile": "w"}}), "restricted"),
    ("no seccomp profile", pod(securityContext={"runAsNonRoot": True}), "baseline"),
    (
        "seccomp off for the pod, on for its container",
        pod({"seccompProfile": {"type": "Unconfined"}}, {"seccompProfile": {"type": "RuntimeDefault"}}),
        "privileged",
    ),
    # Baseline: sysctls
    ("a safe sysctl", sysctl("net.ipv4.tcp_syncookies"), "restricted"),
    ("a sysctl that became safe in 1.37", sysctl("net.ipv4.tcp_notsent_lowat"), "restricted"),
    ("a sysctl with slashes", sysctl("net/ipv4/tcp_syncookies"), "privileged"),
    ("another sysctl", sysctl("kernel.msgmax"), "privileged"),
    # Restricted: volume types
    *[
        (f"a volume of type {kind}", volume(**{kind: {}}), "restricted")
        for kind in ("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "projected", "secret")
    ],
    ("a claim", volume(persistentVolumeClaim={"claimName": "data"}), "restricted"),
    *[
        (f"a volume of type {kind}", volume(**{kind: {}}), "baseline")
        for kind in ("nfs", "iscsi", "rbd", "cephfs", "gitRepo", "awsElasticBlockStore", "azureFile", "flexVolume")
    ],
    # Restricted: privilege escalation
    ("escalation allowed", pod(None, {"allowPrivilegeEscalation": True}), "baseline"),
    ("escalation not mentioned", with_container(securityContext={"capabilities": {"drop": ["ALL"]}}), "baseline"),
    # Restricted: running as non-root
    ("may be root", pod({"runAsNonRoot": False}), "baseline"),
    ("may be root, but its container may not", pod({"runAsNonRoot": False}, {"runAsNonRoot": True}), "baseline"),
    ("may not be root, but its container may", pod(None, {"runAsNonRoot": False}), "baseline"),
    (
        "a user is no promise",
        pod(securityContext={"seccompProfile": {"type": "Localhost"}, "runAsUser": 1000}),
        "baseline",
    ),
    ("only the container promises", pod({"runAsNonRoot": None}, {"runAsNonRoot": True}), "restricted"),
    ("may be root in a user namespace", pod({"runAsNonRoot": False}, **USER_NAMESPACE), "restricted"),
    # Restricted: running as a user other than root
    ("user 0", pod({"runAsUser": 0}), "baseline"),
    ("user 0 of the container", pod(None, {"runAsUser": 0}), "baseline"),
    ("user 0, but another for its container", pod({"runAsUser": 0}, {"runAsUser": 1000}), "baseline"),
    ("user 0 in a user namespace", pod({"runAsUser": 0}, **USER_NAMESPACE), "restricted"),
    # Windows pods are exempt from what Linux alone has, by spec.os only
    (
        "Windows",
        pod(securityContext={"runAsNonRoot": True}, containers=[{"name": "w", "image": "w:1"}], **WINDOWS),
        "restricted",
    ),
    ("Windows may not be root", pod(securityContext={}, **WINDOWS), "baseline"),
    (
        "Windows by node selector",
        pod(containers=[{"name": "w", "image": "w:1"}], nodeSelector={"kubernetes.io/os": "windows"}),
        "baseline",
    ),
    # All sorts of containers count, and every pod
    ("an init container", extra("initContainers", {}), "baseline"),
    ("a privileged init container", extra("initContainers", SAFE_CONTAINER | {"privileged": True}), "privileged"),
    ("a safe init container", extra("initContainers", SAFE_CONTAINER), "restricted"),
    ("a test pod", pod(None, {"capabilities": {}}, {"helm.sh/hook": "test"}), "baseline"),
    ("a privileged ephemeral container", extra("ephemeralContainers", {"privileged": True}), "privileged"),
    ("an ephemeral container", extra("ephemeralContainers", {}), "baseline"),
    ("a safe ephemeral container", extra("ephemeralContainers", SAFE_CONTAINER), "restricted"),
]


@pytest.mark.parametrize(("case", "level"), [pytest.param(case, level, id=title) for title, case, level in CASES])
def test_pods_pass_the_levels_that_admit_them(case: dict[str, Any], level: str) -> None:
    assert admitted(case) == level
