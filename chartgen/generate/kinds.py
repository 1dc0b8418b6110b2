"""What differs from kind to kind: how long a name may be, what pods and Jobs are called, and who counts them."""

from __future__ import annotations

from dataclasses import dataclass

from chartgen.spec.model import Kind, Run, Workload

SUFFIX = "[bcdfghjklmnpqrstvwxz2456789]{5}"
"""The end of a pod's name, in the letters Kubernetes draws from (k8s.io/apimachinery/pkg/util/rand)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The metrics of kube-state-metrics that count the pods of a kind, and the ``label`` that names the object.

    ``updated`` counts those of the newest revision; a Deployment says whether its rollout goes on, and has none.
    """

    label: str
    desired: str
    available: str
    ready: str
    updated: str = ""


COUNTS = {
    Kind.DEPLOYMENT: Counts(
        "deployment",
        "kube_deployment_spec_replicas",
        "kube_deployment_status_replicas_available",
        "kube_deployment_status_replicas_ready",
    ),
    Kind.STATEFUL_SET: Counts(
        "statefulset",
        "kube_statefulset_replicas",
        "kube_statefulset_status_replicas_available",
        "kube_statefulset_status_replicas_ready",
        "kube_statefulset_status_replicas_updated",
    ),
    Kind.DAEMON_SET: Counts(
        "daemonset",
        "kube_daemonset_status_desired_number_scheduled",
        "kube_daemonset_status_number_available",
        "kube_daemonset_status_number_ready",
        "kube_daemonset_status_updated_number_scheduled",
    ),
}
"""The kinds whose pods go on running."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what a kind makes.

    ``longest`` is how many characters the object's own may have, ``because`` why. ``pods`` and ``jobs`` are regular
    expressions of what follows it in the names of its pods and of its Jobs (empty: a Job has that very name); ``shape``
    is what the pods are called in words.
    """

    longest: int
    because: str
    shape: str
    pods: str
    jobs: str = ""


_DRAWN = "in the letters Kubernetes draws from"
_GENERATED = "Kubernetes cuts names longer than 57 characters when it makes those of the pods from them"

_NAMES = {
    # A pod gets the first 58 characters of what it is called after, dash included, and the five of its own suffix.
    Kind.DEPLOYMENT: Names(
        57,
        _GENERATED,
        f"<name>-<hash>-<suffix>, {_DRAWN}; of a long name it cuts the hash, not the suffix.",
        f"-[4-9bcdf]*-?{SUFFIX}",
    ),
    Kind.STATEFUL_SET: Names(
        52,
        "a label of the pods, controller-revision-hash, is made of it and has at most 63 characters",
        "<name>-<number>",
        "-[0-9]+",
    ),
    Kind.DAEMON_SET: Names(57, _GENERATED, f"<name>-<suffix>, {_DRAWN}.", f"-{SUFFIX}"),
    # A Job of a CronJob is called after the minute it was due.
    Kind.CRON_JOB: Names(
        52,
        "Kubernetes allows 52 characters in the name of a CronJob",
        f"<name>-<minute>-<suffix>, {_DRAWN}; of a long name it cuts the minute, not the suffix.",
        f"-[0-9]*-?{SUFFIX}",
        "-[0-9]+",
    ),
    Kind.JOB: Names(57, _GENERATED, f"<name>-<suffix>, {_DRAWN}.", f"-{SUFFIX}"),
}
USUAL = _NAMES[Kind.DEPLOYMENT]
"""Those of a name to which the names of workloads are added."""

_ONCE = Names(
    48,
    "a hash follows it in the name of the Job",
    f"<name>-<hash>-<suffix>, {_DRAWN}.",
    f"-[0-9a-f]{{8}}-{SUFFIX}",
    "-[0-9a-f]{8}",
)


def names(workload: Workload) -> Names:
    """The names a workload's objects get."""
    return _ONCE if runs_once(workload) else _NAMES[workload.kind]


def runs_once(workload: Workload) -> bool:
    """Whether it is a Job that is no hook: a changed one is another object, because a Job cannot be changed."""
    return workload.kind is Kind.JOB and workload.run is not None and not workload.run.hooks


EARLY = frozenset(("pre-install", "pre-upgrade", "pre-rollback", "post-delete"))
"""Helm's events at which the other objects of the release are not there, or are those of another version."""


def before_the_rest(run: Run | None) -> bool:
    """Whether a Job runs when the release has no objects yet, so that what it needs must be a hook as well."""
    return run is not None and not EARLY.isdisjoint(run.hooks)
