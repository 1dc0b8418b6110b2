"""What the options of rules change: objects and options in, the objects that are reported out.

Each line holds a rule's default beside the reading of another linter, where two tools mean two things by one name.
"""

from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.api import Options as Circumstances
from chartgen.engine.objects import parse
from chartgen.policy.options import read_options
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, Fault, ObjectRule, ScenarioContext, ScenarioRule
from chartgen.rules.catalogue import facts
from chartgen.yamlwrite import dump

Body = dict[str, Any]


def faults(rule_id: str, options: Body, *bodies: Body, values_file: str = "") -> list[Fault]:
    """What a rule with some options finds in some objects of the release ``rel``."""
    plain = catalogue.rule(rule_id)
    rule = type(plain)(read_options(plain, options)) if options else plain
    files = {f"templates/{number}.yaml": dump(body) for number, body in enumerate(bodies)}
    chart = ChartContext(Chart.of({}), Circumstances(release="rel", namespace="apps"))
    ctx = ScenarioContext(chart, "default", values_file, parse(files))
    assert not ctx.bad
    if isinstance(rule, ScenarioRule):
        return list(rule.check(ctx))
    assert isinstance(rule, ObjectRule)
    seen = [obj for obj in ctx.objects if facts(rule_id).applies(obj.kind, hook=bool(obj.hooks))]
    return [fault for obj in seen for fault in rule.check(obj, ctx)]


def found(rule_id: str, options: Body, *bodies: Body) -> int:
    return len(faults(rule_id, options, *bodies))


def workload(kind: str = "Deployment", *, labels: Body | None = None, spec: Body | None = None, **pod: Any) -> Body:
    """A workload named web whose pods are labelled app: web, unless given otherwise."""
    given = {"containers": [{"name": "web", "image": "example/web:1.0.0"}]} | pod
    template = {"metadata": {"labels": labels or {"app": "web"}}, "spec": given}
    if kind == "Pod":
        return {"apiVersion": "v1", "kind": kind, "metadata": {"name": "web", "labels": {"app": "web"}}, "spec": given}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "web"}} | {
        "spec": {"template": template} | (spec or {})
    }


def other(kind: str, name: str = "web", api: str = "v1", **fields: Any) -> Body:
    metadata = {"name": name} | fields.pop("metadata", {})
    return {"apiVersion": api, "kind": kind, "metadata": metadata} | fields


def service(name: str = "web", **spec: Any) -> Body:
    return other("Service", name, spec={"selector": {"app": "web"}, "ports": [{"port": 80}]} | spec)


def containers(*bodies: Body, **pod: Any) -> Body:
    return workload(
        containers=[{"name": f"c{n}", "image": "example/c:1"} | body for n, body in enumerate(bodies)], **pod
    )


