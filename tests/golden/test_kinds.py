"""What StatefulSets, DaemonSets, CronJobs and Jobs have of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden.charts import Helm, pod_template

HOOK = {
    "helm.sh/hook": "pre-install,pre-upgrade",
    "helm.sh/hook-weight": "-10",
    "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
}


def once(helm: Helm, *sets: str, **options: Any) -> str:
    """The name of the Job that runs once."""
    (name,) = (o.name for o in helm.objects("kinds", *sets, **options) if "-load-" in o.name and o.kind == "Job")
    return name


def test_a_stateful_set_and_its_services(helm: Helm) -> None:
    spec: Any = helm.find("store", "StatefulSet")["spec"]
    assert (spec["serviceName"], spec["replicas"], spec["podManagementPolicy"]) == ("r1-store-headless", 3, "Parallel")
    assert spec["updateStrategy"] == {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}}
    assert all("matchLabelKeys" not in each for each in spec["template"]["spec"]["topologySpreadConstraints"])
    headless: Any = helm.find("store", "Service/r1-store-headless")["spec"]
    assert (headless["clusterIP"], headless["publishNotReadyAddresses"]) == ("None", True)
    assert [(port["name"], port["port"]) for port in headless["ports"]] == [("http", 8080), ("raft", 9000)]
    regular: Any = helm.find("store", "Service/r1-store")["spec"]
    assert headless["selector"] == regular["selector"] == spec["selector"]["matchLabels"]


def test_an_autoscaler_and_a_budget_are_about_the_stateful_set(helm: Helm) -> None:
    hpa: Any = helm.find("kinds", "HorizontalPodAutoscaler/r1-shop-db")
    assert hpa["spec"]["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "r1-shop-db"}
    assert "PodDisruptionBudget/r1-shop-db" in {o.ref for o in helm.objects("kinds")}


def test_on_delete_is_alone(helm: Helm) -> None:
    for name, kind in (("store", "StatefulSet"), ("agent", "DaemonSet")):
        spec: Any = helm.find(name, kind, "updateStrategy.type=OnDelete")["spec"]
        assert spec["updateStrategy"] == {"type": "OnDelete"}


def test_a_daemon_set_is_on_every_node_and_is_not_counted(helm: Helm) -> None:
    spec: Any = helm.find("agent", "DaemonSet")["spec"]
    assert "replicas" not in spec
    assert spec["updateStrategy"]["rollingUpdate"] == {"maxUnavailable": "10%"}
    assert "topologySpreadConstraints" not in spec["template"]["spec"]
    assert helm.kinds("agent") == [
        "ConfigMap", "DaemonSet", "NetworkPolicy", "PodMonitor", "PrometheusRule", "ServiceAccount",
    ]  # fmt: skip


def test_a_cron_job(helm: Helm) -> None:
    spec: Any = helm.find("nightly", "CronJob")["spec"]
    made = spec.pop("jobTemplate")
    assert made["metadata"]["labels"]["app.kubernetes.io/component"] == "nightly"
    job = made["spec"]
    assert spec == {
        "schedule": "30 3 * * *",
        "timeZone": "Europe/Berlin",
        "suspend": False,
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 300,
        "successfulJobsHistoryLimit": 3,
        "failedJobsHistoryLimit": 1,
    }
    template = job.pop("template")["spec"]
    assert job.pop("podFailurePolicy") == {
        "rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]
    }
    assert job == {"backoffLimit": 2, "activeDeadlineSeconds": 3600, "completions": 1, "parallelism": 1}
    assert template["restartPolicy"] == "Never"
    assert "lifecycle" not in template["containers"][0]
    assert "timeZone" not in helm.find("nightly", "CronJob", "timeZone=")["spec"]
    assert helm.kinds("nightly") == ["ConfigMap", "CronJob", "NetworkPolicy", "PrometheusRule", "ServiceAccount"]


def test_a_job_before_the_deployment_brings_what_it_needs(helm: Helm) -> None:
    objects = {o.kind: o for o in helm.objects("migrate")}
    assert objects["Job"].annotations == {
        "helm.sh/hook": "pre-install,pre-upgrade",
        "helm.sh/hook-delete-policy": "before-hook-creation",
    }
    role = {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/migrate"}
    assert objects["ServiceAccount"].annotations == {**HOOK, **role}
    assert objects["NetworkPolicy"].annotations == HOOK
    assert "helm.sh/hook" not in objects["PrometheusRule"].annotations
    spec: Any = objects["Job"].body["spec"]
    assert (spec["ttlSecondsAfterFinished"], spec["backoffLimit"]) == (86400, 2)
    assert "ttlSecondsAfterFinished" not in helm.find("migrate", "Job", "ttlSecondsAfterFinished=0")["spec"]


def test_a_job_uses_an_account_that_is_there(helm: Helm) -> None:
    sets = ("serviceAccount.create=false", "serviceAccount.name=deployer")
    assert "ServiceAccount" not in helm.kinds("migrate", *sets)
    template: Any = helm.find("migrate", "Job", *sets)["spec"]["template"]
    assert template["spec"]["serviceAccountName"] == "deployer"


def test_a_job_after_the_deployment_uses_what_is_there(helm: Helm) -> None:
    objects = {o.ref: o for o in helm.objects("kinds")}
    assert objects["Job/r1-shop-tell"].annotations["helm.sh/hook"] == "post-install,post-upgrade"
    assert objects["ServiceAccount/r1-shop-tell"].annotations == {}
    assert objects["NetworkPolicy/r1-shop-tell"].annotations == {}


@pytest.mark.parametrize(
    "changed",
    [
        "image.tag=2.0.0",
        "load.args={other}",
        "load.completions=2",
        "load.env.LOG_LEVEL=debug",
        "load.podFailurePolicy=null",
    ],
)
def test_a_changed_job_is_another_one(changed: str, helm: Helm) -> None:
    assert once(helm) != once(helm, changed)
    assert once(helm, changed) == once(helm, changed)


@pytest.mark.parametrize(
    "changed",
    ["web.replicaCount=3", "load.backoffLimit=5", "load.activeDeadlineSeconds=60", "monitoring.enabled=false"],
)
def test_what_a_job_may_change_makes_no_other(changed: str, helm: Helm) -> None:
    assert once(helm) == once(helm, changed)


def test_pods_that_end_are_not_started_again_by_their_node(helm: Helm) -> None:
    for o in helm.objects("kinds"):
        template = pod_template(o)
        if template is not None and o.kind in ("Job", "CronJob"):
            assert template["spec"]["restartPolicy"] == "Never", o.ref
