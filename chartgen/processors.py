"""How many processors this process may use."""

from __future__ import annotations

import os

_QUOTA = "/sys/fs/cgroup/cpu.max"
"""Where a container is told of its limit: microseconds of processor time in so many, or ``max``."""


def processors() -> int:
    """The processors that this process may run on, no more than its container's limit lets it use; at least 1.

    A build in a container with ``limits.cpu: 2`` on a machine of 64 is to start two workers, not 64.
    Source: https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files
    """
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        with open(_QUOTA, encoding="ascii") as file:  # noqa: PTH123 - pathlib may not be imported yet
            quota, _, period = file.read().partition(" ")
        allowed = int(quota) / int(period)
    except (OSError, ValueError, ZeroDivisionError):
        return number  # there is no limit
    return max(1, min(number, round(allowed)))