INIT = [{"name": "init", "image": "example/init:1"}]
LIMIT = {"resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}
REQUEST = {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}


@pytest.mark.parametrize("resource", ["cpu", "memory"])
def test_a_limit_is_a_request_unless_it_must_be_written_out(resource: str) -> None:
    rule = f"missing-{resource}-request"
    assert found(rule, {}, containers(LIMIT)) == 0
    assert found(rule, {"explicit": True}, containers(LIMIT)) == 1
    assert found(rule, {"explicit": True, "skip-partial": True}, containers(LIMIT)) == 0
    assert found(rule, {"explicit": True, "skip-partial": True}, containers({})) == 1
    assert found(rule, {}, containers({}, resources=REQUEST["resources"])) == 0
    assert found(rule, {"explicit": True}, containers({}, resources=REQUEST["resources"])) == 1
    nothing = {"resources": {"requests": {resource: "0"}}}
    assert (found(rule, {}, containers(nothing)), found(rule, {"explicit": True}, containers(nothing))) == (0, 1)


@pytest.mark.parametrize("rule", ["missing-memory-limit", "missing-cpu-limit", "missing-cpu-request"])
def test_which_containers_are_asked(rule: str) -> None:
    body = containers({}, initContainers=[*INIT, INIT[0] | {"name": "side", "restartPolicy": "Always"}])
    assert [found(rule, {"containers": which}, body) for which in ("main", "long-running", "all")] == [1, 2, 3]


def test_requests_and_limits_that_differ() -> None:
    rule = "request-differs-from-limit"
    assert found(rule, {}, containers(LIMIT)) == 0
    assert found(rule, {"explicit": True}, containers(LIMIT)) == 1
    assert found(rule, {}, containers(REQUEST)) == 1
    assert found(rule, {"both-set": True}, containers(REQUEST)) == 0
    assert found(rule, {"resources": ["cpu", "memory"]}, containers(REQUEST)) == 2


def test_quality_of_service() -> None:
    rule, demanding = "low-quality-of-service", {"at-least": "guaranteed"}
    assert [found(rule, {}, containers(body)) for body in ({}, REQUEST, LIMIT)] == [1, 0, 0]
    assert [found(rule, demanding, containers(body)) for body in ({}, REQUEST, LIMIT)] == [1, 1, 0]
    assert found(rule, demanding, containers(LIMIT, {})) == 1
    assert found(rule, demanding, containers({}, resources=LIMIT["resources"])) == 0


@pytest.mark.parametrize(
    ("bounds", "count"),
    [
        ({}, 0),
        ({"cpu-request-max": "500m"}, 1),
        ({"cpu-request-min": "1500m"}, 1),
        ({"cpu-request-min": "1", "cpu-request-max": "1"}, 0),
        ({"memory-limit-max": "1Gi"}, 1),
        ({"memory-ratio-max": 100}, 1),
        ({"memory-ratio-max": 200}, 0),
        ({"cpu-limit-min": "2"}, 0),
    ],
)
def test_ranges_of_resources(bounds: Body, count: int) -> None:
    body = {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}}
    assert found("resources-out-of-range", bounds, containers(body)) == count


@pytest.mark.parametrize("probe", ["readiness", "liveness"])
def test_who_needs_a_probe(probe: str) -> None:
    rule, has_it = f"missing-{probe}-probe", {f"{probe}Probe": {"exec": {"command": ["true"]}}}
    assert found(rule, {}, containers({}, {})) == 0
    assert found(rule, {"scope": "all"}, containers({}, {})) == 2
    assert found(rule, {"scope": "all"}, containers({}, has_it, initContainers=INIT)) == 1
    assert found(rule, {"scope": "pod"}, containers({}, {})) == 0
    assert found(rule, {"scope": "pod"}, containers({}, {}), service()) == 1
    assert found(rule, {"scope": "pod"}, containers({}, has_it), service()) == 0
    by_kind = {which: {"scope": "all", "workloads": which} for which in ("controllers", "pods", "all")}
    assert [found(rule, by_kind[which], workload("Pod")) for which in by_kind] == [0, 1, 1]
    assert [found(rule, by_kind[which], workload("Job")) for which in by_kind] == [0, 0, 1]
    assert found(rule, by_kind["controllers"], workload("DeploymentConfig")) == 1


def test_identical_probes_may_differ_in_patience() -> None:
    ask = {"httpGet": {"path": "/", "port": 80}}
    patient = containers({"livenessProbe": ask | {"failureThreshold": 9}, "readinessProbe": ask})
    assert found("identical-probes", {}, patient) == 0
    assert found("identical-probes", {"ignore-patience": True}, patient) == 1


