"""The alerts on the databases that an operator runs for the chart.

Whether servers are ready is what kube-state-metrics knows. The rest comes from the exporter in each of CloudNativePG's
servers, whose default queries are documented in its chapter "Monitoring". About what is outside of the release nothing
is known that could be asked without a guess.
"""

from __future__ import annotations

from chartgen.generate.alert import Alert
from chartgen.spec.model import Need, Workload


def _never(workload: Workload) -> bool:
    return False


def _created(need: Need) -> bool:
    return need.operator is not None and bool(need.operator.storage)


DATABASE = (
    Alert(
        "databaseDown",
        ("DatabaseUnavailable",),
        "no server of a database is ready",
        severity="critical",
        lasting=lambda alerts: "5m",
        applies=_never,
        concerns=_created,
    ),
    Alert(
        "databaseReplicas",
        ("DatabaseServersMissing",),
        "fewer servers of a database are ready than there should be",
        lasting=lambda alerts: "15m",
        applies=_never,
        concerns=_created,
    ),
    Alert(
        "replicationLag",
        ("ReplicationLagging",),
        "a server of a database is behind the one that is written to, whose place it could not take without a loss",
        lasting=lambda alerts: "5m",
        threshold=lambda alerts: 300,
        unit="Threshold in seconds, as in CloudNativePG's own example",
        applies=_never,
        concerns=_created,
    ),
    Alert(
        "connections",
        ("ConnectionsNearLimit",),
        "the connections of a database are nearly used up",
        lasting=lambda alerts: "5m",
        threshold=lambda alerts: 80,
        unit="Threshold in percent of max_connections",
        applies=_never,
        concerns=_created,
    ),
)
"""The alerts, the gravest first."""
