"""Objects as the API server hands them to policies."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.kube.access import get
from chartgen.kube.admitted import admitted, canonical_quantity
from chartgen.kube.kinds import definitions, plural_of, resource_of
from chartgen.yamlread import read


def seen(text: str, namespace: str = "shop") -> Any:
    body = read(text).data
    return admitted(body, resource_of(body["apiVersion"], body["kind"]), namespace)


QUANTITIES = {
    "1000": "1k",
    "1024Mi": "1Gi",
    "1.5Gi": "1536Mi",
    "0.5": "500m",
    "1500m": "1500m",
    "1000m": "1",
    "0.1Gi": "107374183",
    "1e3": "1e3",
    "none": "none",
    "0": "0",
}


@pytest.mark.parametrize("given", QUANTITIES)
def test_quantities_are_written_canonically(given: str) -> None:
    assert canonical_quantity(given) == QUANTITIES[given]


def test_numbers_for_quantities_become_texts() -> None:
    assert (canonical_quantity(2), canonical_quantity(0.25)) == ("2", "250m")


DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: ""}}
spec:
  paused: false
  template:
    spec:
      hostNetwork: false
      serviceAccountName: web
      nodeSelector: {}
      containers:
        - name: web
          image: web
          args: []
          env: null
          resources: {limits: {cpu: 1, memory: 1024Mi}, requests: {}}
          ports: [{containerPort: 80}]
          securityContext: {privileged: false}
          readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 0}
      volumes: [{name: tmp}, {name: cfg, configMap: {name: c}}]
"""


def test_a_deployment_has_its_defaults() -> None:
    spec = seen(DEPLOYMENT)["spec"]
    assert spec["replicas"] == 1
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": "25%", "maxSurge": "25%"}
    pod = spec["template"]["spec"]
    assert pod["serviceAccount"] == "web"
    assert pod["securityContext"] == {}
    assert pod["volumes"] == [
        {"name": "tmp", "emptyDir": {}},
        {"name": "cfg", "configMap": {"name": "c", "defaultMode": 420}},
    ]
    container = pod["containers"][0]
    assert container["imagePullPolicy"] == "Always"
    assert container["ports"] == [{"containerPort": 80, "protocol": "TCP"}]
    assert container["readinessProbe"]["httpGet"] == {"port": 80, "path": "/", "scheme": "HTTP"}
    assert container["readinessProbe"]["periodSeconds"] == 10


def test_what_go_cannot_tell_from_nothing_is_gone() -> None:
    spec = seen(DEPLOYMENT)["spec"]
    assert "paused" not in spec
    pod = spec["template"]["spec"]
    assert not {"hostNetwork", "nodeSelector"} & pod.keys()
    container = pod["containers"][0]
    assert not {"args", "env"} & container.keys()
    assert "initialDelaySeconds" not in container["readinessProbe"]
    assert container["resources"] == {"limits": {"cpu": "1", "memory": "1Gi"}}
    assert container["securityContext"] == {"privileged": False}, "a pointer keeps its false"


def test_labels_stay_as_they_are_and_the_namespace_is_filled_in() -> None:
    assert seen(DEPLOYMENT)["metadata"] == {"name": "web", "labels": {"app": ""}, "namespace": "shop"}


def test_what_is_cluster_wide_has_no_namespace() -> None:
    role = seen("{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r, namespace: x}}")
    assert role["metadata"] == {"name": "r"}
    assert role["rules"] is None


def test_a_secrets_texts_are_in_its_data() -> None:
    secret = seen("{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {a: eA==}, stringData: {b: hi}}")
    assert secret["data"] == {"a": "eA==", "b": "aGk="}
    assert "stringData" not in secret
    assert secret["type"] == "Opaque"


