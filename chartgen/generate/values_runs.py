"""The settings of how often and how long a workload runs: those only a StatefulSet, a CronJob or a Job has."""

from __future__ import annotations

from chartgen.generate import schema as s
from chartgen.generate.values_scale import replicas
from chartgen.generate.valuetree import Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.spec.model import Run, Schedule


def running(w: WorkloadView) -> tuple[Node, ...]:
    """What a reader looks for first: how many pods there are, or when they run."""
    nodes: list[Node] = [replicas(w)] if w.kind.scales else []
    if w.workload.stateful:
        policy = "OrderedReady" if w.workload.stateful.ordered else "Parallel"
        nodes.append(
            Key("podManagementPolicy", policy,
                "Whether pods start all at once (Parallel), or one after the other (OrderedReady); immutable",
                {"enum": ["Parallel", "OrderedReady"]})
        )  # fmt: skip
    if w.workload.schedule:
        nodes += _schedule(w.workload.schedule)
    if w.workload.run:
        nodes += _run(w, w.workload.run)
    return tuple(nodes)


def _schedule(schedule: Schedule) -> tuple[Key, ...]:
    return (
        Key("schedule", schedule.cron, "When a run begins: minute, hour, day of the month, month, day of the week",
            s.NAME),
        Key("timeZone", schedule.timezone, "Time zone of the schedule; that of the control plane if empty", s.STRING,
            ci={"full": schedule.timezone or "Etc/UTC"}),
        Key("suspend", schedule.suspend, "Begin no new runs", s.BOOLEAN, ci={"full": True, "minimal": False}),
        Key("concurrencyPolicy", schedule.concurrency,
            "What happens when a run is due while another goes on: it is left out, runs too, or takes its place",
            {"enum": ["Forbid", "Allow", "Replace"]}),
        Key("startingDeadlineSeconds", schedule.deadline, "Seconds a run may begin late; after that it is left out",
            {"type": "integer", "minimum": 10}),
        Key("successfulJobsHistoryLimit", schedule.successful, "Number of successful runs to keep", s.COUNT),
        Key("failedJobsHistoryLimit", schedule.failed, "Number of failed runs to keep", s.COUNT),
    )  # fmt: skip


def _run(w: WorkloadView, run: Run) -> tuple[Key, ...]:
    ttl = Key(
        "ttlSecondsAfterFinished",
        run.ttl or 0,
        "Seconds after which the finished Job is removed; 0 to keep it. "
        + ("An upgrade after that would run it again" if w.once else "Helm does not remove it with the release"),
        s.COUNT,
        ci={"full": run.ttl or 86400, "minimal": 0},
    )
    return (
        Key("backoffLimit", run.backoff, "Number of retries before a run has failed", s.COUNT),
        Key("activeDeadlineSeconds", run.timeout,
            "Seconds a run may take, with all its retries, before it is stopped and has failed; 0 for no limit",
            s.COUNT, ci={"full": run.timeout or 3600, "minimal": 0}),
        Key("podFailurePolicy", IGNORE_DISRUPTIONS,
            "Which failures of pods count as retries; a pod that its node had to give up does not",
            s.closed(rules=s.OBJECTS)),
        Key("completions", run.completions, "Number of pods that must succeed", s.POSITIVE),
        Key("parallelism", run.parallelism, "Number of pods that run at the same time", s.POSITIVE),
        *([] if w.workload.schedule else [ttl]),
    )  # fmt: skip


IGNORE_DISRUPTIONS = {
    "rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]
}
"""A drained node, or a pod that makes room for another, says nothing about the Job (KEP-3329, on since 1.26)."""
