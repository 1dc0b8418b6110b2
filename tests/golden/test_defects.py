"""One test for each defect found in charts that other tools generate; what must not happen to ours.

The names in the docstrings are where the defect was seen.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from chartgen.engine.api import Rendered
from chartgen.engine.objects import RenderedObject, parse
from tests.golden.charts import LONGEST, NAMES, WORKLOADS, Helm, chart, pod_template, scenarios

DIGEST = "sha256:" + "ab" * 32
LONG = "a" * 53


def container(body: Any) -> Any:
    return body["spec"]["template"]["spec"]["containers"][0]


def test_the_service_port_moves_no_container_port(helm: Helm) -> None:
    """helm create; helm/charts#15392."""
    service = helm.find("minimal", "Service", "service.port=8088")
    deployment = helm.find("minimal", "Deployment", "service.port=8088")
    assert service["spec"]["ports"] == [{"name": "http", "port": 8088, "targetPort": "http", "protocol": "TCP"}]
    assert container(deployment)["ports"] == [{"name": "http", "containerPort": 8080, "protocol": "TCP"}]


def test_a_numeric_tag_is_refused_and_not_mangled(helm: Helm) -> None:
    """helm create: 58467965 renders 5.8467965e+07; helm/helm#3246."""
    assert "/image/tag" in helm.refusal("minimal", values={"image": {"tag": 58467965}})
    body = helm.find("minimal", "Deployment", values={"image": {"tag": "0123456"}})
    assert container(body)["image"] == "ghcr.io/acme/shop:0123456"


def test_a_digest_wins_over_the_tag(helm: Helm) -> None:
    """helm create: repo:sha256:...; argocd-image-updater#210."""
    for sets in ((f"image.digest={DIGEST}",), (f"image.digest={DIGEST}", "image.tag=9")):
        body = helm.find("minimal", "Deployment", *sets[:1], values={"image": {"tag": "9"}} if sets[1:] else None)
        assert container(body)["image"] == f"ghcr.io/acme/shop@{DIGEST}"


def test_without_a_tag_the_app_version_is_the_tag(helm: Helm) -> None:
    assert container(helm.find("minimal", "Deployment"))["image"] == "ghcr.io/acme/shop:1.4.2"


def test_a_registry_with_a_port_stays_whole(helm: Helm) -> None:
    """yaml2helm, helmify#40."""
    assert container(helm.find("hostile", "Deployment"))["image"] == "registry.example.com:5000/acme/hostile:1.0.0"


@pytest.mark.parametrize(
    ("own", "image"),
    [
        ({}, f"ghcr.io/acme/shop@{DIGEST}"),
        ({"tag": "2"}, "ghcr.io/acme/shop:2"),
        ({"repository": "ghcr.io/acme/web"}, "ghcr.io/acme/web:1.4.2"),
        ({"repository": "ghcr.io/acme/web", "digest": "sha256:" + "cd" * 32}, "ghcr.io/acme/web@sha256:" + "cd" * 32),
    ],
)
def test_a_workload_overrides_the_image(own: dict[str, str], image: str, helm: Helm) -> None:
    values = {"image": {"digest": DIGEST}, "web": {"image": own}}
    assert container(helm.find("shop", "Deployment/r1-shop-web", values=values))["image"] == image
    worker = helm.find("shop", "Deployment/r1-shop-worker", values=values)
    assert container(worker)["image"] == f"ghcr.io/acme/shop@{DIGEST}"


GATEWAY = {"ingress": {"enabled": False}}


def route(rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {**GATEWAY, "httpRoute": {"enabled": True, "rules": rules}}


def test_a_route_without_matches_is_an_item_of_the_list(helm: Helm) -> None:
    """helm create: renders a mapping, and filters without a rule."""
    matches = [{"path": {"type": "PathPrefix", "value": "/api"}}]
    filters = [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"remove": ["X-Internal"]}}]
    rules = [{}, {"filters": filters}, {"matches": matches}, {"matches": matches, "timeouts": {"request": "5s"}}]
    backends = {"backendRefs": [{"name": "r1-shop", "port": 80}]}
    body = helm.find("minimal", "HTTPRoute", values=route(rules))
    assert body["spec"]["rules"] == [{**backends, **rule} for rule in rules]


def test_a_misspelt_match_is_refused(helm: Helm) -> None:
    values = route([{"matches": [{"path": {"typ": "PathPrefix", "value": "/"}}]}])
    assert "'typ' not allowed" in helm.refusal("minimal", values=values)


