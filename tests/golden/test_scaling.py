"""What decides how many pods there are: autoscalers with metrics of their own, KEDA, and recommendations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden.charts import Helm, chart
from tests.golden.test_schema import errors, nest


def triggers(body: Any) -> dict[str, Any]:
    """The triggers of a ScaledObject, by name."""
    return {trigger["name"]: trigger for trigger in body["spec"]["triggers"]}


def test_a_queue_scales_from_nothing(helm: Helm) -> None:
    body: Any = helm.find("scaling", "ScaledObject/r1-scaling-worker")
    spec = body["spec"]
    assert spec["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "r1-scaling-worker"}
    assert (spec["minReplicaCount"], spec["maxReplicaCount"]) == (0, 20)
    assert (spec["pollingInterval"], spec["cooldownPeriod"]) == (30, 600)
    assert spec["fallback"] == {"failureThreshold": 3, "replicas": 3}
    assert triggers(body) == {
        "office": {
            "name": "office",
            "type": "cron",
            "metadata": {
                "timezone": "Europe/Berlin",
                "start": "0 8 * * 1-5",
                "end": "0 18 * * 1-5",
                "desiredReplicas": "5",
            },
        },
        "orders": {
            "name": "orders",
            "type": "rabbitmq",
            "metadata": {"mode": "QueueLength", "queueName": "orders", "value": "10"},
            "authenticationRef": {"name": "r1-scaling-worker-orders"},
        },
    }
    found: Any = helm.find("scaling", "TriggerAuthentication/r1-scaling-worker-orders")
    assert found["spec"] == {"env": [{"parameter": "host", "name": "RABBITMQ_URL"}]}


def test_identities_and_secrets_of_keda(helm: Helm) -> None:
    jobs: Any = helm.find("scaling", "TriggerAuthentication/r1-scaling-mailer-jobs")
    load: Any = helm.find("scaling", "TriggerAuthentication/r1-scaling-mailer-load")
    assert jobs["spec"] == {"podIdentity": {"provider": "aws", "roleArn": "arn:aws:iam::111122223333:role/keda"}}
    assert load["spec"] == {
        "secretTargetRef": [{"parameter": "bearerToken", "name": "prometheus", "key": "token"}],
    }
    scaled: Any = helm.find("scaling", "ScaledObject/r1-scaling-mailer")
    assert scaled["spec"]["scaleTargetRef"]["kind"] == "StatefulSet"
    assert triggers(scaled)["load"]["metricType"] == "Value"
    assert triggers(scaled)["cpu"] == {
        "name": "cpu",
        "type": "cpu",
        "metricType": "Utilization",
        "metadata": {"value": "80"},
    }


def test_without_keda_the_number_of_pods_is_fixed(helm: Helm) -> None:
    off = ("worker.keda.enabled=false", "worker.replicaCount=3")
    kinds = [(o.kind, o.name) for o in helm.objects("scaling", *off)]
    assert ("ScaledObject", "r1-scaling-mailer") in kinds
    assert ("ScaledObject", "r1-scaling-worker") not in kinds
    assert ("TriggerAuthentication", "r1-scaling-worker-orders") not in kinds
    worker: Any = helm.find("scaling", "Deployment/r1-scaling-worker", *off)
    assert worker["spec"]["replicas"] == 3


def test_triggers_are_settings(helm: Helm) -> None:
    """Added with an authentication, taken away with null; none at all is refused with a reason."""
    more = "worker.keda.triggers.more"
    sets = (
        f"{more}.type=redis",
        f"{more}.metadata.address=redis:6379",
        f"{more}.metadata.listName=jobs",
        f"{more}.authentication.secretTargetRef[0].parameter=password",
        f"{more}.authentication.secretTargetRef[0].name=redis",
        f"{more}.authentication.secretTargetRef[0].key=password",
        "worker.keda.triggers.office=null",
        "worker.keda.triggers.orders.authentication=null",
        "worker.keda.triggers.orders.authenticationRef.name=rabbitmq",
        "worker.keda.triggers.orders.authenticationRef.kind=ClusterTriggerAuthentication",
    )
    found = triggers(helm.find("scaling", "ScaledObject/r1-scaling-worker", *sets))
    assert list(found) == ["more", "orders"]
    assert found["more"]["authenticationRef"] == {"name": "r1-scaling-worker-more"}
    assert found["orders"]["authenticationRef"] == {"name": "rabbitmq", "kind": "ClusterTriggerAuthentication"}
    made = {o.name for o in helm.objects("scaling", *sets) if o.kind == "TriggerAuthentication"}
    assert made == {"r1-scaling-mailer-jobs", "r1-scaling-mailer-load", "r1-scaling-worker-more"}
    none = ("worker.keda.triggers.office=null", "worker.keda.triggers.orders=null")
    assert "worker.keda: set triggers, or enabled to false" in helm.refusal("scaling", *none)


def test_a_budget_goes_by_keda_s_minimum(helm: Helm) -> None:
    def budgets(*sets: str) -> set[str]:
        return {o.name for o in helm.objects("scaling", *sets) if o.kind == "PodDisruptionBudget"}

    assert "r1-scaling-worker" not in budgets("worker.replicaCount=3")
    assert "r1-scaling-worker" in budgets("worker.keda.minReplicas=2")
    assert "r1-scaling-worker" in budgets("worker.keda.enabled=false", "worker.replicaCount=3")


def test_an_autoscaler_goes_by_metrics_of_every_kind(helm: Helm) -> None:
    body: Any = helm.find("scaling", "HorizontalPodAutoscaler")
    assert {metric["type"] for metric in body["spec"]["metrics"]} == {"Resource", "Pods", "External", "Object"}
    assert body["spec"]["behavior"] == {
        "scaleUp": {
            "stabilizationWindowSeconds": 0,
            "policies": [{"type": "Pods", "value": 4, "periodSeconds": 30}],
        },
        "scaleDown": {
            "stabilizationWindowSeconds": 600,
            "policies": [{"type": "Pods", "value": 1, "periodSeconds": 120}],
        },
    }
    alone: Any = helm.find("scaling", "HorizontalPodAutoscaler", "web.autoscaling.targetCPUUtilizationPercentage=0")
    assert [metric["type"] for metric in alone["spec"]["metrics"]] == ["Pods", "External", "Object"]
    assert alone["spec"]["metrics"][1] == {
        "type": "External",
        "external": {
            "metric": {"name": "queue_messages_ready", "selector": {"matchLabels": {"queue": "orders"}}},
            "target": {"type": "AverageValue", "averageValue": "30"},
        },
    }


def test_recommendations_change_nothing(helm: Helm) -> None:
    found = [o for o in helm.objects("scaling") if o.kind == "VerticalPodAutoscaler"]
    specs: list[Any] = [o.body["spec"] for o in found]
    assert {spec["updatePolicy"]["updateMode"] for spec in specs} == {"Off"}
    assert {(spec["targetRef"]["apiVersion"], spec["targetRef"]["kind"]) for spec in specs} == {
        ("apps/v1", "Deployment"),
        ("apps/v1", "StatefulSet"),
        ("batch/v1", "CronJob"),
    }
    off = helm.objects("scaling", "nightly.verticalPodAutoscaler.enabled=false")
    assert len([o for o in off if o.kind == "VerticalPodAutoscaler"]) == len(found) - 1


def test_the_readme_says_who_scales() -> None:
    text = chart("scaling").text("README.md") or ""
    assert "- KEDA, which scales by triggers; without it set `<workload>.keda.enabled` to `false`\n" in text
    assert "- The Secret `prometheus` in the namespace of the release, with the key `token`, for KEDA\n" in text
    assert "| `worker` | 0 to 20 | `orders` (rabbitmq), `office` (cron) |\n" in text
    assert "`kubectl describe verticalpodautoscaler scaling-web`" in text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("worker.keda.minReplicaCount", 1),
        ("worker.keda.minReplicas", -1),
        ("worker.keda.maxReplicas", 0),
        ("worker.keda.pollingInterval", "30s"),
        ("worker.keda.fallback.failures", 3),
        ("worker.keda.behavior.scaledown", {}),
        ("worker.keda.triggers.orders.metdata", {}),
        ("worker.keda.triggers.orders.metricType", "Average"),
        ("worker.keda.triggers.orders.metadata.value", 10),
        ("worker.keda.triggers.orders.authentication.secretRef", []),
        ("worker.keda.triggers.orders.authenticationRef.kind", "Secret"),
        ("worker.keda.triggers.No", {"type": "cron", "metadata": {}}),
        ("worker.autoscaling.enabled", True),
        ("web.autoscaling.metrics.load", {"type": "Pod"}),
        ("web.autoscaling.metrics.load", {"pods": {}}),
        ("web.autoscaling.metrics.load", {"type": "Pods", "pod": {}}),
        ("web.verticalPodAutoscaler.updateMode", "Auto"),
    ],
)
def test_wrong_settings_are_refused(path: str, value: Any) -> None:
    assert len(errors("scaling", nest(path, value))) == 1
