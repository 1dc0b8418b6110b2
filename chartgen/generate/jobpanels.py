"""The panels of workloads that end: how the Jobs of a CronJob, or a Job, did.

Their queries need kube-state-metrics only.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.generate.kinds import Names
from chartgen.generate.panels import Panel, Query, row, stat, timeseries

_CRON_JOB = 'namespace="$namespace", cronjob="$workload"'


def jobpanels(names: Sequence[Names]) -> list[Panel]:
    """One row, for the workload chosen in the dashboard; empty for one whose pods go on running."""
    suffixes = list(dict.fromkeys(each.jobs for each in names))
    suffix = suffixes[0] if len(suffixes) == 1 else f"({'|'.join(suffixes)})"
    jobs = f'namespace="$namespace", job_name=~"$workload{suffix}"'

    def count(metric: str) -> str:
        return f"sum(max by (job_name) ({metric}{{{jobs}}}))"

    success = f"max(kube_cronjob_status_last_successful_time{{{_CRON_JOB}}})"
    done = f"max(kube_job_status_completion_time{{{jobs}}})"
    return [
        row("Jobs"),
        stat(
            "Since the last success",
            f"time() - ({success} or {done})",
            description="Time since a Job last succeeded.",
            unit="s",
        ),
        stat(
            "Until the next run",
            f"max(kube_cronjob_next_schedule_time{{{_CRON_JOB}}}) - time()",
            description="Time until a CronJob is due; below zero it is late. Empty for a Job or a suspended one.",
            unit="s",
            steps=[(None, "red"), (-60, "text")],
        ),
        stat(
            "Failed Jobs",
            f'sum(max by (job_name) (kube_job_failed{{{jobs}, condition="true"}}))',
            description="Jobs still in the cluster that have failed, with all their retries.",
            steps=[(None, "green"), (1, "red")],
        ),
        timeseries(
            "Pods of Jobs",
            [
                Query(count("kube_job_status_active"), "active"),
                Query(count("kube_job_status_failed"), "failed"),
                Query(count("kube_job_status_succeeded"), "succeeded"),
            ],
            description="Pods of the Jobs still in the cluster, by how they are doing.",
        ),
    ]