def test_ingress_and_route_exclude_each_other(helm: Helm) -> None:
    assert "ingress.enabled and httpRoute.enabled exclude each other" in helm.refusal(
        "minimal", "httpRoute.enabled=true"
    )
    assert "web.ingress.enabled and web.httpRoute.enabled" in helm.refusal("shop", "web.httpRoute.enabled=true")


def test_an_autoscaler_always_has_a_metric(helm: Helm) -> None:
    """helm create: metrics is null when the CPU target is 0 or unset."""
    on = "autoscaling.enabled=true"
    for off in ("0", "null"):
        said = helm.refusal("minimal", on, f"autoscaling.targetCPUUtilizationPercentage={off}")
        assert "set targetCPUUtilizationPercentage, targetMemoryUtilizationPercentage or metrics" in said
    for sets, names in (
        ((), ["cpu"]),
        (("autoscaling.targetMemoryUtilizationPercentage=80",), ["cpu", "memory"]),
        (
            ("autoscaling.targetCPUUtilizationPercentage=0", "autoscaling.targetMemoryUtilizationPercentage=80"),
            ["memory"],
        ),
    ):
        body = helm.find("minimal", "HorizontalPodAutoscaler", on, *sets)
        assert [metric["resource"]["name"] for metric in body["spec"]["metrics"]] == names


def test_the_autoscaler_targets_the_deployment_that_exists(helm: Helm) -> None:
    """loft component-chart; helmify: scaleTargetRef not renamed."""
    for release in ("r1", "my.shop", LONG):
        objects = helm.objects("shop", "worker.autoscaling.enabled=true", release=release)
        targets = [o.body["spec"]["scaleTargetRef"] for o in objects if o.kind == "HorizontalPodAutoscaler"]
        names = [o.name for o in objects if o.kind == "Deployment"]
        assert targets == [{"apiVersion": "apps/v1", "kind": "Deployment", "name": name} for name in names]
        assert len(names) == 2


@pytest.mark.parametrize("name", NAMES)
def test_replicas_never_stand_beside_an_autoscaler(name: str, helm: Helm) -> None:
    """Helm 4 applies on the server side: a conflict; windmill-helm-charts#543, Azure Draft has no hpa.yaml at all."""
    made = chart(name)
    for values in scenarios(made).values():
        answer = helm.answer(made, values=values)
        assert isinstance(answer, Rendered)
        objects = parse(answer.files).objects
        scaled = {o.name for o in objects if o.kind in ("HorizontalPodAutoscaler", "ScaledObject")}
        for workload in (o for o in objects if o.kind in ("Deployment", "StatefulSet")):
            assert ("replicas" in workload.body["spec"]) == (workload.name not in scaled)


def test_a_host_without_paths_gets_the_root(helm: Helm) -> None:
    """helm create: paths is null."""
    body = helm.find("minimal", "Ingress", values={"ingress": {"hosts": [{"host": "a.example.com"}]}})
    backend = {"service": {"name": "r1-shop", "port": {"name": "http"}}}
    assert body["spec"]["rules"] == [
        {"host": "a.example.com", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}
    ]