def test_probe_ports_may_have_to_be_declared() -> None:
    def probing(port: int | str, protocol: str = "TCP", action: str = "httpGet") -> Body:
        ports = [{"name": "web", "containerPort": 80, "protocol": protocol}]
        return containers({"ports": ports, "livenessProbe": {action: {"port": port}}})

    rule, numbers = "probe-port-undeclared", {"numbers": True}
    assert [found(rule, {}, probing(port)) for port in (80, 81, "80", "web", "http")] == [0, 0, 0, 0, 1]
    assert [found(rule, numbers, probing(port)) for port in (80, 81, "80", "web", "http")] == [0, 1, 0, 0, 1]
    assert [found(rule, numbers, probing(port, "UDP")) for port in (80, "web")] == [1, 1]
    assert found(rule, {}, probing("web", "UDP")) == 0
    assert found(rule, numbers, probing(81, action="grpc")) == 1
    assert found(rule, numbers | {"handlers": ["readinessProbe"]}, probing(81)) == 0


def replicated(count: int | None, **spec: Any) -> Body:
    return workload(spec=({} if count is None else {"replicas": count}) | spec)


HPA = other(
    "HorizontalPodAutoscaler",
    api="autoscaling/v2",
    spec={
        "minReplicas": 2,
        "maxReplicas": 4,
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
    },
)


def test_how_pods_are_counted() -> None:
    """kube-linter and kube-score read replicas only, and take an unset number for one and for many."""
    rule = "missing-disruption-budget"
    for how, expected in (("least", [1, 0, 1]), ("spec", [1, 0, 0]), ("spec-or-many", [1, 1, 1])):
        options = {"replicas": how}
        counts = [replicated(2)], [replicated(None)], [replicated(None), HPA]
        assert [found(rule, options, *bodies) for bodies in counts] == expected, how
    assert found(rule, {"minimum": 0, "replicas": "spec"}, replicated(1)) == 1
    assert found(rule, {"kinds": ["StatefulSet"]}, replicated(2)) == 0


def budget(labels: Body, **spec: Any) -> Body:
    return other("PodDisruptionBudget", api="policy/v1", spec={"selector": {"matchLabels": labels}} | spec)


def test_one_label_may_be_enough_for_a_budget() -> None:
    rule, body = "missing-disruption-budget", workload(spec={"replicas": 2}, labels={"app": "web", "tier": "front"})
    other_pods = budget({"app": "web", "tier": "back"})
    assert (found(rule, {}, body, other_pods), found(rule, {"any-label": True}, body, other_pods)) == (1, 0)
    elsewhere = budget({"app": "web"}) | {"metadata": {"name": "web", "namespace": "other"}}
    assert found(rule, {}, body, elsewhere) == 1


@pytest.mark.parametrize(
    ("least", "compared", "count"),
    [
        (2, "pods", 1),
        (2, "autoscalers", 0),
        (3, "autoscalers", 1),
        (3, "nothing", 0),
        ("100%", "nothing", 1),
        (1, "pods", 0),
    ],
)
def test_what_a_budget_is_compared_with(least: Any, compared: str, count: int) -> None:
    bodies = replicated(None), HPA, budget({"app": "web"}, minAvailable=least)
    assert found("disruption-budget-blocks-eviction", {"compare-with": compared}, *bodies) == count
    without_scaler = replicated(2), budget({"app": "web"}, minAvailable=least)
    if compared == "autoscalers":
        assert found("disruption-budget-blocks-eviction", {"compare-with": compared}, *without_scaler) == 0


def test_too_few_replicas() -> None:
    rule = "too-few-replicas"
    claim = {"name": "data", "persistentVolumeClaim": {"claimName": "data"}}
    assert found(rule, {}, replicated(1)) == 0
    assert found(rule, {}, replicated(1), service()) == 1
    assert found(rule, {"served-only": False}, replicated(1)) == 1
    assert found(rule, {"served-only": False, "minimum": 3}, replicated(2)) == 1
    assert found(rule, {}, replicated(1, strategy={"type": "Recreate"}), service()) == 0
    assert found(rule, {"allow-single": False}, replicated(1, strategy={"type": "Recreate"}), service()) == 1
    assert found(rule, {}, workload(volumes=[claim]), service()) == 0
    assert found(rule, {"minimum": 3}, replicated(None), HPA, service()) == 0
    assert found(rule, {"minimum": 3, "skip-autoscaled": False}, replicated(None), HPA, service()) == 1
    small = replicated(1), service()
    assert not faults(rule, {}, *small, values_file="ci/small-values.yaml")
    assert faults(rule, {"in-ci": True}, *small, values_file="ci/small-values.yaml")


