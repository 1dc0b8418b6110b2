"""The settings of a workload's pods and of their container: identity, security, environment, probes, shutdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.generate import allowed, identities, spare
from chartgen.generate import schema as s
from chartgen.generate.parts import PortView
from chartgen.generate.values_volumes import volume_blocks
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Probe, Resources


def pods(w: WorkloadView) -> tuple[Node, ...]:
    """Service account, labels, annotations and security contexts."""
    identity, security = w.workload.identity, w.workload.security
    known_as = identities.account_annotations(identity)
    return (
        Block(
            "serviceAccount",
            (
                Key("create", True, "Create a service account for the pods", s.BOOLEAN, ci={"minimal": False}),
                Key("automount", bool(w.workload.permissions),
                    "Mount the API token of the service account into the pods", s.BOOLEAN),
                Key("annotations", known_as,
                    "Annotations of the service account, for example the IAM role the pods assume", s.STRINGS,
                    ci={"full": known_as or {"eks.amazonaws.com/role-arn": identities.SAMPLE_ROLE}},
                    example="" if known_as or any((identity.aws, identity.gcp, identity.azure))
                    else f"eks.amazonaws.com/role-arn: {identities.SAMPLE_ROLE}"),
                Key("name", "",
                    f"Name of the service account; if empty, that of the {w.kind}, or default if create is false",
                    s.STRING),
            ),
        ),
        *_rbac(w),
        Key("podAnnotations", dict(w.pod_annotations), "Annotations added to the pods", s.STRINGS,
            ci={"full": {"example.com/log-format": "json"}}),
        Key("podLabels", {**w.pod_labels, **identities.pod_labels(identity)}, "Labels added to the pods", s.LABELS,
            ci={"full": {"tier": "backend"}}),
        Key("podSecurityContext", _pod_context(w), "Security context of the pods", s.ref("podSecurityContext"),
            remarks={} if w.once else allowed.pod_remarks(security)),
        Key("securityContext", _container_context(w), "Security context of the container", s.ref("securityContext"),
            remarks={} if w.once else allowed.container_remarks(security)),
    )  # fmt: skip


def _rbac(w: WorkloadView) -> tuple[Block, ...]:
    """Whether the service account gets the permissions of the spec."""
    if not w.workload.permissions:
        return ()
    kinds = [name for name, rules in (("Role", w.role), ("ClusterRole", w.cluster_role)) if rules]
    doc = f"Create the {' and the '.join(kinds)} with what the pods may do, and bind the service account to it"
    return (Block("rbac", (Key("create", True, doc, s.BOOLEAN, ci={"minimal": False}),)),)


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
    spare_volume, spare_path = spare.volume(w)
    return (
        Key("command", list(work.command), "Command that replaces the entrypoint of the image", s.TEXTS,
            ci={} if work.command else {"full": ["/bin/app"]}),
        Key("args", list(work.args), "Arguments of the command", s.TEXTS,
            ci={} if work.args else {"full": ["--verbose"]}),
        *_environment(w),
        *config_files(w),
        Key("resources", {kind: quantities for kind, quantities in resources.items() if quantities},
            "Resource requests and limits of the container. CPU has no limit on purpose: it would throttle the process "
            "even on an idle node", s.ref("resources"), ci=_scalable(work.resources) if w.kind.scales else {}),
        *([] if w.kind.ends else _probes(w)),
        *_shutdown(w),
        *volume_blocks(w),
        Key("volumeMounts", [], "Additional volume mounts of the container, besides /tmp", s.OBJECTS,
            ci={"full": [{"name": spare_volume, "mountPath": spare_path}]}),
        Key("volumes", [], "Additional volumes of the pods", s.OBJECTS,
            ci={"full": [{"name": spare_volume, "emptyDir": {}}]}),
    )  # fmt: skip


def _scalable(resources: Resources) -> dict[str, Any]:
    """Where the spec leaves a request out, one for the scenario that scales on both."""
    usual = {"cpu": "100m", "memory": resources.limits.get("memory", "128Mi")}
    added = {key: value for key, value in usual.items() if key not in resources.requests}
    return {"full": {"requests": added}} if added else {}


def _environment(w: WorkloadView) -> tuple[Node, ...]:
    texts = tuple(Key(e.name, e.text, f"Environment variable {e.name}", s.STRING) for e in w.env if e.source == "value")
    needed = (
        ("existingSecrets", "Secret", w.secrets),
        ("existingConfigMaps", "ConfigMap", w.config_maps),
    )
    return (
        *([Block("env", texts, "Environment variables, in this order; the values are strings.")] if texts else []),
        Key("extraEnv", [], "Additional environment variables, in Kubernetes syntax", s.OBJECTS,
            ci={"full": [{"name": spare.variable(w), "value": "1"}]}, example="- name: LOG_LEVEL\n  value: debug"),
        Key("extraEnvFrom", [],
            "Additional ConfigMaps and Secrets whose keys all become environment variables", s.OBJECTS,
            ci={"full": [{"configMapRef": {"name": "extra-settings", "optional": True}}]},
            example="- configMapRef:\n    name: settings"),
        *(
            Block(
                name,
                tuple(Key(key, value, _purpose(w, kind, key), s.NAME) for value, key in used.items()),
                f"Names of existing {kind}s the pods use; the chart does not create them.",
            )
            for name, kind, used in needed
            if used
        ),
    )  # fmt: skip


def config_files(w: WorkloadView) -> list[Node]:
    """What may stand in place of the files in the chart; a binary one can only be replaced there."""
    texts = w.files.texts if w.files else ()
    if not texts:
        return []
    keys = tuple(
        Key(file.setting, "", f"Content of {file.file.path}; {file.chart_path} of the chart if empty", s.STRING,
            ci={"full": "replaced: \"{{ verbatim }}\"\n"})
        for file in texts
    )  # fmt: skip
    return [Block("configFiles", keys, "Contents that replace those of the chart's files.")]


def _purpose(w: WorkloadView, kind: str, ref: str) -> str:
    """What the pods take from an existing Secret or ConfigMap."""
    source = "secret" if kind == "Secret" else "config"
    keys = sorted({e.key for e in w.all_env if e.source == source and e.ref == ref})
    uses = [f"provides the key{'s' if len(keys) > 1 else ''} {', '.join(keys)}"] if keys else []
    if kind == "Secret" and ref in w.env_from:
        uses.append("becomes environment variables with all its keys")
    if kind == "Secret" and any(mount.ref == ref for mount in w.mounts):
        uses.append("is mounted as files")
    return f"Name of the {kind} that {' and '.join(uses)}"


PROBES = (
    ("startupProbe", "startup", "Startup probe; the other probes wait until it succeeds"),
    ("readinessProbe", "readiness", "Readiness probe; a pod receives no traffic while it fails"),
    (
        "livenessProbe",
        "liveness",
        "Liveness probe; restarts the container when it fails. Lenient, so that a slow dependency causes no restarts",
    ),
)


def _probes(w: WorkloadView) -> tuple[Node, ...]:
    nodes = []
    for name, attribute, doc in PROBES:
        probe: Probe | None = getattr(w.workload.health, attribute)
        value = probe_value(probe, w.ports) if probe else {}
        ci = {} if value else {"full": {"exec": {"command": ["/bin/app", attribute]}}}
        alike = name == "livenessProbe" and allowed.impatient(w.workload.health)
        remarks = allowed.asked(name, "identical-probes", alike)
        nodes.append(Key(name, value, doc, s.ref("probe"), ci=ci, remarks=remarks))
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


def _hooks(w: WorkloadView) -> dict[str, Any]:
    """What the spec wants done, as Kubernetes writes it."""
    found: dict[str, Any] = {}
    for key, hook in (("postStart", w.workload.lifecycle.start), ("preStop", w.workload.lifecycle.stop)):
        if hook and hook.command:
            found[key] = {"exec": {"command": list(hook.command)}}
        elif hook:
            port = int(hook.port) if hook.port.isdecimal() else hook.port
            found[key] = {"httpGet": {"path": hook.path, "port": port}}
    return found


def _shutdown(w: WorkloadView) -> tuple[Node, ...]:
    sleep, grace = w.workload.shutdown.sleep, w.workload.shutdown.grace
    pause = {"preStop": {"sleep": {"seconds": sleep or 1}}}
    done = _hooks(w) | (pause if sleep else {})
    doc = "Lifecycle hooks of the container"
    if sleep:
        doc += ". The pause before SIGTERM lets load balancers take the pod out first"
    hooks = s.closed(preStop=s.OBJECT, postStart=s.OBJECT, stopSignal=s.STRING)
    lifecycle = Key("lifecycle", done, doc, hooks, ci={} if done else {"full": pause})
    return (
        *([] if w.kind.ends else [lifecycle]),
        Key("terminationGracePeriodSeconds", grace,
            f"Seconds a pod has to shut down{', including the pause,' if sleep else ''} before it is killed", s.COUNT),
    )  # fmt: skip