def test_liveness_is_lenient_and_startup_comes_first(helm: Helm) -> None:
    """helm create: liveness and readiness are one and the same, and there is no startup probe."""
    body = container(helm.find("podinfo", "Deployment"))
    assert body["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert body["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert body["livenessProbe"]["failureThreshold"] > body["readinessProbe"]["failureThreshold"]
    assert body["startupProbe"]["failureThreshold"] * body["startupProbe"]["periodSeconds"] >= 120


def test_a_worker_has_no_service(helm: Helm) -> None:
    """OneChart."""
    kinds = helm.kinds("worker")
    assert "Service" not in kinds
    assert "Ingress" not in kinds
    assert [o.name for o in helm.objects("shop") if o.kind == "Service"] == ["r1-shop-web"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("release", ["r1", "my.shop", LONG, "r-" + "x" * 50 + "9"])
def test_names_fit_and_references_meet(name: str, release: str, helm: Helm) -> None:
    """OneChart: PVC my-shop-data, claimName my.shop-data."""
    objects = helm.objects(name, release=release)
    names = {(o.kind, o.name) for o in objects}
    assert len(names) == len(objects)
    for o in objects:
        assert len(o.name) <= LONGEST.get(o.kind, 63), o.ref
        assert "." not in o.name or o.name == "hostile-extra", o.ref
        assert not o.name.endswith("-"), o.ref
        spec: Any = o.body.get("spec", {})
        if template := pod_template(o):
            assert ("ServiceAccount", template["spec"]["serviceAccountName"]) in names
        if o.kind == "StatefulSet":
            assert ("Service", spec["serviceName"]) in names
        if o.kind == "Ingress":
            for rule in spec["rules"]:
                assert ("Service", rule["http"]["paths"][0]["backend"]["service"]["name"]) in names
        if o.kind == "ScaledObject":
            assert (spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"]) in names
            used = (t["authenticationRef"]["name"] for t in spec["triggers"] if "authenticationRef" in t)
            assert all(("TriggerAuthentication", name) in names for name in used)
        if o.kind == "VerticalPodAutoscaler":
            assert (spec["targetRef"]["kind"], spec["targetRef"]["name"]) in names
        if o.kind == "HTTPRoute":
            assert ("Service", spec["rules"][0]["backendRefs"][0]["name"]) in names


@pytest.mark.parametrize("name", NAMES)
def test_selectors_select_their_own_pods_and_no_others(name: str, helm: Helm) -> None:
    """helm/charts#7680: version selected; immich-charts#283: component came later; Azure Draft: PDB of no pod."""
    objects = helm.objects(name, "nameOverride=other")
    pods = {_stem(o): template["metadata"]["labels"] for o in objects if (template := pod_template(o))}
    pods |= {o.name: o.labels for o in objects if o.kind == "Pod"}
    brokers = {o.name for o in objects if o.kind == "RabbitmqCluster"}
    selectors = []
    for o in objects:
        spec: Any = o.body.get("spec", {})
        if o.kind == "PodDisruptionBudget" and o.name in brokers:
            continue  # The operator gives their pods labels of its own, see test_rabbitmq.
        if o.kind in ("Deployment", "StatefulSet", "DaemonSet", "PodDisruptionBudget"):
            selectors.append((o, spec["selector"]["matchLabels"]))
        if o.kind == "Service":
            selectors.append((o, spec["selector"]))
        if o.kind == "NetworkPolicy":
            selectors.append((o, spec["podSelector"]["matchLabels"]))
    assert selectors or name == "import", "a Job that runs once has none"
    for o, selector in selectors:
        keys = {f"app.kubernetes.io/{key}" for key in ("name", "instance", "component")}
        assert set(selector) == keys, o.ref
        assert [pod for pod, labels in pods.items() if selector.items() <= labels.items()] == [_stem(o)], o.ref


def _stem(o: RenderedObject) -> str:
    """The name of the workload an object belongs to: without the hash of a Job, or what marks the headless Service."""
    return re.sub(r"-[0-9a-f]{8}$", "", o.name) if o.kind == "Job" else o.name.removesuffix("-headless")


def test_a_monitor_selects_one_service(helm: Helm) -> None:
    """Double scraping: helm/charts#17488, qdrant-helm#218."""
    for name in ("podinfo", "shop", "gateway", "eks", "store", "kinds"):
        objects = helm.objects(name)
        services = [o for o in objects if o.kind == "Service"]
        for monitor in (o for o in objects if o.kind == "ServiceMonitor"):
            spec: Any = monitor.body["spec"]
            found = [s for s in services if spec["selector"]["matchLabels"].items() <= s.labels.items()]
            assert [s.name for s in found] == [monitor.name]
            body: Any = found[0].body
            assert spec["endpoints"][0]["port"] in [port["name"] for port in body["spec"]["ports"]]
    kinds = {o.name: o.kind for o in helm.objects("shop") if o.kind.endswith("Monitor")}
    assert kinds == {"r1-shop-web": "ServiceMonitor", "r1-shop-worker": "PodMonitor"}


def test_labels_for_prometheus_reach_every_monitoring_object(helm: Helm) -> None:
    objects = helm.objects("shop", "monitoring.labels.release=kps", "commonLabels.release=other")
    found = {o.kind for o in objects if o.labels.get("release") == "kps"}
    assert found == {"ServiceMonitor", "PodMonitor", "PrometheusRule"}


@pytest.mark.parametrize("name", NAMES)
def test_a_budget_never_blocks_a_drain(name: str, helm: Helm) -> None:
    """podinfo; helm/charts#7127, #17984."""
    made = chart(name)
    for values in scenarios(made).values():
        answer = helm.answer(made, values=values)
        assert isinstance(answer, Rendered)
        objects = parse(answer.files).objects
        pods = {o.name: o.body["spec"].get("replicas") for o in objects if o.kind in ("Deployment", "StatefulSet")}
        pods |= {o.name: o.body["spec"]["minReplicas"] for o in objects if o.kind == "HorizontalPodAutoscaler"}
        pods |= {o.name: o.body["spec"]["minReplicaCount"] for o in objects if o.kind == "ScaledObject"}
        pods |= {o.name: o.body["spec"]["replicas"] for o in objects if o.kind == "RabbitmqCluster"}
        for budget in (o for o in objects if o.kind == "PodDisruptionBudget"):
            assert pods[budget.name] > 1
            assert budget.body["spec"]["maxUnavailable"] == 1
            assert budget.body["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow"
    assert "PodDisruptionBudget" not in helm.kinds("minimal", "replicaCount=1")
    assert "PodDisruptionBudget" in helm.kinds("minimal", "autoscaling.enabled=true", "replicaCount=1")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("risky", "import")])
def test_every_pod_is_restricted(name: str, helm: Helm) -> None:
    """helm create: the test pod is an unpinned busybox without a context; bjw-s: the default account with its token."""
    made = chart(name)
    for values in scenarios(made).values():
        answer = helm.answer(made, values=values)
        assert isinstance(answer, Rendered)
        for o in parse(answer.files).objects:
            if o.kind not in (*WORKLOADS, "Pod"):
                continue
            pod: Any = template["spec"] if (template := pod_template(o)) else o.body["spec"]
            assert pod["automountServiceAccountToken"] is False or name in ("permissions", "everything")
            assert pod["enableServiceLinks"] is False
            context = pod["securityContext"]
            assert context["runAsNonRoot"] is True
            assert context["runAsUser"] > 0
            assert context["seccompProfile"] == {"type": "RuntimeDefault"}
            for c in pod["containers"]:
                assert c["securityContext"]["allowPrivilegeEscalation"] is False
                assert c["securityContext"]["capabilities"]["drop"] == ["ALL"]
                assert c["securityContext"]["readOnlyRootFilesystem"] is (name != "gateway" or o.kind == "Pod")
                assert {"cpu", "memory"} <= set(c["resources"]["requests"])
                assert {key for key in c["resources"]["limits"] if "/" not in key} == {"memory"}
                assert "latest" not in c["image"]
            if o.kind != "Pod":
                assert [set(v) for v in pod["volumes"] if v["name"] == "tmp"] == [{"name", "emptyDir"}]
                assert {"name": "tmp", "mountPath": "/tmp"} in pod["containers"][0]["volumeMounts"]
            else:
                assert o.annotations["helm.sh/hook"] == "test"
                assert o.annotations["helm.sh/hook-delete-policy"] == "before-hook-creation,hook-succeeded"


def test_a_rollout_stops_no_pod_early(helm: Helm) -> None:
    """502 on rollout: formbricks#8775; a sleep of a shell does not work on distroless: honeycombio/helm-charts#342."""
    spec: Any = helm.find("minimal", "Deployment")["spec"]
    assert spec["strategy"]["rollingUpdate"] == {"maxSurge": "25%", "maxUnavailable": 0}
    pod = spec["template"]["spec"]
    pause = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert 0 < pause < pod["terminationGracePeriodSeconds"]
    worker: Any = helm.find("worker", "Deployment")
    assert "lifecycle" not in container(worker)
    recreate: Any = helm.find("minimal", "Deployment", "strategy.type=Recreate")
    assert recreate["spec"]["strategy"] == {"type": "Recreate"}


def test_pods_are_spread(helm: Helm) -> None:
    deployment: Any = helm.find("minimal", "Deployment")
    selector = deployment["spec"]["selector"]
    assert deployment["spec"]["template"]["spec"]["topologySpreadConstraints"] == [
        {
            "topologyKey": key,
            "maxSkew": 1,
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": selector,
            "matchLabelKeys": ["pod-template-hash"],
        }
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]


def test_a_new_chart_version_rolls_no_pod(helm: Helm) -> None:
    """opencost-helm-chart#263: helm.sh/chart on the pods."""
    body: Any = helm.find("shop", "Deployment/r1-shop-web")
    assert "helm.sh/chart" not in body["spec"]["template"]["metadata"]["labels"]


def test_the_order_of_variables_is_kept(helm: Helm) -> None:
    """$(SMTP_USER) is only expanded when it stands before DSN; score-k8s sorts, Draft leaves booleans bare."""
    env = container(helm.find("worker", "Deployment"))["env"]
    assert [variable["name"] for variable in env] == ["SMTP_USER", "QUEUE", "DSN", "NODE", "POD", "MODE", "TOKEN"]
    assert env[2]["value"] == "smtp://$(SMTP_USER)@smtp.example.com"
    assert env[3]["valueFrom"] == {"fieldRef": {"fieldPath": "spec.nodeName"}}
    assert env[5]["valueFrom"] == {"configMapKeyRef": {"name": "mailer-settings", "key": "mode"}}
    assert env[6]["valueFrom"] == {"secretKeyRef": {"name": "mailer-token", "key": "token"}}
    assert container(helm.find("worker", "Deployment"))["envFrom"] == [{"secretRef": {"name": "mailer-all"}}]
    more = helm.find("worker", "Deployment", "existingSecrets.mailerToken=other", "extraEnv[0].name=A")
    assert container(more)["env"][6]["valueFrom"]["secretKeyRef"]["name"] == "other"
    assert container(more)["env"][7] == {"name": "A"}


def test_command_and_args_stay_lists(helm: Helm) -> None:
    """stakater: `[shop migrate up]` is one argument; OneChart wraps a shell; helmgen confuses the two."""
    body = container(helm.find("worker", "Deployment"))
    assert (body["command"], body["args"]) == (["/app/mailer"], ["--queue", "mail"])
    assert "command" not in container(helm.find("shop", "Deployment/r1-shop-worker"))


def test_numbers_stay_whole(helm: Helm) -> None:
    """Values reach Go as floating point: 12345678 prints 1.2345678e+07."""
    values = {
        "replicaCount": 1000000,
        "containerPorts": {"http": 50000},
        "terminationGracePeriodSeconds": 2592000,
        "podSecurityContext": {"runAsUser": 1000700000},
        "resources": {"limits": {"memory": 1073741824}},
    }
    body: Any = helm.find("minimal", "Deployment", values=values)
    assert body["spec"]["replicas"] == 1000000
    pod = body["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] == 2592000
    assert pod["securityContext"]["runAsUser"] == 1000700000
    assert pod["containers"][0]["ports"][0]["containerPort"] == 50000
    assert pod["containers"][0]["resources"]["limits"]["memory"] == 1073741824


def test_settings_can_be_taken_away_with_null(helm: Helm) -> None:
    names = (
        "podLabels",
        "podAnnotations",
        "commonLabels",
        "commonAnnotations",
        "imagePullSecrets",
        "tolerations",
        "livenessProbe",
        "securityContext",
        "service.annotations",
        "serviceAccount.annotations",
        "ingress.annotations",
        "ingress.hosts",
        "extraObjects",
        "strategy",
        "topologySpreadConstraints",
        "metrics.labels",
        "lifecycle",
    )
    body = helm.find("podinfo", "Deployment", *(f"{name}=null" for name in names))
    assert "livenessProbe" not in container(body)


def test_secrets_are_mounted_read_only(helm: Helm) -> None:
    body: Any = helm.find("worker", "Deployment")
    assert {"name": "mailer-ca", "mountPath": "/etc/mailer/ca", "readOnly": True} in container(body)["volumeMounts"]
    volumes = body["spec"]["template"]["spec"]["volumes"]
    assert {"name": "mailer-ca", "secret": {"secretName": "mailer-ca"}} in volumes


def test_the_test_pod_is_no_backend(helm: Helm) -> None:
    """podinfo: random names; helm create: no policy."""
    objects = helm.objects("shop")
    pod = next(o for o in objects if o.kind == "Pod")
    assert (pod.name, pod.labels["app.kubernetes.io/component"]) == ("r1-shop-web-test-connection", "test-connection")
    body: Any = pod.body
    assert body["spec"]["containers"][0]["args"][-1] == "http://r1-shop-web:80/readyz"
    assert body["spec"]["containers"][0]["image"] == "docker.io/library/busybox:1.37.0"
    ports: Any = helm.find("eks", "Pod/r1-orders-stream-2-test-connection")
    assert ports["spec"]["containers"][0]["args"][-2:] == ["r1-orders-stream-2", "443"]
