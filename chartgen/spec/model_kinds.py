"""How a workload runs, as values: its kind, and what only some kinds have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The Kubernetes object a workload becomes."""

    DEPLOYMENT = "Deployment"
    STATEFUL_SET = "StatefulSet"
    DAEMON_SET = "DaemonSet"
    CRON_JOB = "CronJob"
    JOB = "Job"

    @property
    def ends(self) -> bool:
        """Whether its pods are meant to end: nothing connects to them and nothing checks their health."""
        return self in (Kind.CRON_JOB, Kind.JOB)

    @property
    def scales(self) -> bool:
        """Whether somebody chooses how many pods there are."""
        return self in (Kind.DEPLOYMENT, Kind.STATEFUL_SET)


@dataclass(frozen=True, slots=True)
class Stateful:
    """What a StatefulSet has of its own. ``ordered`` starts and stops its pods one after the other."""

    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a CronJob runs: ``cron`` has five fields or is ``@daily`` and the like.

    Without a ``timezone`` (IANA) it goes by the clock of the control plane, as a rule UTC. ``concurrency`` is Forbid,
    Allow or Replace. A run may begin up to ``deadline`` seconds late. ``successful`` and ``failed`` runs are kept.
    """

    cron: str
    timezone: str = ""
    concurrency: str = "Forbid"
    deadline: int = 300
    successful: int = 3
    failed: int = 1
    suspend: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """How the pods of a Job or of a CronJob's Jobs run.

    ``hooks`` are Helm's events at which a Job runs, none for one that runs once for each of its versions and for a
    CronJob. ``backoff`` is how often a failed pod is tried again; ``timeout`` (0: none) and ``ttl`` (None: kept) are
    seconds; ``completions`` pods must succeed, ``parallelism`` run at the same time.
    """

    hooks: tuple[str, ...] = ()
    backoff: int = 2
    timeout: int = 0
    ttl: int | None = None
    completions: int = 1
    parallelism: int = 1
