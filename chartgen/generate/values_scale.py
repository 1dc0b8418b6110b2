"""The settings of how many pods there are, how they are replaced, and where they run."""

from __future__ import annotations

from typing import Any

from chartgen.generate import scaling
from chartgen.generate import schema as s
from chartgen.generate.allowed import asked
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Kind


def replicas(w: WorkloadView) -> Key:
    """The number of pods without an autoscaler."""
    wanted = w.workload.replicas
    alone = wanted.min <= 1 and not wanted.autoscaled and w.has_service and w.scales and w.kind is Kind.DEPLOYMENT
    # Nobody asks why there is one pod where there is a claim.
    alone = alone and not w.claims
    return Key(
        "replicaCount",
        max(wanted.min, 1),
        f"Number of pods; ignored while {w.scaler} is enabled"
        if w.scales
        else "Number of pods; a volume is for one only",
        s.COUNT if w.scales else {**s.COUNT, "maximum": 1},
        ci={"minimal": 1},
        remarks=asked("replicaCount", "too-few-replicas", alone),
    )


def autoscaling(w: WorkloadView) -> Block:
    """The HorizontalPodAutoscaler. Off where the spec gives one number, with targets that can be switched on."""
    wanted = w.workload.replicas
    least = max(wanted.min, 1)
    most = wanted.max if wanted.autoscaled else max(2 * least, 4)
    cpu = wanted.cpu or (0 if wanted.memory or wanted.metrics else 70)
    metrics = {metric.name: scaling.metric_spec(metric) for metric in wanted.metrics}
    return Block(
        "autoscaling",
        (
            Key("enabled", wanted.autoscaled, "Create a HorizontalPodAutoscaler, which then sets the number of pods",
                s.BOOLEAN, ci={"full": True, "minimal": False}),
            Key("minReplicas", least, "Minimum number of pods", s.POSITIVE,
                ci={"full": guarded(least, most)},
                remarks=asked("minReplicas", "low-autoscaler-minimum", wanted.autoscaled and least < 2)),
            Key("maxReplicas", most, "Maximum number of pods", s.POSITIVE),
            Key("targetCPUUtilizationPercentage", cpu,
                "Target CPU utilization, in percent of the request; 0 to ignore CPU",
                s.COUNT, ci={"full": cpu or 70}),
            Key("targetMemoryUtilizationPercentage", wanted.memory,
                "Target memory utilization, in percent of the request; 0 to ignore memory", s.COUNT,
                ci={"full": wanted.memory or 80}),
            Key("metrics", metrics,
                "Further metrics, each under a name of your choice, as a HorizontalPodAutoscaler takes them; the most "
                "pods wanted by any metric win",
                {"type": "object", "additionalProperties": s.ref("metric")},
                ci={"full": {"sample": SAMPLE_METRIC}}),
            Key("behavior", scaling.behavior(wanted), "Scaling behavior: how fast pods are added and removed",
                s.closed(scaleUp=s.OBJECT, scaleDown=s.OBJECT)),
        ),
    )  # fmt: skip


def guarded(least: int, most: int) -> int:
    """A minimum with which a scenario has a disruption budget, if there can be one below the maximum."""
    return 2 if least < 2 < most else least


SAMPLE_METRIC = {
    "type": "Pods",
    "pods": {
        "metric": {"name": "jobs_waiting"},
        "target": {"type": "AverageValue", "averageValue": "10"},
    },
}


def availability(w: WorkloadView) -> tuple[Node, ...]:
    """The disruption budget and the rollout; a node is drained without regard to a DaemonSet, so that has no budget."""
    return (*([budget()] if w.scales else []), *([] if w.takes_over else rollout(w.kind)))


def budget() -> Block:
    """How many pods may be evicted at the same time."""
    return Block(
        "podDisruptionBudget",
        (
            Key("enabled", True, "Create a PodDisruptionBudget when there is more than one pod", s.BOOLEAN),
            Key("maxUnavailable", 1, "Number or percentage of pods that may be evicted at the same time",
                s.NUMBER_OR_PERCENT),
            Key("unhealthyPodEvictionPolicy", "AlwaysAllow",
                "Whether pods that are not ready may always be evicted",
                {"enum": ["AlwaysAllow", "IfHealthyBudget"]}),
        ),
    )  # fmt: skip


def rollout(kind: Kind) -> tuple[Key, ...]:
    """How new pods take the place of old ones. Pods that end are never replaced."""
    if kind is Kind.DEPLOYMENT:
        name, other = "strategy", "Recreate"
        doc = "Update strategy; no pod is stopped before a new one is ready"
        rolling: dict[str, s.Schema] = {"maxSurge": s.NUMBER_OR_PERCENT, "maxUnavailable": s.NUMBER_OR_PERCENT}
        usual: dict[str, Any] = {"maxSurge": "25%", "maxUnavailable": 0}
    elif kind is Kind.STATEFUL_SET:
        name, other = "updateStrategy", "OnDelete"
        doc = "Update strategy; pods are replaced one by one, from the highest number down to the partition"
        rolling, usual = {"partition": s.COUNT}, {"partition": 0}
    elif kind is Kind.DAEMON_SET:
        name, other = "updateStrategy", "OnDelete"
        doc = "Update strategy; on one node of ten, and at least on one, the pod is replaced at the same time"
        rolling, usual = {"maxUnavailable": s.NUMBER_OR_PERCENT}, {"maxUnavailable": "10%"}
    else:
        return ()
    schema = s.closed(type={"enum": ["RollingUpdate", other]}, rollingUpdate=s.closed(**rolling))
    return (Key(name, {"type": "RollingUpdate", "rollingUpdate": usual}, doc, schema),)


def scheduling(w: WorkloadView) -> tuple[Node, ...]:
    """On which nodes the pods run."""
    return (
        *([_spread(w.kind)] if w.kind.scales else []),
        Key("nodeSelector", {}, "Node labels the pods require", s.STRINGS, ci={"full": {"kubernetes.io/os": "linux"}}),
        Key("tolerations", [], "Tolerations of the pods", {"type": "array", "items": s.ref("toleration")},
            ci={"full": [{"key": "dedicated", "operator": "Equal", "value": "apps", "effect": "NoSchedule"}]}),
        Key("affinity", {}, "Affinity rules of the pods",
            s.closed(nodeAffinity=s.OBJECT, podAffinity=s.OBJECT, podAntiAffinity=s.OBJECT), ci={"full": AFFINITY}),
        Key("priorityClassName", "", "Priority class of the pods", s.STRING, ci={"full": "system-cluster-critical"}),
    )  # fmt: skip


def _spread(kind: Kind) -> Key:
    """Only a Deployment's pods say by a label which version they are of, so that each version is spread by itself."""
    versions = {"matchLabelKeys": ["pod-template-hash"]} if kind is Kind.DEPLOYMENT else {}
    spread = [
        {"topologyKey": key, "maxSkew": 1, "whenUnsatisfiable": "ScheduleAnyway", **versions}
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]
    return Key(
        "topologySpreadConstraints",
        spread,
        "How the pods spread over zones and nodes; the template adds the label selector",
        {"type": "array", "items": s.ref("topologySpreadConstraint")},
    )


AFFINITY = {
    "nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [
                {"matchExpressions": [{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64", "arm64"]}]}
            ]
        }
    }
}
