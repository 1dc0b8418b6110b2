"""The settings of how many pods there are, how they are replaced, and where they run."""

from __future__ import annotations

from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView


def replicas(w: WorkloadView) -> Key:
    """The number of pods without an autoscaler."""
    return Key(
        "replicaCount",
        w.workload.replicas.min,
        "Number of pods; ignored while autoscaling is enabled",
        s.COUNT,
        ci={"minimal": 1},
    )


def autoscaling(w: WorkloadView) -> Block:
    """The HorizontalPodAutoscaler. Off where the spec gives one number, with targets that can be switched on."""
    wanted = w.workload.replicas
    least = max(wanted.min, 1)
    most = wanted.max if wanted.autoscaled else max(2 * least, 4)
    cpu = wanted.cpu or (0 if wanted.memory else 70)
    return Block(
        "autoscaling",
        (
            Key("enabled", wanted.autoscaled, "Create a HorizontalPodAutoscaler, which then sets the number of pods",
                s.BOOLEAN, ci={"full": True, "minimal": False}),
            Key("minReplicas", least, "Minimum number of pods", s.POSITIVE, ci={"full": max(least, 2)}),
            Key("maxReplicas", most, "Maximum number of pods", s.POSITIVE),
            Key("targetCPUUtilizationPercentage", cpu,
                "Target CPU utilization, in percent of the request; 0 to ignore CPU",
                s.COUNT, ci={"full": cpu or 70}),
            Key("targetMemoryUtilizationPercentage", wanted.memory,
                "Target memory utilization, in percent of the request; 0 to ignore memory", s.COUNT,
                ci={"full": wanted.memory or 80}),
            Key("behavior", BEHAVIOR, "Scaling behavior: how fast pods are added and removed",
                s.closed(scaleUp=s.OBJECT, scaleDown=s.OBJECT)),
        ),
    )  # fmt: skip


BEHAVIOR = {
    "scaleDown": {
        "stabilizationWindowSeconds": 300,
        "policies": [{"type": "Percent", "value": 50, "periodSeconds": 60}],
    }
}


def availability() -> tuple[Node, ...]:
    """The disruption budget and the rollout."""
    rolling = {"maxSurge": "25%", "maxUnavailable": 0}
    return (
        Block(
            "podDisruptionBudget",
            (
                Key("enabled", True, "Create a PodDisruptionBudget when there is more than one pod", s.BOOLEAN),
                Key("maxUnavailable", 1, "Number or percentage of pods that may be evicted at the same time",
                    s.NUMBER_OR_PERCENT),
                Key("unhealthyPodEvictionPolicy", "AlwaysAllow",
                    "Whether pods that are not ready may always be evicted",
                    {"enum": ["AlwaysAllow", "IfHealthyBudget"]}),
            ),
        ),
        Key("strategy", {"type": "RollingUpdate", "rollingUpdate": rolling},
            "Update strategy; no pod is stopped before a new one is ready",
            s.closed(
                type={"enum": ["RollingUpdate", "Recreate"]},
                rollingUpdate=s.closed(maxSurge=s.NUMBER_OR_PERCENT, maxUnavailable=s.NUMBER_OR_PERCENT),
            )),
    )  # fmt: skip


def scheduling() -> tuple[Node, ...]:
    """On which nodes the pods run."""
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
        Key("topologySpreadConstraints", spread,
            "How the pods spread over zones and nodes; the template adds the label selector",
            {"type": "array", "items": s.ref("topologySpreadConstraint")}),
        Key("nodeSelector", {}, "Node labels the pods require", s.STRINGS, ci={"full": {"kubernetes.io/os": "linux"}}),
        Key("tolerations", [], "Tolerations of the pods", {"type": "array", "items": s.ref("toleration")},
            ci={"full": [{"key": "dedicated", "operator": "Equal", "value": "apps", "effect": "NoSchedule"}]}),
        Key("affinity", {}, "Affinity rules of the pods",
            s.closed(nodeAffinity=s.OBJECT, podAffinity=s.OBJECT, podAntiAffinity=s.OBJECT), ci={"full": AFFINITY}),
        Key("priorityClassName", "", "Priority class of the pods", s.STRING, ci={"full": "system-cluster-critical"}),
    )  # fmt: skip


AFFINITY = {
    "nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [
                {"matchExpressions": [{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64", "arm64"]}]}
            ]
        }
    }
}