def test_spreading() -> None:
    affine: Body = {
        "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "x"}]}}
    }
    body = workload(spec={"replicas": 2}, **affine)
    assert found("missing-topology-spread", {}, body) == 0
    assert found("missing-topology-spread", {"anti-affinity": False}, body) == 1
    assert found("missing-topology-spread", {"workloads": "all"}, workload("DaemonSet"), workload("Pod")) == 2
    assert found("missing-topology-spread", {}, workload("DaemonSet"), workload("Pod"), replicated(1)) == 0


def test_anti_affinity_must_be_about_the_pods_themselves() -> None:
    def spread(**term: Any) -> Body:
        rules = {"requiredDuringSchedulingIgnoredDuringExecution": [term]}
        return workload(spec={"replicas": 2}, affinity={"podAntiAffinity": rules})

    rule, host, mine = "missing-pod-anti-affinity", "kubernetes.io/hostname", {"matchLabels": {"app": "web"}}
    assert found(rule, {}, spread(topologyKey=host, labelSelector=mine)) == 0
    assert found(rule, {}, spread(topologyKey=host, labelSelector={"matchLabels": {"app": "x"}})) == 1
    assert found(rule, {}, spread(topologyKey="zone", labelSelector=mine)) == 1
    assert found(rule, {"topology-keys": ["zone"]}, spread(topologyKey="zone", labelSelector=mine)) == 0
    assert found(rule, {}, spread(topologyKey=host, labelSelector=mine, namespaces=["other"])) == 1
    assert found(rule, {}, spread(topologyKey=host, labelSelector=mine, namespaces=["apps"])) == 0


def policy(**spec: Any) -> Body:
    return other(
        "NetworkPolicy", api="networking.k8s.io/v1", spec={"podSelector": {"matchLabels": {"app": "web"}}} | spec
    )


def test_what_a_network_policy_must_cover() -> None:
    rule, both, rules = "missing-network-policy", {"directions": "both"}, {"directions": "both", "rules": True}
    cases = [
        (policy(), [0, 1, 1]),
        (policy(egress=[{}]), [0, 0, 1]),
        (policy(policyTypes=["Ingress", "Egress"]), [0, 0, 1]),
        (policy(policyTypes=["Ingress", "Egress"], ingress=[{}], egress=[{}]), [0, 0, 0]),
        (policy(podSelector={"matchLabels": {"app": "x"}}), [1, 1, 1]),
    ]
    for body, expected in cases:
        assert [found(rule, options, workload(), body) for options in ({}, both, rules)] == expected, body
    two = policy(), policy(policyTypes=["Egress"])
    assert found(rule, both, workload(), *two) == 0
    assert [found(rule, {"workloads": which}, workload("Job")) for which in ("controllers", "pods", "all")] == [0, 0, 1]


def ingress(*hosts: str, name: str = "web", **spec: Any) -> Body:
    path = {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"number": 80}}}}
    rules = [{"host": host, "http": {"paths": [path]}} for host in hosts]
    return other("Ingress", name, "networking.k8s.io/v1", spec={"rules": rules} | spec)


