"""The panels every workload has: replicas, restarts, CPU, memory and network of its pods.

Which workload it is, of which kind, is the reader's choice; a query asks for all kinds the chart has, of which at most
one answers. Their queries need kube-state-metrics and cAdvisor only, and take the largest of equal series, so that
several replicas of kube-state-metrics count once.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.generate.jobpanels import jobpanels
from chartgen.generate.kinds import COUNTS, Counts, Names
from chartgen.generate.panels import RATE, Panel, Query, row, stat, timeseries
from chartgen.spec.model import Kind

CONTAINERS = "__CONTAINERS__"

_HPA = 'namespace="$namespace", horizontalpodautoscaler="$workload"'
# KEDA puts a prefix before the name of what it scales.
_ANY_HPA = 'namespace="$namespace", horizontalpodautoscaler=~"(keda-hpa-)?$workload"'


def podpanels(kinds: Sequence[Kind], names: Sequence[Names], *, keda: bool) -> list[Panel]:
    """The rows of the workload chosen in the dashboard, for workloads of these kinds whose pods have these names.

    ``CONTAINERS`` stands for the names of their containers. ``keda`` when it scales some of them.
    """
    suffixes = list(dict.fromkeys(each.pods for each in names))
    suffix = suffixes[0] if len(suffixes) == 1 else f"({'|'.join(suffixes)})"
    pods = f'namespace="$namespace", pod=~"$workload{suffix}"'
    own = f'{pods}, container=~"{CONTAINERS}"'
    counts = [COUNTS[kind] for kind in COUNTS if kind in kinds]
    return [
        *_overview(pods, own, counts),
        *(jobpanels(names) if any(kind.ends for kind in kinds) else []),
        *_pods(pods, counts, kinds, _ANY_HPA if keda else _HPA),
        *_cpu(own),
        *_memory(own),
        *_network(pods),
    ]


def _counted(counts: Sequence[Counts], what: str) -> str:
    """How many pods there are, whichever kind the workload is of."""
    return " or ".join(
        _highest(getattr(each, what), f'namespace="$namespace", {each.label}="$workload"') for each in counts
    )


def _highest(metric: str, matchers: str) -> str:
    return f"max({metric}{{{matchers}}})"


def _by_pod(metric: str, matchers: str) -> str:
    return f"max by (pod, container) ({metric}{{{matchers}}})"


def _restarts(pods: str, window: str) -> str:
    restarts = f"kube_pod_container_status_restarts_total{{{pods}}}{window}"
    return f"max by (pod, container) (round(increase({restarts})))"


def _usage(own: str) -> str:
    return f"max by (pod, container) (rate(container_cpu_usage_seconds_total{{{own}}}{RATE}))"


def _bounds(own: str, resource: str) -> list[Query]:
    """The request and the limit of one pod, as lines to compare with."""
    selected = f'{own}, resource="{resource}"'
    return [
        Query(_highest("kube_pod_container_resource_requests", selected), "request", mark="orange"),
        Query(_highest("kube_pod_container_resource_limits", selected), "limit", mark="red"),
    ]


def _overview(pods: str, own: str, counts: Sequence[Counts]) -> list[Panel]:
    requested = _by_pod("kube_pod_container_resource_requests", f'{own}, resource="cpu"')
    limit = _by_pod("kube_pod_container_resource_limits", f'{own}, resource="memory"')
    used = _by_pod("container_memory_working_set_bytes", own)
    firing = 'count(ALERTS{alertstate="firing", namespace="$namespace", workload="$workload"}) or vector(0)'
    return [
        row("Overview"),
        *(_numbers(counts) if counts else []),
        stat(
            "Alerts firing",
            firing,
            description="Firing alerts of this workload.",
            steps=[(None, "green"), (1, "red")],
        ),
        stat(
            "Restarts in an hour",
            f"sum({_restarts(pods, '[1h]')})",
            description="Container restarts of all pods within the last hour.",
            steps=[(None, "green"), (1, "orange"), (3, "red")],
        ),
        stat(
            "CPU used of request",
            f"100 * avg({_usage(own)} / {requested})",
            description="CPU used, in percent of the CPU requested, on average over the pods.",
            unit="percent",
            steps=[(None, "green"), (80, "orange"), (100, "red")],
        ),
        stat(
            "Memory used of limit",
            f"100 * max({used} / {limit})",
            description="Memory of the pod closest to its limit, in percent of it. At the limit a container is killed.",
            unit="percent",
            steps=[(None, "green"), (80, "orange"), (90, "red")],
        ),
    ]


def _numbers(counts: Sequence[Counts]) -> list[Panel]:
    scaled = any(each is not COUNTS[Kind.DAEMON_SET] for each in counts)
    asking = "Deployment" if counts == [COUNTS[Kind.DEPLOYMENT]] else "workload"
    return [
        stat(
            "Pods ready",
            _counted(counts, "ready"),
            description="Pods whose readiness probe succeeds.",
            steps=[(None, "red"), (1, "green")],
        ),
        stat(
            "Pods desired",
            _counted(counts, "desired"),
            description=f"Pods the {asking}{' or its autoscaler' if scaled else ''} asks for.",
        ),
    ]


def _replicas(counts: Sequence[Counts], kinds: Sequence[Kind], hpa: str) -> Panel:
    queries = [Query(_counted(counts, "ready"), "ready"), Query(_counted(counts, "desired"), "desired", mark="blue")]
    description = "Pods that are ready, and pods desired."
    if any(kind.scales for kind in kinds):
        queries += [
            Query(_highest("kube_horizontalpodautoscaler_spec_min_replicas", hpa), "HPA minimum", mark="purple"),
            Query(_highest("kube_horizontalpodautoscaler_spec_max_replicas", hpa), "HPA maximum", mark="red"),
        ]
        description = "Pods that are ready, pods desired, and the bounds of the autoscaler if there is one."
    return timeseries("Replicas", queries, description=description, width=8)


def _pods(pods: str, counts: Sequence[Counts], kinds: Sequence[Kind], hpa: str) -> list[Panel]:
    waiting = f"max by (pod, container, reason) (kube_pod_container_status_waiting_reason{{{pods}}})"
    return [
        row("Pods"),
        *([_replicas(counts, kinds, hpa)] if counts else []),
        timeseries(
            "Restarts",
            [Query(_restarts(pods, RATE), "{{pod}} {{container}}")],
            description="Container restarts, when they happened.",
            width=8,
        ),
        timeseries(
            "Waiting containers",
            [Query(f"sum by (reason) ({waiting})", "{{reason}}")],
            description="Why containers do not run: CrashLoopBackOff, ImagePullBackOff and others.",
            width=8,
        ),
    ]


def _cpu(own: str) -> list[Panel]:
    throttled = f"sum by (pod) (increase(container_cpu_cfs_throttled_periods_total{{{own}}}{RATE}))"
    periods = f"sum by (pod) (increase(container_cpu_cfs_periods_total{{{own}}}{RATE}))"
    return [
        row("CPU"),
        timeseries(
            "CPU by pod",
            [Query(_usage(own), "{{pod}}"), *_bounds(own, "cpu")],
            description="Cores each pod uses, against the request and the limit of one pod (no line: there is none).",
            width=16,
        ),
        timeseries(
            "CPU throttling by pod",
            [Query(f"100 * {throttled} / {periods}", "{{pod}}")],
            description="Periods in which the CPU limit held the pod back, in percent. Empty without a limit.",
            unit="percent",
            width=8,
        ),
    ]


def _memory(own: str) -> list[Panel]:
    used = _by_pod("container_memory_working_set_bytes", own)
    limit = _by_pod("kube_pod_container_resource_limits", f'{own}, resource="memory"')
    return [
        row("Memory"),
        timeseries(
            "Memory by pod",
            [Query(used, "{{pod}}"), *_bounds(own, "memory")],
            description="Working set of each pod, against the request and the limit of one pod.",
            unit="bytes",
            width=16,
        ),
        timeseries(
            "Memory used of limit by pod",
            [Query(f"100 * {used} / {limit}", "{{pod}}")],
            description="Working set in percent of the limit, at which a container is killed.",
            unit="percent",
            width=8,
        ),
    ]


def _network(pods: str) -> list[Panel]:
    def rate(direction: str, kind: str) -> str:
        metric = f"container_network_{direction}_{kind}_total"
        return f"sum by (pod) (max by (pod, interface) (rate({metric}{{{pods}}}{RATE})))"

    return [
        row("Network"),
        timeseries(
            "Received by pod",
            [Query(rate("receive", "bytes"), "{{pod}}")],
            description="Bytes per second each pod receives.",
            unit="Bps",
            width=8,
        ),
        timeseries(
            "Sent by pod",
            [Query(rate("transmit", "bytes"), "{{pod}}")],
            description="Bytes per second each pod sends.",
            unit="Bps",
            width=8,
        ),
        timeseries(
            "Dropped packets by pod",
            [
                Query(rate("receive", "packets_dropped"), "{{pod}} received"),
                Query(rate("transmit", "packets_dropped"), "{{pod}} sent"),
            ],
            description="Packets per second that were lost on the way in or out.",
            unit="pps",
            width=8,
        ),
    ]
