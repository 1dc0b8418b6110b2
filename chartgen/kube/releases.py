"""Sets of Kubernetes releases: which ones a chart is for, and how messages name them.

A set is a number whose bit ``1 << 34`` stands for Kubernetes 1.34, so that "in which of these" is one operation.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chartgen.version import Range, kubernetes

OLDEST, NEWEST = 25, 37
"""The releases whose schemas are carried (``data/kubernetes.gz``)."""

RECENT = range(NEWEST - 3, NEWEST + 1)
"""Those a chart is taken to be for when it does not say: what Kubernetes supports, and one more."""


def releases(minors: Iterable[int]) -> int:
    """The set of some minor versions."""
    found = 0
    for minor in minors:
        found |= 1 << minor
    return found


def minors(versions: int) -> Iterator[int]:
    """The minor versions in a set, oldest first."""
    minor = 0
    while versions:
        if versions & 1:
            yield minor
        versions >>= 1
        minor += 1


CARRIED = releases(range(OLDEST, NEWEST + 1))


def minor_version(kube_version: str) -> int | None:
    """The minor version in ``v1.34.2-eks-1``; None for what is no version of Kubernetes 1.

    >>> minor_version("v1.34.2-eks-1")
    34
    """
    match = re.match(r"v?1\.([0-9]{1,3})(?:[.+-]|\Z)", kube_version)
    return int(match[1]) if match else None


def supported(metadata: Mapping[str, Any]) -> int:
    """The carried releases that a Chart.yaml's ``kubeVersion`` allows; the recent ones where it says nothing.

    A release counts when any of its patches is allowed.
    """
    wanted = metadata.get("kubeVersion")
    if isinstance(wanted, str) and wanted.strip():
        try:
            allowed = Range(wanted)
        except ValueError:
            return releases(RECENT)
        found = [
            minor
            for minor in range(OLDEST, NEWEST + 1)
            if kubernetes(f"1.{minor}.0") in allowed or kubernetes(f"1.{minor}.99") in allowed
        ]
        if found:
            return releases(found)
    return releases(RECENT)


def spoken(versions: int) -> str:
    """A set as messages name it.

    >>> spoken(releases([25, 26, 27, 30])), spoken(releases([31, 32]))
    ('1.25 to 1.27 and 1.30', '1.31 and 1.32')
    """
    runs: list[list[int]] = []
    for minor in minors(versions):
        if runs and runs[-1][-1] == minor - 1:
            runs[-1].append(minor)
        else:
            runs.append([minor])
    parts: list[str] = []
    for run in runs:
        parts += [f"1.{run[0]} to 1.{run[-1]}"] if len(run) > 2 else [f"1.{minor}" for minor in run]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