def test_hosts_of_ingresses() -> None:
    assert found("catch-all-ingress", {}, ingress("*.example.com")) == 0
    assert found("catch-all-ingress", {"wildcards": True}, ingress("*.example.com", "a.example.com")) == 1
    api = ingress("a.example.com", name="api")
    api["spec"]["rules"][0]["http"]["paths"][0]["path"] = "/api"
    assert found("duplicate-ingress-path", {}, ingress("a.example.com"), api) == 0
    assert found("duplicate-ingress-path", {"unique": "host"}, ingress("a.example.com"), api) == 1
    assert found("duplicate-ingress-path", {"unique": "host"}, ingress("a.example.com", "a.example.com")) == 0
    annotated = ingress("a.example.com", ingressClassName="alb")
    assert found("ingress-without-tls", {}, annotated) == 0
    assert found("ingress-without-tls", {"rendered-only": True}, annotated) == 1
    assert found("ingress-without-tls", {"rendered-only": True}, ingress("a.example.com", tls=[{}])) == 0


@pytest.mark.parametrize(
    ("served", "secured", "count"),
    [
        (["a.example.com"], ["a.example.com"], 0),
        (["A.example.com"], ["a.example.com"], 0),
        (["a.example.com"], ["*.example.com"], 0),
        (["a.b.example.com"], ["*.example.com"], 2),
        (["*.example.com"], ["a.example.com"], 1),
        (["a.example.com", "b.example.com"], ["a.example.com"], 1),
        (["a.example.com"], [], 0),
    ],
)
def test_certificates_and_hosts(served: list[str], secured: list[str], count: int) -> None:
    assert found("tls-host-mismatch", {}, ingress(*served, tls=[{"hosts": secured}])) == count


OUTSIDE = {"outside": False}


@pytest.mark.parametrize(
    ("rule", "bodies", "lenient", "strict"),
    [
        ("ingress-backend-missing", [ingress("a")], 0, 1),
        ("ingress-backend-missing", [ingress("a"), service()], 0, 0),
        ("service-selects-nothing", [service()], 0, 1),
        ("service-selects-nothing", [service(), workload()], 0, 0),
        ("service-selects-nothing", [service(selector={"app": "web", "role": "leader"}), workload()], 0, 1),
        ("network-policy-selects-nothing", [policy()], 0, 1),
        ("disruption-budget-selects-nothing", [budget({"app": "web"})], 0, 1),
        ("autoscaler-target-missing", [HPA], 0, 1),
        ("autoscaler-target-missing", [HPA, workload()], 0, 0),
        ("service-account-missing", [workload(serviceAccountName="someone")], 0, 1),
        ("service-account-missing", [workload(serviceAccountName="default")], 0, 0),
        ("service-account-missing", [workload(serviceAccountName="rel-web")], 1, 1),
        ("service-account-missing", [workload(serviceAccount="rel-web")], 1, 1),
        ("service-account-missing", [workload(serviceAccountName="release")], 0, 1),
        ("service-account-missing", [workload(serviceAccountName="web.rel")], 1, 1),
        ("service-account-missing", [workload(serviceAccountName="rel-web"), other("ServiceAccount", "rel-web")], 0, 0),
        ("referenced-object-missing", [workload(imagePullSecrets=[{"name": "registry"}])], 0, 1),
        ("referenced-object-missing", [workload(imagePullSecrets=[{"name": "rel-registry"}])], 1, 1),
        (
            "referenced-object-missing",
            [workload(imagePullSecrets=[{"name": "rel-a"}], containers=[{"name": "a", "args": ["--secret=rel-a"]}])],
            0,
            1,
        ),
    ],
)
def test_what_others_may_make(rule: str, bodies: list[Body], lenient: int, strict: int) -> None:
    assert (found(rule, {}, *bodies), found(rule, OUTSIDE, *bodies)) == (lenient, strict)


def test_services_without_selectors() -> None:
    rule, needed = "service-selects-nothing", {"need-selector": True}
    assert (found(rule, {}, service(selector={})), found(rule, needed, service(selector={}))) == (0, 1)
    assert found(rule, needed, service(selector={}, type="ExternalName")) == 0


