"""The settings of a chart: what stands in values.yaml, in the order a reader looks for it.

One workload has the value names of ``helm create``; several have a block each, with the same names inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.alerts import monitoring_block
from chartgen.generate.exposure_values import exposure
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import ChartView, PortView, WorkloadView, env_values
from chartgen.spec.model import Image, Probe

TEST_IMAGE = ("docker.io/library/busybox", "1.37.0")
"""The image of the pod `helm test` runs: small, with wget and nc."""


def values_tree(chart: ChartView) -> tuple[Node, ...]:
    """Every setting of the chart."""
    if chart.single:
        w = chart.workloads[0]
        first, rest = _pods(chart, w), _rest(w)
        return (*first, _image(chart.spec.image, ()), *_shared(chart), *rest, *_last(chart))
    return (
        _image(chart.spec.image, ()),
        *_shared(chart),
        *(_workload(chart, w) for w in chart.workloads),
        *_last(chart),
    )


def _workload(chart: ChartView, w: WorkloadView) -> Block:
    own = w.workload.image if w.workload.image != chart.spec.image else Image("", pull_policy="")
    return Block(w.key, (*_pods(chart, w), _image(own, ("own",)), *_rest(w)), f"The workload {w.name}.")


def _pods(chart: ChartView, w: WorkloadView) -> tuple[Node, ...]:
    replicas = w.workload.replicas
    return (
        Key(
            "replicaCount",
            replicas.min,
            "Number of pods while autoscaling is off",
            s.COUNT,
            ci={"minimal": 1},
        ),
    )


def _image(image: Image, own: tuple[str, ...]) -> Block:
    fallback = "; empty for that of the chart" if own else ""
    policies = ["Always", "IfNotPresent", "Never"]
    digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    return Block(
        "image",
        (
            Key("repository", image.repository, f"Where the image is, with its registry{fallback}", s.STRING),
            Key(
                "tag",
                "",
                "Tag of the image; empty for the chart's appVersion",
                s.STRING,
                ci={"minimal": image.tag or "1.0.0"} if image.digest else {},
            ),
            Key(
                "digest",
                image.digest,
                "Digest of the image (sha256:...); wins over the tag",
                {"type": "string", "pattern": "^$|^[a-z0-9]+:[a-f0-9]{32,}$"},
                ci={"full": image.digest or digest, "minimal": ""},
            ),
            Key(
                "pullPolicy",
                image.pull_policy if not own or image.repository else "",
                f"When the image is pulled{fallback}",
                {"enum": [*policies, ""] if own else policies},
            ),
        ),
    )


def _shared(chart: ChartView) -> tuple[Node, ...]:
    spec = chart.spec
    secrets = dict.fromkeys(secret for w in (spec, *spec.workloads) for secret in w.image.pull_secrets)
    return (
        Key(
            "imagePullSecrets",
            [{"name": name} for name in secrets],
            "Secrets with credentials for the registry",
            {"type": "array", "items": s.closed(name=s.STRING)},
            ci={"full": [{"name": "registry-credentials"}]},
            example="" if secrets else "- name: registry-credentials",
        ),
        Key("nameOverride", "", "Replaces the chart's name in the names of the objects", s.STRING),
        Key(
            "fullnameOverride",
            "",
            "Replaces the release's and the chart's name in the names of the objects",
            s.STRING,
            ci={"full": f"{spec.name}-full"},
        ),
        Key("commonLabels", dict(spec.labels), "Labels of every object", s.LABELS, ci={"full": {"team": "platform"}}),
        Key(
            "commonAnnotations",
            dict(spec.annotations),
            "Annotations of every object",
            s.STRINGS,
            ci={"full": {"example.com/contact": "platform@example.com"}},
        ),
    )


def _last(chart: ChartView) -> tuple[Node, ...]:
    nodes: list[Node] = [monitoring_block(chart.spec)]
    if any(w.test for w in chart.workloads):
        repository, tag = TEST_IMAGE
        nodes.append(
            Block(
                "test",
                (
                    Block(
                        "image",
                        (
                            Key("repository", repository, "Image with wget and nc", s.STRING),
                            Key("tag", tag, "Tag of the image", s.STRING),
                        ),
                    ),
                ),
                "The pod that `helm test` runs.",
            )
        )
    nodes.append(
        Key(
            "extraObjects",
            {name: dict(manifest) for name, manifest in chart.spec.extra.items()},
            "Further objects of the release, by a name of your choice: a mapping is applied as it is, a string is first "
            "rendered as a template",
            {"type": "object", "additionalProperties": {"type": ["object", "string"]}},
            ci={"full": EXTRA_EXAMPLE},
        )
    )
    return tuple(nodes)


EXTRA_EXAMPLE = {
    "mapping": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "extra-mapping"}, "data": {"a": "{{ b }}"}},
    "template": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-extra\n"
        "data:\n  release: {{ .Release.Name }}\n"
    ),
}


def _rest(w: WorkloadView) -> tuple[Node, ...]:
    work = w.workload
    return (
        _service_account(w),
        *_metadata(w),
        *_security(w),
        *_process(w),
        *exposure(w),
        Key(
            "resources",
            {
                kind: dict(quantities)
                for kind, quantities in (("requests", work.resources.requests), ("limits", work.resources.limits))
                if quantities
            },
            "What a pod requests and may use. There is no CPU limit on purpose: it would slow the process down while "
            "the node is idle",
            s.ref("resources"),
        ),
        *_probes(w),
        *_lifecycle(w),
        _autoscaling(w),
        *_availability(),
        *_scheduling(w),
    )


def _service_account(w: WorkloadView) -> Block:
    role = w.workload.identity.aws
    return Block(
        "serviceAccount",
        (
            Key("create", True, "Create a service account for the pods", s.BOOLEAN, ci={"minimal": False}),
            Key("automount", False, "Mount the service account's API token into the pods", s.BOOLEAN),
            Key(
                "annotations",
                {"eks.amazonaws.com/role-arn": role} if role else {},
                "Annotations of the service account, e.g. the IAM role of the pods",
                s.STRINGS,
                ci={"full": {"eks.amazonaws.com/role-arn": role or "arn:aws:iam::111122223333:role/example"}},
            ),
            Key("name", "", "Its name; empty for the name of the other objects", s.STRING),
        ),
    )


def _metadata(w: WorkloadView) -> tuple[Node, ...]:
    return (
        Key(
            "podAnnotations",
            dict(w.pod_annotations),
            "Annotations of the pods",
            s.STRINGS,
            ci={"full": {"example.com/log-format": "json"}},
        ),
        Key("podLabels", dict(w.pod_labels), "Labels of the pods", s.LABELS, ci={"full": {"tier": "backend"}}),
    )


def _security(w: WorkloadView) -> tuple[Node, ...]:
    security = w.workload.security
    container: dict[str, Any] = {
        "allowPrivilegeEscalation": security.privileged,
        "readOnlyRootFilesystem": not security.writable_root,
        "capabilities": {"drop": ["ALL"]},
    }
    if security.privileged:
        container = {"privileged": True, **container}
    if security.capabilities:
        container["capabilities"]["add"] = list(security.capabilities)
    return (
        Key(
            "podSecurityContext",
            {
                "runAsNonRoot": security.user != 0,
                "runAsUser": security.user,
                "runAsGroup": security.group,
                "fsGroup": security.group,
                "fsGroupChangePolicy": "OnRootMismatch",
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "Security context of the pods",
            s.ref("podSecurityContext"),
        ),
        Key("securityContext", container, "Security context of the container", s.ref("securityContext")),
    )


def _process(w: WorkloadView) -> tuple[Node, ...]:
    work = w.workload
    nodes: list[Node] = [
        Key(
            "command",
            list(work.command),
            "Replaces the image's entrypoint",
            s.TEXTS,
            ci={} if work.command else {"full": ["/bin/app"]},
        ),
        Key("args", list(work.args), "Arguments of the process", s.TEXTS, ci={} if work.args else {"full": ["--verbose"]}),
    ]
    texts = env_values(work)
    if texts:
        keys = tuple(Key(name, value, "", s.STRING) for name, value in texts.items())
        nodes.append(Block("env", keys, "Environment variables, passed on in this order."))
    nodes.append(
        Key(
            "extraEnv",
            [],
            "More environment variables, as Kubernetes writes them",
            s.OBJECTS,
            ci={"full": [{"name": "EXTRA", "value": "1"}]},
            example="- name: LOG_LEVEL\n  value: debug",
        )
    )
    nodes.append(
        Key(
            "extraEnvFrom",
            [],
            "ConfigMaps and Secrets of which every key becomes an environment variable",
            s.OBJECTS,
            ci={"full": [{"configMapRef": {"name": "extra-settings", "optional": True}}]},
            example="- configMapRef:\n    name: settings",
        )
    )
    for name, doc, used in (
        ("existingSecrets", "Names of the Secrets the pods need, which the chart does not create.", w.secrets),
        ("existingConfigMaps", "Names of the ConfigMaps the pods need, which the chart does not create.", w.config_maps),
    ):
        if used:
            keys = tuple(Key(key, value, "", {"type": "string", "minLength": 1}) for value, key in used.items())
            nodes.append(Block(name, keys, doc))
    return tuple(nodes)


PROBES = (
    ("startupProbe", "startup", "Holds back the other probes until the process has started"),
    ("readinessProbe", "readiness", "Takes a pod out of the Service while it fails"),
    ("livenessProbe", "liveness", "Restarts the container when it fails; lenient, so that a slow dependency restarts nothing"),
)


def _probes(w: WorkloadView) -> tuple[Node, ...]:
    nodes = []
    for name, attribute, doc in PROBES:
        probe: Probe | None = getattr(w.workload.health, attribute)
        value = probe_value(probe, w.ports) if probe else {}
        sample = {"exec": {"command": ["true"]}, "failureThreshold": 6 if attribute == "liveness" else 3}
        nodes.append(Key(name, value, doc, s.ref("probe"), ci={} if value else {"full": sample}))
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
    return {
        **action,
        "periodSeconds": probe.period,
        "timeoutSeconds": probe.timeout,
        "failureThreshold": probe.failures,
    }


def _lifecycle(w: WorkloadView) -> tuple[Node, ...]:
    shutdown = w.workload.shutdown
    pause = {"preStop": {"sleep": {"seconds": shutdown.sleep}}}
    return (
        Key(
            "lifecycle",
            pause if shutdown.sleep else {},
            "Hooks of the container. The pause before it is told to stop lets load balancers forget the pod first",
            s.closed(preStop=s.OBJECT, postStart=s.OBJECT, stopSignal=s.STRING),
            ci={} if shutdown.sleep else {"full": {"preStop": {"sleep": {"seconds": 1}}}},
        ),
        Key(
            "terminationGracePeriodSeconds",
            shutdown.grace,
            "Seconds a pod has to stop, the pause included, before it is killed",
            s.COUNT,
        ),
    )


def _autoscaling(w: WorkloadView) -> Block:
    replicas = w.workload.replicas
    return Block(
        "autoscaling",
        (
            Key(
                "enabled",
                replicas.autoscaled,
                "Let a HorizontalPodAutoscaler set the number of pods",
                s.BOOLEAN,
                ci={"full": True, "minimal": False},
            ),
            Key("minReplicas", max(replicas.min, 1), "Fewest pods", s.POSITIVE, ci={"full": max(replicas.min, 2)}),
            Key("maxReplicas", replicas.max if replicas.autoscaled else max(replicas.min * 2, 4), "Most pods", s.POSITIVE),
            Key(
                "targetCPUUtilizationPercentage",
                replicas.cpu or (0 if replicas.memory else 70),
                "CPU use to aim for, in percent of the request; 0 for none",
                s.PERCENT,
                ci={"full": replicas.cpu or 70},
            ),
            Key(
                "targetMemoryUtilizationPercentage",
                replicas.memory,
                "Memory use to aim for, in percent of the request; 0 for none",
                s.PERCENT,
                ci={"full": replicas.memory or 80},
            ),
            Key(
                "behavior",
                {
                    "scaleDown": {
                        "stabilizationWindowSeconds": 300,
                        "policies": [{"type": "Percent", "value": 50, "periodSeconds": 60}],
                    }
                },
                "How fast pods are added and removed",
                s.closed(scaleUp=s.OBJECT, scaleDown=s.OBJECT),
            ),
        ),
    )


def _availability() -> tuple[Node, ...]:
    return (
        Block(
            "podDisruptionBudget",
            (
                Key("enabled", True, "Limit evictions when there is more than one pod", s.BOOLEAN),
                Key("maxUnavailable", 1, "Pods that may be evicted at a time", s.NUMBER_OR_PERCENT),
                Key(
                    "unhealthyPodEvictionPolicy",
                    "AlwaysAllow",
                    "Whether pods that are not ready may always be evicted",
                    {"enum": ["AlwaysAllow", "IfHealthyBudget"]},
                ),
            ),
        ),
        Key(
            "strategy",
            {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
            "How pods are replaced; none is stopped before a new one is ready",
            s.closed(
                type={"enum": ["RollingUpdate", "Recreate"]},
                rollingUpdate=s.closed(maxSurge=s.NUMBER_OR_PERCENT, maxUnavailable=s.NUMBER_OR_PERCENT),
            ),
        ),
    )


def _scheduling(w: WorkloadView) -> tuple[Node, ...]:
    spread = [
        {
            "topologyKey": key,
            "maxSkew": 1,
            "whenUnsatisfiable": "ScheduleAnyway",
            "matchLabelKeys": ["pod-template-hash"],
        }
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]
    return (
        Key(
            "topologySpreadConstraints",
            spread,
            "How pods are spread over zones and nodes; the label selector is added",
            {"type": "array", "items": s.ref("topologySpreadConstraint")},
        ),
        Key("nodeSelector", {}, "Labels of the nodes to run on", s.STRINGS, ci={"full": {"kubernetes.io/os": "linux"}}),
        Key(
            "tolerations",
            [],
            "Taints to tolerate",
            {"type": "array", "items": s.ref("toleration")},
            ci={"full": [{"key": "dedicated", "operator": "Equal", "value": "apps", "effect": "NoSchedule"}]},
        ),
        Key("affinity", {}, "Affinity rules", s.closed(nodeAffinity=s.OBJECT, podAffinity=s.OBJECT, podAntiAffinity=s.OBJECT),
            ci={"full": AFFINITY_EXAMPLE}),
        Key("priorityClassName", "", "Priority class of the pods", s.STRING, ci={"full": "system-cluster-critical"}),
        Key("volumes", [], "More volumes of the pods", s.OBJECTS, ci={"full": [{"name": "cache", "emptyDir": {}}]}),
        Key(
            "volumeMounts",
            [],
            "More volume mounts of the container",
            s.OBJECTS,
            ci={"full": [{"name": "cache", "mountPath": "/var/cache/app"}]},
        ),
    )  # fmt: skip


AFFINITY_EXAMPLE = {
    "nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [
                {"matchExpressions": [{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64", "arm64"]}]}
            ]
        }
    }
}
