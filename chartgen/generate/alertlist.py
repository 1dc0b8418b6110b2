"""Every alert a chart can have, and what can be set about it.

The expressions stand in chart-templates/_lib/alerts, in the words of Prometheus. All alerts but those on the
application's own metrics, and on those of databases, of brokers and of KEDA, need only kube-state-metrics and cAdvisor,
which every Prometheus of a cluster scrapes, so they work for a workload without a single metric.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.generate.alert import Alert
from chartgen.generate.operators.known import ALERTS as NEEDS
from chartgen.spec.model import AppSpec, Kind, Workload


def _goes_on(workload: Workload) -> bool:
    return not workload.kind.ends


def _ends(workload: Workload) -> bool:
    return workload.kind.ends


def _scraped(workload: Workload) -> bool:
    return workload.metrics is not None


def _counts_errors(workload: Workload) -> bool:
    return workload.metrics is not None and bool(workload.metrics.requests and workload.metrics.errors)


def _measures_latency(workload: Workload) -> bool:
    return workload.metrics is not None and bool(workload.metrics.latency)


ALERTS = (
    Alert(
        "unavailable",
        ("WorkloadUnavailable",),
        "no pod of a workload is available",
        severity="critical",
        lasting=lambda alerts: "5m",
        applies=_goes_on,
    ),
    Alert(
        "jobFailed",
        ("JobFailed",),
        "a Job, or the last run of a CronJob, has failed",
        severity="critical",
        applies=_ends,
    ),
    Alert(
        "cronLate",
        ("CronJobLate",),
        "a run of a CronJob is overdue",
        lasting=lambda alerts: alerts.cron_late,
        applies=lambda workload: workload.kind is Kind.CRON_JOB,
    ),
    Alert(
        "jobSlow",
        ("JobSlow",),
        "a Job, or a run of a CronJob, does not come to an end",
        lasting=lambda alerts: alerts.job_slow,
        applies=_ends,
    ),
    Alert("notReady", ("PodNotReady",), "a pod does not become ready", lasting=lambda alerts: alerts.not_ready),
    Alert(
        "crashLooping",
        ("ContainerCrashLooping",),
        "a container is in CrashLoopBackOff",
        lasting=lambda alerts: "10m",
        applies=_goes_on,
    ),
    Alert(
        "restarts",
        ("ContainerRestarting",),
        "a container restarts often",
        threshold=lambda alerts: alerts.restarts,
        unit="Restarts within an hour at which the alert fires",
        applies=_goes_on,
    ),
    Alert(
        "oomKilled",
        ("ContainerOutOfMemory",),
        "a container was killed at its memory limit in the last 15 minutes",
        applies=_goes_on,
    ),
    Alert(
        "rollout",
        ("RolloutStuck",),
        "a rollout has made no progress for 10 minutes",
        lasting=lambda alerts: "5m",
        applies=_goes_on,
    ),
    Alert(
        "replicas",
        ("ReplicasMissing",),
        "fewer pods are available than desired",
        lasting=lambda alerts: "15m",
        applies=_goes_on,
    ),
    Alert(
        "misscheduled",
        ("PodsMisscheduled",),
        "pods of a DaemonSet run on nodes they should not run on",
        lasting=lambda alerts: "15m",
        applies=lambda workload: workload.kind is Kind.DAEMON_SET,
    ),
    Alert(
        "cpu",
        ("CPUNearRequest",),
        "the pods of a workload use, on average, most of the CPU they request",
        lasting=lambda alerts: "15m",
        threshold=lambda alerts: alerts.cpu,
        unit="Threshold in percent of the CPU request",
        applies=_goes_on,
    ),
    Alert(
        "throttling",
        ("CPUThrottled",),
        "a container is throttled by its CPU limit; never without a limit",
        lasting=lambda alerts: "15m",
        threshold=lambda alerts: alerts.throttling,
        unit="Threshold in percent of the CPU scheduling periods",
        applies=_goes_on,
    ),
    Alert(
        "memory",
        ("MemoryNearLimit",),
        "a container comes close to its memory limit, at which it would be killed",
        lasting=lambda alerts: "10m",
        threshold=lambda alerts: alerts.memory,
        unit="Threshold in percent of the memory limit",
    ),
    Alert(
        "volume",
        ("VolumeFillingUp",),
        "a persistent volume is filling up",
        lasting=lambda alerts: "10m",
        threshold=lambda alerts: alerts.volume,
        unit="Threshold in percent of the capacity",
        applies=lambda workload: any(volume.persistent for volume in workload.volumes),
        concerns=lambda need: bool(need.operator and need.operator.storage),
    ),
    Alert(
        "hpaMax",
        ("AutoscalerAtMaximum",),
        "an autoscaler stays at its maximum number of pods",
        lasting=lambda alerts: alerts.hpa_max,
        applies=lambda workload: workload.scales,
    ),
    Alert(
        "hpaMetrics",
        ("AutoscalerWithoutMetrics",),
        "an autoscaler cannot read its metrics",
        lasting=lambda alerts: "15m",
        applies=lambda workload: workload.scales,
    ),
    Alert(
        "scaler",
        ("ScalerFailing",),
        "KEDA cannot read a trigger; needs the metrics of KEDA's operator",
        lasting=lambda alerts: "10m",
        applies=lambda workload: workload.scales and bool(workload.replicas.triggers),
    ),
    Alert(
        "targetDown",
        ("TargetDown", "TargetMissing"),
        "Prometheus cannot scrape a pod, or has no pod of a workload as a target",
        lasting=lambda alerts: "10m",
        applies=_scraped,
    ),
    Alert(
        "errorRate",
        ("HighErrorRate",),
        "too many requests fail",
        severity="critical",
        lasting=lambda alerts: "5m",
        threshold=lambda alerts: alerts.error_rate,
        unit="Threshold in percent of all requests",
        min_requests=50,
        applies=_counts_errors,
    ),
    Alert(
        "latency",
        ("HighLatency",),
        "requests are slow: the 99th percentile of their duration is high",
        lasting=lambda alerts: "10m",
        threshold=lambda alerts: alerts.latency,
        unit="Threshold of the 99th percentile, in seconds",
        min_requests=50,
        applies=_measures_latency,
    ),
    *NEEDS,
)
"""Every alert a chart can have, the gravest first."""


def alerts_of(spec: AppSpec) -> Iterator[Alert]:
    """The alerts at least one workload of the application, or one of its needs, can have."""
    for alert in ALERTS:
        if any(map(alert.applies, spec.workloads)) or any(map(alert.concerns, spec.needs)):
            yield alert


def alert_table(spec: AppSpec) -> str:
    """The alerts as a Markdown table: their names, which are those of the runbooks, and the settings they obey."""
    rows = ["| Alert | Fires when | Settings |", "|-------|------------|----------|"]
    for alert in alerts_of(spec):
        names = ", ".join(f"`{name}`" for name in alert.names)
        rows.append(f"| {names} | {alert.meaning} | `monitoring.alerts.{alert.key}` |")
    return "\n".join(rows)