def test_monitors_look_into_the_namespaces_they_name() -> None:
    def monitor(**spec: Any) -> Body:
        return other("ServiceMonitor", api="monitoring.coreos.com/v1", spec=spec)

    rule, strict = "monitor-selects-nothing", OUTSIDE | {"need-selector": True}
    there = other("Service", metadata={"namespace": "there", "labels": {"app": "web"}}, spec={})
    labels = {"matchLabels": {"app": "web"}}
    assert found(rule, strict, monitor()) == 1
    assert found(rule, strict, monitor(selector=labels), there) == 0
    assert found(rule, strict, monitor(selector=labels, namespaceSelector={"matchNames": ["there"]}), there) == 0
    assert found(rule, strict, monitor(selector=labels, namespaceSelector={"matchNames": ["here"]}), there) == 1
    assert found(rule, strict, monitor(namespaceSelector={"matchNames": ["there"]}), there) == 0
    assert found(rule, {}, monitor(selector=labels, namespaceSelector={"matchNames": ["here"]}), there) == 0


def test_roles_and_accounts_are_looked_for_in_their_namespace() -> None:
    def binding(kind: str, role_name: str, **subject: Any) -> Body:
        fields: Body = {
            "roleRef": {"kind": kind, "name": role_name},
            "subjects": [{"kind": "ServiceAccount"} | subject],
        }
        return other("RoleBinding", api="rbac.authorization.k8s.io/v1", **fields)

    role = other("Role", "rel-a", "rbac.authorization.k8s.io/v1")
    elsewhere = role | {"metadata": {"name": "rel-a", "namespace": "there"}}
    assert found("role-ref-missing", {}, binding("Role", "rel-a"), role) == 0
    assert [fault.message for fault in faults("role-ref-missing", {}, binding("Role", "rel-a"), elsewhere)] == [
        "RoleBinding/web: refers to Role 'rel-a', which is in namespace 'there'"
    ]
    assert found("role-ref-missing", OUTSIDE, binding("ClusterRole", "view")) == 0
    assert found("role-ref-missing", OUTSIDE, binding("ClusterRole", "someone-elses")) == 1
    account = other("ServiceAccount", "rel-a")
    bound = binding("ClusterRole", "view", name="rel-a", namespace="there")
    assert [fault.message for fault in faults("binding-subject-missing", {}, bound, account)] == [
        "RoleBinding/web: is for 'rel-a' in 'there', and the chart renders it in 'apps'"
    ]
    assert found("binding-subject-missing", {}, binding("ClusterRole", "view", name="rel-a"), account) == 0


def test_restart_policies() -> None:
    rule, linter = "refused-restart-policy", {"accepted": ["Always", "OnFailure"]}
    for kind, policy_name, expected in (
        ("Deployment", None, [0, 1]),
        ("Deployment", "Never", [1, 1]),
        ("Pod", "Never", [0, 1]),
        ("Job", "OnFailure", [0, 0]),
        ("Job", "Always", [1, 0]),
        ("Job", None, [1, 1]),
    ):
        given: Body = {"restartPolicy": policy_name} if policy_name else {}
        body = workload(kind, **given)
        assert [found(rule, options, body) for options in ({}, linter)] == expected, (kind, policy_name)


def test_unset_minimum_of_an_autoscaler() -> None:
    body = other("HorizontalPodAutoscaler", api="autoscaling/v2", spec={"maxReplicas": 4})
    assert found("low-autoscaler-minimum", {}, body) == 1
    assert found("low-autoscaler-minimum", {"unset": False}, body) == 0
    assert found("low-autoscaler-minimum", {"minimum": 1}, body) == 0


def test_snippets_that_say_something() -> None:
    annotations = {"nginx.ingress.kubernetes.io/server-snippet": "alias /etc;"}
    body = ingress("a") | {"metadata": {"name": "web", "annotations": annotations}}
    assert [found("nginx-snippet", {"containing": words}, body) for words in ([], ["alias"], ["lua_"])] == [1, 1, 0]