def test_a_cron_jobs_job_has_its_defaults() -> None:
    body = seen(
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {jobTemplate: {spec: {template: "
        "{spec: {containers: [{name: c, image: 'c:1'}]}}}}}}"
    )
    job = get(body, "spec", "jobTemplate", "spec")
    assert (job["backoffLimit"], job["parallelism"], job["completions"]) == (6, 1, 1)
    assert get(job, "template", "spec", "containers", 0, "imagePullPolicy") == "IfNotPresent"


def test_custom_resources_stay_as_written() -> None:
    body = "{apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, spec: {shown: false, none: null, list: []}}"
    assert seen(body)["spec"] == {"shown": False, "none": None, "list": []}


CRD = """
kind: CustomResourceDefinition
spec:
  group: example.com
  names: {kind: Thing, plural: things}
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          properties:
            spec:
              default: {}
              properties:
                size: {type: integer, default: 3}
                mode: {type: string, nullable: true, default: fast}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                parts: {type: array, items: {properties: {name: {type: string}, shown: {type: boolean, default: true}}}}
                by: {additionalProperties: {properties: {num: {default: 1}}}}
"""


def thing(spec: str) -> Any:
    body = read(f"{{apiVersion: example.com/v1, kind: Thing, metadata: {{name: t, labels: {{a: b}}}}, {spec}}}").data
    return admitted(body, resource_of("example.com/v1", "Thing", definitions([read(CRD).data])), "shop")


def test_custom_resources_are_pruned_and_defaulted_by_their_definition() -> None:
    assert thing("other: 1")["spec"] == {"size": 3, "mode": "fast"}
    assert "other" not in thing("other: 1")
    assert thing("spec: {size: null, mode: null}")["spec"] == {"size": 3, "mode": None}
    assert thing("spec: {size: 1, mode: x, free: {any: thing}, nope: 1}")["spec"] == {
        "size": 1,
        "mode": "x",
        "free": {"any": "thing"},
    }
    parts = thing("spec: {parts: [{name: a, nope: 1}, {shown: false}], by: {p: {}, q: {num: 2}}}")["spec"]
    assert parts["parts"] == [{"name": "a", "shown": True}, {"shown": False}]
    assert parts["by"] == {"p": {"num": 1}, "q": {"num": 2}}


def test_numbers_are_those_of_json() -> None:
    spec = seen("{apiVersion: example.com/v1, kind: Other, spec: {a: 1.0, b: 1.5, c: 18446744073709551616, d: true}}")
    assert [(value, type(value)) for value in spec["spec"].values()] == [
        (1, int),
        (1.5, float),
        (1.8446744073709552e19, float),
        (True, bool),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{apiVersion: apps/v1, kind: Deployment, metadata: 1, spec: [1]}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {strategy: x, template: {spec: {containers: x}}}}",
        "{apiVersion: v1, kind: Pod, spec: {containers: [1, {resources: [], env: [1], ports: 3}], volumes: [x]}}",
        "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {}, stringData: [1]}",
        "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: 3, ports: [{port: []}]}}",
        "{apiVersion: v1, kind: Namespace, metadata: {name: 3, labels: x}}",
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {ingress: [1, {ports: [2]}]}}",
    ],
)
def test_nonsense_does_no_harm(body: str) -> None:
    assert seen(body)["kind"]


def test_kinds_have_their_resources() -> None:
    assert [plural_of(kind) for kind in ("Ingress", "NetworkPolicy", "Endpoints", "Gateway", "Pod")] == [
        "ingresses",
        "networkpolicies",
        "endpoints",
        "gateways",
        "pods",
    ]
    assert resource_of("rbac.authorization.k8s.io/v1", "ClusterRole").namespaced is False


def test_definitions_of_custom_resources_count() -> None:
    crd = read(
        "{kind: CustomResourceDefinition, spec: {group: example.com, scope: Cluster,"
        " names: {kind: Ox, plural: oxen}, versions: [{name: v1}]}}"
    ).data
    found = resource_of("example.com/v1", "Ox", definitions([crd]))
    assert (found.plural, found.namespaced, found.version) == ("oxen", False, "v1")
