"""The RabbitMQ Cluster Operator.

Labels, names and ports are those of the operator's sources (internal/metadata, internal/resource), and the alerts
follow its observability/prometheus/rules. Whether servers are ready is what kube-state-metrics knows; the rest comes
from the plugin rabbitmq_prometheus, which the operator switches on in each of the servers.
"""

from __future__ import annotations

from chartgen.generate import schema as s
from chartgen.generate.alert import Alert
from chartgen.generate.operators.base import Operator, made, never, server_resources, storage, volume_panel
from chartgen.generate.panels import COLUMNS, Panel, Query, timeseries
from chartgen.generate.valuetree import Key, Node
from chartgen.spec.model import Need

IMAGE = "docker.io/library/rabbitmq"
"""The repository of the servers; the operator takes those that end in ``-management``."""

ODD = {**s.POSITIVE, "not": {"multipleOf": 2}}

_created = made("rabbitmq")

ALERTS = (
    Alert(
        "brokerMajority",
        ("BrokerMajorityLost",),
        "no majority of the servers of a broker is ready",
        severity="critical",
        lasting=lambda alerts: "5m",
        applies=never,
        concerns=_created,
    ),
    Alert(
        "brokerBlocked",
        ("BrokerOutOfMemory", "BrokerOutOfDisk"),
        "a server of a broker has run out of memory or disk, so that none of them accepts messages",
        severity="critical",
        lasting=lambda alerts: "5m",
        applies=never,
        concerns=_created,
    ),
    Alert(
        "brokerReplicas",
        ("BrokerServersMissing",),
        "fewer servers of a broker are ready than there should be",
        lasting=lambda alerts: "15m",
        applies=never,
        concerns=_created,
    ),
    Alert(
        "fileDescriptors",
        ("FileDescriptorsNearLimit",),
        "the file descriptors of a server of a broker are nearly used up, of which each connection takes one",
        lasting=lambda alerts: "10m",
        threshold=lambda alerts: 80,
        unit="Threshold in percent of those it may have, as in the operator's own rule",
        applies=never,
        concerns=_created,
    ),
)
"""The alerts, the gravest first."""


def _settings(need: Need) -> tuple[Node, ...]:
    operated = need.operator
    assert operated is not None
    image = f"{IMAGE}:{operated.version}-management" if operated.version else ""
    return (
        Key("instances", operated.instances, "Number of servers; an odd one, since they decide by majority", ODD),
        Key(
            "image",
            image,
            "Image of the servers; the operator's choice if empty",
            s.STRING,
            ci={} if image else {"full": f"{IMAGE}:4.3.4-management"},
        ),
        storage(need),
        server_resources(need),
        Key(
            "spec",
            {},
            "Further fields of the RabbitmqCluster's spec, for example its plugins and its configuration",
            s.OBJECT,
            ci={"full": {"rabbitmq": {"additionalPlugins": ["rabbitmq_shovel"]}}},
            example="rabbitmq:\n  additionalPlugins:\n    - rabbitmq_shovel\n"
            "  additionalConfig: |\n    consumer_timeout = 3600000",
        ),
    )


def _panels(name: str, cluster: str) -> list[Panel]:
    servers = f'namespace="$namespace", pod=~"{cluster}-server-[0-9]+"'
    ready = f'sum(max by (pod) (kube_pod_status_ready{{{servers}, condition="true"}}))'

    def total(metric: str) -> str:
        # A server may be scraped twice: by the chart's PodMonitor, and by one for all brokers of the cluster.
        return f"sum(max by (pod) ({metric}{{{servers}}}))"

    width = COLUMNS // 4
    return [
        timeseries(
            f"Servers of {name}",
            [Query(ready, "ready")],
            description="How many servers are ready.",
            width=width,
        ),
        timeseries(
            f"Messages of {name}",
            [
                Query(total("rabbitmq_queue_messages_ready"), "ready"),
                Query(total("rabbitmq_queue_messages_unacked"), "unacknowledged"),
            ],
            description="Messages in all queues: those that wait for a consumer, and those that one has not confirmed.",
            width=width,
        ),
        timeseries(
            f"Connections of {name}",
            [Query(f"max by (pod) (rabbitmq_connections{{{servers}}})", "{{pod}}")],
            description="Connections of each server.",
            width=width,
        ),
        volume_panel(name, f"persistence-{cluster}-server-[0-9]+"),
    ]


RABBITMQ = Operator(
    kind="RabbitmqCluster",
    resource="rabbitmqcluster.rabbitmq.com",
    ready="AllReplicasReady",
    label="app.kubernetes.io/name",
    labels=(("app.kubernetes.io/component", "rabbitmq"),),
    longest=45,
    ports=(5672, 5671),
    metrics="prometheus",
    secret="%s-default-user",
    pods="%s-server-[0-9]+",
    claims="persistence-%s-server-[0-9]+",
    naming="The servers are a StatefulSet's, whose name ends in -server.",
    kept="messages",
    more="`needs.{key}.spec` takes what else the operator knows: plugins, configuration, TLS.",
    files=("rabbitmqcluster.yaml", "cluster-pdb.yaml"),
    rules="broker",
    alerts=ALERTS,
    settings=_settings,
    title="Broker",
    panels=_panels,
)
"""The pods of a StatefulSet have its name and a hash in a label of 63 characters, which leaves 45 for the cluster's.

Port 5671 is the one with TLS, which an existing cluster may have instead of the other.
"""
