"""The settings of a workload's pods and of their container: identity, security, environment, probes, shutdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import PortView, WorkloadView
from chartgen.spec.model import Probe, Resources

SAMPLE_ROLE = "arn:aws:iam::111122223333:role/example"


def pods(w: WorkloadView) -> tuple[Node, ...]:
    """Service account, labels, annotations and security contexts."""
    role = w.workload.identity.aws
    return (
        Block(
            "serviceAccount",
            (
                Key("create", True, "Create a service account for the pods", s.BOOLEAN, ci={"minimal": False}),
                Key("automount", False, "Mount the service account's API token into the pods", s.BOOLEAN),
                Key("annotations", {"eks.amazonaws.com/role-arn": role} if role else {},
                    "Annotations of the service account, e.g. the IAM role of the pods", s.STRINGS,
                    ci={"full": {"eks.amazonaws.com/role-arn": role or SAMPLE_ROLE}},
                    example="" if role else f"eks.amazonaws.com/role-arn: {SAMPLE_ROLE}"),
                Key("name", "", "Name of the service account; empty for the name of the other objects", s.STRING),
            ),
        ),
        Key("podAnnotations", dict(w.pod_annotations), "Annotations of the pods", s.STRINGS,
            ci={"full": {"example.com/log-format": "json"}}),
        Key("podLabels", dict(w.pod_labels), "Labels of the pods", s.LABELS, ci={"full": {"tier": "backend"}}),
        Key("podSecurityContext", _pod_context(w), "Security context of the pods", s.ref("podSecurityContext")),
        Key("securityContext", _container_context(w), "Security context of the container", s.ref("securityContext"),
            remarks=asked("readOnlyRootFilesystem", "writable-root-filesystem", w.workload.security.writable_root)),
    )  # fmt: skip


def asked(key: str, rule: str, wanted: bool) -> dict[str, str]:
    """The remark that lets ``chartgen lint`` pass what the spec explicitly asks for."""
    return {key: f"chartgen: allow {rule} - the spec asks for it"} if wanted else {}


def _pod_context(w: WorkloadView) -> dict[str, Any]:
    security = w.workload.security
    return {
        "runAsNonRoot": security.user != 0,
        "runAsUser": security.user,
        "runAsGroup": security.group,
        "fsGroup": security.group,
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def _container_context(w: WorkloadView) -> dict[str, Any]:
    security = w.workload.security
    context: dict[str, Any] = {"privileged": True} if security.privileged else {}
    context["allowPrivilegeEscalation"] = security.privileged
    context["readOnlyRootFilesystem"] = not security.writable_root
    context["capabilities"] = {"drop": ["ALL"]}
    if security.capabilities:
        context["capabilities"]["add"] = list(security.capabilities)
    return context


def container(w: WorkloadView) -> tuple[Node, ...]:
    """Command, environment, resources, probes and shutdown."""
    work = w.workload
    resources = {"requests": dict(work.resources.requests), "limits": dict(work.resources.limits)}
    return (
        Key("command", list(work.command), "Replaces the image's entrypoint", s.TEXTS,
            ci={} if work.command else {"full": ["/bin/app"]}),
        Key("args", list(work.args), "Arguments of the process", s.TEXTS,
            ci={} if work.args else {"full": ["--verbose"]}),
        *_environment(w),
        Key("resources", {kind: quantities for kind, quantities in resources.items() if quantities},
            "What a pod requests and may use. CPU has no limit on purpose: a limit slows the process down even while "
            "the node is idle", s.ref("resources"), ci=_scalable(work.resources)),
        *_probes(w),
        *_shutdown(w),
        Key("volumeMounts", [], "More volume mounts of the container, besides /tmp", s.OBJECTS,
            ci={"full": [{"name": "cache", "mountPath": "/var/cache/app"}]}),
        Key("volumes", [], "More volumes of the pods", s.OBJECTS, ci={"full": [{"name": "cache", "emptyDir": {}}]}),
    )  # fmt: skip


def _scalable(resources: Resources) -> dict[str, Any]:
    """Where the spec leaves a request out, one for the scenario that scales on both."""
    usual = {"cpu": "100m", "memory": resources.limits.get("memory", "128Mi")}
    added = {key: value for key, value in usual.items() if key not in resources.requests}
    return {"full": {"requests": added}} if added else {}


def _environment(w: WorkloadView) -> tuple[Node, ...]:
    texts = tuple(Key(e.name, e.text, "", s.STRING) for e in w.env if e.source == "value")
    needed = (
        ("existingSecrets", "Names of the Secrets the pods need; the chart does not create them.", w.secrets),
        ("existingConfigMaps", "Names of the ConfigMaps the pods need; the chart does not create them.", w.config_maps),
    )
    return (
        *([Block("env", texts, "Environment variables, as text; they are passed on in this order.")] if texts else []),
        Key("extraEnv", [], "More environment variables, as Kubernetes writes them", s.OBJECTS,
            ci={"full": [{"name": "EXTRA", "value": "1"}]}, example="- name: LOG_LEVEL\n  value: debug"),
        Key("extraEnvFrom", [], "ConfigMaps and Secrets of which every key becomes an environment variable", s.OBJECTS,
            ci={"full": [{"configMapRef": {"name": "extra-settings", "optional": True}}]},
            example="- configMapRef:\n    name: settings"),
        *(
            Block(name, tuple(Key(key, value, "", s.NAME) for value, key in used.items()), doc)
            for name, doc, used in needed
            if used
        ),
    )  # fmt: skip


PROBES = (
    ("startupProbe", "startup", "Holds back the other probes until the process has started"),
    ("readinessProbe", "readiness", "Takes a pod out of the Service while it fails"),
    ("livenessProbe", "liveness", "Restarts the container; lenient, so that a slow dependency restarts nothing"),
)


def _probes(w: WorkloadView) -> tuple[Node, ...]:
    nodes = []
    for name, attribute, doc in PROBES:
        probe: Probe | None = getattr(w.workload.health, attribute)
        value = probe_value(probe, w.ports) if probe else {}
        ci = {} if value else {"full": {"exec": {"command": ["/bin/app", attribute]}}}
        nodes.append(Key(name, value, doc, s.ref("probe"), ci=ci))
    return tuple(nodes)


def probe_value(probe: Probe, ports: tuple[PortView, ...]) -> dict[str, Any]:
    """A probe as Kubernetes writes it. A gRPC probe, alone of all, cannot name its port."""
    port: int | str = int(probe.port) if probe.port.isdecimal() else probe.port
    action: Mapping[str, Any]
    if probe.kind == "http":
        action = {"httpGet": {"path": probe.path, "port": port}}
    elif probe.kind == "tcp":
        action = {"tcpSocket": {"port": port}}
    elif probe.kind == "grpc":
        action = {"grpc": {"port": next((p.number for p in ports if p.name == port), port)}}
    else:
        action = {"exec": {"command": list(probe.command)}}
    times = {"periodSeconds": probe.period, "timeoutSeconds": probe.timeout, "failureThreshold": probe.failures}
    return {**action, **times}


def _shutdown(w: WorkloadView) -> tuple[Node, ...]:
    sleep, grace = w.workload.shutdown.sleep, w.workload.shutdown.grace
    pause = {"preStop": {"sleep": {"seconds": sleep or 1}}}
    doc = "Hooks of the container"
    if sleep:
        doc += ". The pause before the process is told to stop lets load balancers forget the pod first"
    hooks = s.closed(preStop=s.OBJECT, postStart=s.OBJECT, stopSignal=s.STRING)
    return (
        Key("lifecycle", pause if sleep else {}, doc, hooks, ci={} if sleep else {"full": pause}),
        Key("terminationGracePeriodSeconds", grace,
            f"Seconds a pod has to stop{', the pause included,' if sleep else ''} before it is killed", s.COUNT),
    )  # fmt: skip
