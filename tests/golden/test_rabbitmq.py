"""The broker that the RabbitMQ Cluster Operator runs for an application."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.engine.api import Failure, Rendered
from tests.golden.charts import Helm, chart, pod_template, scenarios

OUTSIDE = {"needs": {"queue": {"existingCluster": "orders-queue"}}}


def variables(helm: Helm, workload: str, **options: Any) -> dict[str, tuple[str, str]]:
    """The variables of a workload's container, and the Secret and its key that each is from."""
    (found,) = (o for o in helm.objects("broker", **options) if o.name.endswith(f"-{workload}") and pod_template(o))
    template = pod_template(found)
    assert template is not None
    told = {}
    for e in template["spec"]["containers"][0]["env"]:
        source = e["valueFrom"]["secretKeyRef"]
        told[e["name"]] = (source["name"], source["key"])
    return told


def called(helm: Helm, workload: str, **options: Any) -> list[tuple[str, list[int]]]:
    """The brokers a workload's pods may connect to, and at which ports."""
    objects = helm.objects("broker", **options)
    (policy,) = (o for o in objects if o.kind == "NetworkPolicy" and o.name.endswith(workload))
    found = []
    for rule in policy.body["spec"]["egress"][1:]:
        (peer,) = rule["to"]
        labels = peer["podSelector"]["matchLabels"]
        assert labels["app.kubernetes.io/component"] == "rabbitmq"
        found.append((labels["app.kubernetes.io/name"], [port["port"] for port in rule["ports"]]))
    return found


def test_the_cluster_is_what_the_spec_says_and_stays(helm: Helm) -> None:
    made = helm.find("broker", "RabbitmqCluster")
    assert made["apiVersion"] == "rabbitmq.com/v1beta1"
    assert made["metadata"]["name"] == "r1-orders-queue"
    assert made["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert made["spec"] == {
        "replicas": 3,
        "image": "docker.io/library/rabbitmq:4.3-management",
        "persistence": {"storage": "10Gi", "storageClassName": "gp3"},
        "resources": {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"memory": "2Gi"}},
    }


def test_pods_are_told_from_the_secret_of_the_default_user(helm: Helm) -> None:
    assert variables(helm, "worker") == {
        "AMQP_URL": ("r1-orders-queue-default-user", "connection_string"),
        "AMQP_HOST": ("r1-orders-queue-default-user", "host"),
        "AMQP_PORT": ("r1-orders-queue-default-user", "port"),
    }
    told = variables(helm, "web")
    assert told["AUDIT_URL"] == ("audit-queue-default-user", "connection_string")
    assert told["AUDIT_USERNAME"] == ("audit-queue-default-user", "username")
    assert told["AUDIT_PASSWORD"] == ("audit-queue-default-user", "password")


def test_policies_let_pods_reach_their_brokers_with_and_without_tls(helm: Helm) -> None:
    assert called(helm, "web") == [("r1-orders-queue", [5672, 5671]), ("audit-queue", [5672, 5671])]
    assert called(helm, "worker") == [("r1-orders-queue", [5672, 5671])]
    assert called(helm, "worker", values=OUTSIDE) == [("orders-queue", [5672, 5671])]


def test_a_drained_node_takes_one_server_at_a_time(helm: Helm) -> None:
    def budgets(values: dict[str, Any]) -> list[Any]:
        objects = helm.objects("broker", values=values)
        return [o.body["spec"] for o in objects if o.kind == "PodDisruptionBudget" and o.name.endswith("-queue")]

    (budget,) = budgets({})
    assert budget["maxUnavailable"] == 1
    assert budget["selector"]["matchLabels"] == {
        "app.kubernetes.io/name": "r1-orders-queue",
        "app.kubernetes.io/component": "rabbitmq",
    }
    assert budgets({"needs": {"queue": {"instances": 1}}}) == []
    assert budgets(OUTSIDE) == []


def test_prometheus_scrapes_the_servers(helm: Helm) -> None:
    monitor = helm.find("broker", "PodMonitor")
    assert monitor["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] == "r1-orders-queue"
    assert monitor["spec"]["podMetricsEndpoints"] == [{"port": "prometheus"}]


def test_of_a_cluster_that_exists_nothing_is_made(helm: Helm) -> None:
    kinds = helm.kinds("broker", values=OUTSIDE)
    assert "RabbitmqCluster" not in kinds
    assert "PodMonitor" not in kinds
    assert not any(o.kind == "PrometheusRule" and "queue" in o.name for o in helm.objects("broker", values=OUTSIDE))
    assert variables(helm, "worker", values=OUTSIDE)["AMQP_URL"] == ("orders-queue-default-user", "connection_string")


def test_another_secret_can_tell_how_to_connect(helm: Helm) -> None:
    values = {"needs": {"queue": {"existingSecret": "orders-user"}}}
    assert variables(helm, "worker", values=values)["AMQP_URL"] == ("orders-user", "connection_string")


def test_no_name_of_a_cluster_is_too_long(helm: Helm) -> None:
    """Its pods have the name of the StatefulSet, -server behind it, and a hash in a label of 63 characters."""
    options = {"release": "r" * 53}
    name = helm.find("broker", "RabbitmqCluster", **options)["metadata"]["name"]
    assert len(f"{name}-server-0123456789") <= 63
    assert name.endswith("-queue")
    assert variables(helm, "worker", **options)["AMQP_URL"] == (f"{name}-default-user", "connection_string")
    assert (name, [5672, 5671]) in called(helm, "web", **options)


def test_environments_have_their_own(helm: Helm) -> None:
    values = scenarios(chart("broker"))
    staging, production = values["values-staging.yaml"], values["values-production.yaml"]
    spec = helm.find("broker", "RabbitmqCluster", values=staging)["spec"]
    assert (spec["replicas"], spec["persistence"]["storage"]) == (1, "5Gi")
    assert called(helm, "web", values=production) == [("orders-queue", [5672, 5671]), ("audit", [5672, 5671])]


def test_further_fields_are_the_operators(helm: Helm) -> None:
    more = {"rabbitmq": {"additionalPlugins": ["rabbitmq_stream"]}}
    assert (
        helm.find("broker", "RabbitmqCluster", values={"needs": {"queue": {"spec": more}}})["spec"]["rabbitmq"]
        == (more["rabbitmq"])
    )


@pytest.mark.parametrize("instances", [0, 2, 4])
def test_an_even_number_of_servers_is_refused(helm: Helm, instances: int) -> None:
    answer = helm.answer(chart("broker"), values={"needs": {"queue": {"instances": instances}}})
    assert isinstance(answer, Failure)
    assert "instances" in answer.message


def test_notes_say_when_the_cluster_is_ready(helm: Helm) -> None:
    answer = helm.answer(chart("broker"))
    assert isinstance(answer, Rendered)
    wait = "wait --for=condition=AllReplicasReady --timeout=10m rabbitmqcluster.rabbitmq.com/r1-orders-queue"
    assert wait in answer.files["templates/NOTES.txt"]


def test_readme_says_what_must_be_there_before() -> None:
    text = chart("broker").text("README.md") or ""
    assert "- The RabbitMQ Cluster Operator\n" in text
    assert "- The RabbitmqCluster `audit-queue` in the namespace of the release\n" in text
