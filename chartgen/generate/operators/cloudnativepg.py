"""CloudNativePG, which runs PostgreSQL.

Whether servers are ready is what kube-state-metrics knows. The rest of the alerts comes from the exporter in each of
the servers, whose default queries are documented in the chapter "Monitoring".
"""

from __future__ import annotations

from chartgen.generate import schema as s
from chartgen.generate.alert import Alert
from chartgen.generate.operators.base import Operator, made, never, server_resources, storage, volume_panel
from chartgen.generate.panels import COLUMNS, Panel, Query, timeseries
from chartgen.generate.valuetree import Key, Node
from chartgen.spec.model import Need

IMAGE = "ghcr.io/cloudnative-pg/postgresql"
"""The repository of the servers; the project rebuilds those called ``standard-trixie``."""

_created = made("postgres")

ALERTS = (
    Alert(
        "databaseDown",
        ("DatabaseUnavailable",),
        "no server of a database is ready",
        severity="critical",
        lasting=lambda alerts: "5m",
        applies=never,
        concerns=_created,
    ),
    Alert(
        "databaseReplicas",
        ("DatabaseServersMissing",),
        "fewer servers of a database are ready than there should be",
        lasting=lambda alerts: "15m",
        applies=never,
        concerns=_created,
    ),
    Alert(
        "replicationLag",
        ("ReplicationLagging",),
        "a server of a database is behind the one that is written to, whose place it could not take without a loss",
        lasting=lambda alerts: "5m",
        threshold=lambda alerts: 300,
        unit="Threshold in seconds, as in CloudNativePG's own example",
        applies=never,
        concerns=_created,
    ),
    Alert(
        "connections",
        ("ConnectionsNearLimit",),
        "the connections of a database are nearly used up",
        lasting=lambda alerts: "5m",
        threshold=lambda alerts: 80,
        unit="Threshold in percent of max_connections",
        applies=never,
        concerns=_created,
    ),
)
"""The alerts, the gravest first."""


def _settings(need: Need) -> tuple[Node, ...]:
    operated = need.operator
    assert operated is not None
    image = f"{IMAGE}:{operated.version}-standard-trixie" if operated.version else ""
    return (
        Key(
            "instances",
            operated.instances,
            "Number of servers: one to write to, the others to take its place",
            s.POSITIVE,
        ),
        Key(
            "imageName",
            image,
            "Image of the servers; the operator's choice if empty",
            s.STRING,
            ci={} if image else {"full": f"{IMAGE}:18.6-standard-trixie"},
        ),
        Key(
            "database",
            need.database,
            "Name of the database and of its owner, which counts when the Cluster is created",
            s.NAME,
        ),
        storage(need),
        server_resources(need),
        Key(
            "spec",
            {},
            "Further fields of the Cluster's spec, for example of its backups",
            s.OBJECT,
            ci={"full": {"primaryUpdateMethod": "switchover"}},
            example="plugins:\n  - name: barman-cloud.cloudnative-pg.io\n    isWALArchiver: true\n"
            "    parameters:\n      barmanObjectName: backups",
        ),
    )


def _panels(name: str, cluster: str) -> list[Panel]:
    servers = f'namespace="$namespace", pod=~"{cluster}-[0-9]+"'
    ready = f'sum(max by (pod) (kube_pod_status_ready{{{servers}, condition="true"}}))'
    used = f"sum by (pod) (cnpg_backends_total{{{servers}}})"
    most = f'max by (pod) (cnpg_pg_settings_setting{{{servers}, name="max_connections"}})'
    width = COLUMNS // 4
    return [
        timeseries(
            f"Servers of {name}",
            [Query(ready, "ready")],
            description="How many servers are ready.",
            width=width,
        ),
        timeseries(
            f"Connections of {name}",
            [Query(f"100 * {used} / {most}", "{{pod}}")],
            description="Connections of each server, in percent of those it allows.",
            unit="percent",
            width=width,
        ),
        timeseries(
            f"Lag of {name}",
            [Query(f"max by (pod) (cnpg_pg_replication_lag{{{servers}}})", "{{pod}}")],
            description="How far each server is behind the one that is written to.",
            unit="s",
            width=width,
        ),
        volume_panel(name, f"{cluster}-[0-9]+(-wal)?"),
    ]


CLOUDNATIVEPG = Operator(
    kind="Cluster",
    resource="cluster.postgresql.cnpg.io",
    ready="Ready",
    label="cnpg.io/cluster",
    longest=50,
    ports=(5432,),
    metrics="metrics",
    secret="%s-app",
    pods="%s-[0-9]+",
    claims="%s-[0-9]+(-wal)?",
    naming="CloudNativePG numbers the servers, and calls their claims as them; "
    "a separate one for the WAL ends in -wal.",
    kept="data",
    more="Backups are a matter of where they may go: `needs.{key}.spec` takes what CloudNativePG wants for them.",
    files=("cluster.yaml",),
    rules="database",
    alerts=ALERTS,
    settings=_settings,
    title="Database",
    panels=_panels,
)
"""Its names have at most 50 characters by its own admission webhook."""