def test_claims_and_classes() -> None:
    claim = other("PersistentVolumeClaim", spec={"storageClassName": "gp2", "accessModes": ["ReadWriteMany"]})
    assert found("forbidden-storage-class", {}, claim) == 0
    assert found("forbidden-storage-class", {"allowed": ["gp3"]}, claim) == 1
    assert found("forbidden-access-mode", {"allowed": ["ReadWriteMany"]}, claim) == 0
    assert found("missing-storage-request", {}, claim) == 1
    volume = other("PersistentVolume", spec={"hostPath": {"path": "/data/web"}})
    assert found("host-path-persistent-volume", {}, volume) == 1
    assert found("host-path-persistent-volume", {"allowed": ["/data"]}, volume) == 0
    assert found("host-path-persistent-volume", {"allowed": ["/dat"]}, volume) == 1


def test_secrets_that_others_make() -> None:
    """An operator makes a Secret that its object names, or of its own name; a controller one it is asked for."""
    pod = workload(containers=[{"name": "web", "envFrom": [{"secretRef": {"name": "rel-web"}}]}])
    makers = [
        other("ExternalSecret", "rel-web", "external-secrets.io/v1", spec={}),
        other("ExternalSecret", "web", "external-secrets.io/v1", spec={"target": {"name": "rel-web"}}),
        other("Certificate", "web", "cert-manager.io/v1", spec={"secretName": "rel-web"}),
        other("SealedSecret", "rel-web", "bitnami.com/v1alpha1", spec={}),
        other("Service", metadata={"annotations": {"example.com/serving-cert-secret-name": "rel-web"}}, spec={}),
        other("Role", "web", "rbac.authorization.k8s.io/v1", rules=[{"resourceNames": ["rel-web"]}]),
        other("Secret", "rel-web"),
    ]
    assert found("referenced-object-missing", {}, pod) == 1
    for maker in makers:
        assert found("referenced-object-missing", {}, pod, maker) == 0, maker
    assert found("referenced-object-missing", {}, pod, other("Service", "rel-web", spec={})) == 1


def test_claims_of_a_stateful_set() -> None:
    claim = {"name": "data", "persistentVolumeClaim": {"claimName": "data-rel-db-0"}}
    database = workload("StatefulSet", spec={"volumeClaimTemplates": [{"metadata": {"name": "data"}}]})
    database["metadata"]["name"] = "rel-db"
    assert found("referenced-object-missing", {}, workload(volumes=[claim])) == 1
    assert found("referenced-object-missing", {}, workload(volumes=[claim]), database) == 0


def test_readings_of_kyverno() -> None:
    """Policies of kyverno/policies: any probe will do, half of the pods must be free to go, pods have owners."""
    alive = containers({"livenessProbe": {"exec": {"command": ["true"]}}})
    asked = {"scope": "all"}
    assert [found("missing-readiness-probe", asked | {"any-probe": value}, alive) for value in (False, True)] == [1, 0]
    rule, half = "disruption-budget-blocks-eviction", {"least-share": 50}
    budgets = [budget({"app": "x"}, **spec) for spec in ({"minAvailable": "60%"}, {"maxUnavailable": "40%"})]
    assert [found(rule, {}, one) for one in budgets] == [0, 0]
    assert [found(rule, half, one) for one in budgets] == [1, 1]
    assert found(rule, half, budget({"app": "x"}, minAvailable="50%"), budget({"app": "x"}, maxUnavailable=1)) == 0
    assert found(rule, {}, budget({"app": "x"}, maxUnavailable=-1)) == 1
    owned = workload("Pod")
    assert found("bare-pod", {}, owned) == 1
    owned["metadata"]["ownerReferences"] = [{"kind": "Custom", "name": "web"}]
    assert found("bare-pod", {}, owned) == 0
    spread = workload(spec={"replicas": 3}, topologySpreadConstraints=[{"topologyKey": "zone"}])
    keys = {"topology-keys": ["zone", "host"]}
    assert [found("missing-topology-spread", options, spread) for options in ({}, keys)] == [0, 1]
