"""What there is to say about an operator, and the settings that the clusters of all have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.alert import Alert
from chartgen.generate.panels import COLUMNS, Panel, Query, timeseries
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.spec.model import Need, Workload

QUANTITY = {"type": ["string", "number"], "minLength": 1}


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator, which runs clusters for one kind of need.

    ``kind`` is that of its objects and ``resource`` what kubectl calls them; the condition ``ready`` says that the
    servers answer. A cluster has at most ``longest`` characters in its name, which its pods have in their label
    ``label``, beside ``labels``; applications reach them at ``ports``, and Prometheus at the one called ``metrics``.
    ``secret``, ``pods`` and ``claims`` make names of that of the cluster: of the Secret for applications, and as
    regular expressions those of its pods and their claims, as the comment ``naming`` explains.

    ``kept`` is what would be lost with the object, and ``more`` what else README.md says of it, with ``{key}`` for the
    key of the need. ``files`` are the templates beside those all operators have; ``rules`` is the one in _lib/alerts
    with the ``alerts``. ``settings`` are the values of a cluster that the chart makes. ``title`` stands above its
    ``panels``, which are made of the name of the need and that of the cluster.
    """

    kind: str
    resource: str
    ready: str
    label: str
    longest: int
    ports: tuple[int, ...]
    metrics: str
    secret: str
    pods: str
    claims: str
    naming: str
    kept: str
    more: str
    files: tuple[str, ...]
    rules: str
    alerts: tuple[Alert, ...]
    settings: Callable[[Need], tuple[Node, ...]]
    title: str
    panels: Callable[[str, str], list[Panel]]
    labels: tuple[tuple[str, str], ...] = ()


def never(workload: Workload) -> bool:
    """For alerts that are about no workload."""
    return False


def made(kind: str) -> Callable[[Need], bool]:
    """Whether a need is of a kind, and the chart can make a cluster for it."""

    def concerns(need: Need) -> bool:
        return need.kind == kind and need.operator is not None and bool(need.operator.storage)

    return concerns


def storage(need: Need) -> Block:
    """The volume of each server."""
    assert need.operator is not None
    given = need.operator.storage_class
    ci = {} if given else {"full": "fast"}
    return Block(
        "storage",
        (
            Key("size", need.operator.storage, "Size of the volume of each server", QUANTITY),
            Key("storageClass", given, "Storage class; that of the cluster if empty", s.STRING, ci=ci),
        ),
    )


def server_resources(need: Need) -> Key:
    """What each server requests, and its limits."""
    assert need.operator is not None
    own = need.operator.resources
    wanted: dict[str, Any] = {"requests": dict(own.requests), "limits": dict(own.limits)}
    return Key(
        "resources",
        {kind: quantities for kind, quantities in wanted.items() if quantities},
        "Resource requests and limits of each server",
        s.ref("resources"),
    )


def volume_panel(name: str, claims: str) -> Panel:
    """How full the volumes of a cluster are; ``claims`` is a regular expression of their names."""
    of = f'namespace="$namespace", persistentvolumeclaim=~"{claims}"'

    def highest(metric: str) -> str:
        return f"max by (persistentvolumeclaim) (kubelet_volume_stats_{metric}{{{of}}})"

    full = f"100 * (1 - {highest('available_bytes')} / {highest('capacity_bytes')})"
    return timeseries(
        f"Volumes of {name}",
        [Query(full, "{{persistentvolumeclaim}}")],
        description="How full the volume of each server is, in percent of its capacity.",
        unit="percent",
        width=COLUMNS // 4,
    )
