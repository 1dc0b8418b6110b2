"""The panels every workload has: replicas, restarts, CPU, memory and network of the pods of one Deployment.

Their queries need kube-state-metrics and cAdvisor only, and take the largest of equal series, so that several replicas
of kube-state-metrics count once.
"""

from __future__ import annotations

from chartgen.generate.panels import RATE, Panel, Query, row, stat, timeseries

CONTAINERS = "__CONTAINERS__"

# <name>-<hash>-<suffix> in the letters Kubernetes draws from: pods of this Deployment, and of no other.
_PODS = 'namespace="$namespace", pod=~"$workload-[4-9bcdf]*-?[bcdfghjklmnpqrstvwxz2456789]{5}"'
_DEPLOYMENT = 'namespace="$namespace", deployment="$workload"'
_HPA = 'namespace="$namespace", horizontalpodautoscaler="$workload"'


def podpanels() -> list[Panel]:
    """The rows of the workload chosen in the dashboard; ``CONTAINERS`` stands for the names of its container."""
    own = f'{_PODS}, container=~"{CONTAINERS}"'
    return [*_overview(own), *_pods(), *_cpu(own), *_memory(own), *_network()]


def _highest(metric: str, matchers: str) -> str:
    return f"max({metric}{{{matchers}}})"


def _by_pod(metric: str, matchers: str) -> str:
    return f"max by (pod, container) ({metric}{{{matchers}}})"


def _restarts(window: str) -> str:
    restarts = f"kube_pod_container_status_restarts_total{{{_PODS}}}{window}"
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


def _overview(own: str) -> list[Panel]:
    requested = _by_pod("kube_pod_container_resource_requests", f'{own}, resource="cpu"')
    limit = _by_pod("kube_pod_container_resource_limits", f'{own}, resource="memory"')
    used = _by_pod("container_memory_working_set_bytes", own)
    firing = 'count(ALERTS{alertstate="firing", namespace="$namespace", workload="$workload"}) or vector(0)'
    return [
        row("Overview"),
        stat(
            "Pods ready",
            _highest("kube_deployment_status_replicas_ready", _DEPLOYMENT),
            description="Pods whose readiness probe succeeds.",
            steps=[(None, "red"), (1, "green")],
        ),
        stat(
            "Pods desired",
            _highest("kube_deployment_spec_replicas", _DEPLOYMENT),
            description="Pods the Deployment or its autoscaler asks for.",
        ),
        stat(
            "Alerts firing",
            firing,
            description="Firing alerts of this workload.",
            steps=[(None, "green"), (1, "red")],
        ),
        stat(
            "Restarts in an hour",
            f"sum({_restarts('[1h]')})",
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


def _pods() -> list[Panel]:
    waiting = f"max by (pod, container, reason) (kube_pod_container_status_waiting_reason{{{_PODS}}})"
    return [
        row("Pods"),
        timeseries(
            "Replicas",
            [
                Query(_highest("kube_deployment_status_replicas_ready", _DEPLOYMENT), "ready"),
                Query(_highest("kube_deployment_spec_replicas", _DEPLOYMENT), "desired", mark="blue"),
                Query(_highest("kube_horizontalpodautoscaler_spec_min_replicas", _HPA), "HPA minimum", mark="purple"),
                Query(_highest("kube_horizontalpodautoscaler_spec_max_replicas", _HPA), "HPA maximum", mark="red"),
            ],
            description="Pods that are ready, pods desired, and the bounds of the autoscaler if there is one.",
            width=8,
        ),
        timeseries(
            "Restarts",
            [Query(_restarts(RATE), "{{pod}} {{container}}")],
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


def _network() -> list[Panel]:
    def rate(direction: str, kind: str) -> str:
        metric = f"container_network_{direction}_{kind}_total"
        return f"sum by (pod) (max by (pod, interface) (rate({metric}{{{_PODS}}}{RATE})))"

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
