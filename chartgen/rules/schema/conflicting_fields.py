"""Fields of which Kubernetes takes one, and finds several or none."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS, PodSpec, get, items, mapping, pod_spec
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class ConflictingFields(ObjectRule):
    """An object sets fields side by side of which Kubernetes takes only one.

    ## Why
    The API server refuses the object, and no schema says so: a probe asks in one way, a volume has one source, a
    variable has a value or takes it from somewhere, a peer of a NetworkPolicy is a range of addresses or pods. Two of
    them usually come from a default in values.yaml and another choice laid over it, which merges the two; set the
    default to null there.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          env:
            - name: PASSWORD # here
              value: none
              valueFrom:
                secretKeyRef: {name: web, key: password}
          readinessProbe: # here
            httpGet: {path: /, port: 8080}
            tcpSocket: {port: 8080}
      volumes:
        - name: data # here
          emptyDir: {}
          persistentVolumeClaim: {claimName: web}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock: {cidr: 10.0.0.0/8} # here
              podSelector: {}
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef: {name: web, key: password}
          readinessProbe:
            tcpSocket: {port: 8080}
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: web}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {}
      ingress:
        - from:
            - ipBlock: {cidr: 10.0.0.0/8}
            - podSelector: {}
    ```
    """

    id = "conflicting-fields"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = WORKLOADS | {"NetworkPolicy"}
    keys = ("env", "volumes", "lifecycle", "startupProbe", "readinessProbe", "livenessProbe", "ipBlock")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at each place that takes one of several fields."""
        pod = pod_spec(obj.kind, obj.body)
        for pointer, what, fields in _in_pod(pod) if pod else _in_policy(obj.body):
            if len(fields) > 1:
                yield self.fault(
                    Place.on(obj, pointer),
                    f"{what} has {' and '.join(fields)}, of which Kubernetes takes one",
                    help="remove all but one; a default in values.yaml is removed by setting it to null",
                )


_Choice = tuple[Pointer, str, list[str]]
"""A place that takes one of several fields: where it is, how messages call it, and the fields that are set."""

_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")
_SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef")


def _in_pod(pod: PodSpec) -> Iterator[_Choice]:
    for container in pod.containers:
        for index, variable in enumerate(items(container.body, "env")):
            what, at = f"{container.title}: variable {str(get(variable, 'name'))!r}", container.at("env", index, "name")
            yield at, what, [key for key in ("value", "valueFrom") if get(variable, key) not in (None, "")]
            yield at, what, _set(get(variable, "valueFrom"), _SOURCES)
        for path in (("startupProbe",), ("readinessProbe",), ("livenessProbe",)):
            yield container.at(*path), f"{container.title}: {path[0]}", _set(get(container.body, *path), _HANDLERS)
        for hook in ("postStart", "preStop"):
            handlers = _set(get(container.body, "lifecycle", hook), _HANDLERS)
            yield container.at("lifecycle", hook), f"{container.title}: {hook}", handlers
    for index, volume in enumerate(items(pod.body, "volumes")):
        # All but the name of a volume are kinds of sources.
        sources = _set(volume, tuple(key for key in mapping(volume) if key != "name"))
        yield pod.at("volumes", index, "name"), f"volume {str(get(volume, 'name'))!r}", sources


def _in_policy(body: Mapping[str, Any]) -> Iterator[_Choice]:
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for index, rule in enumerate(items(body, "spec", direction)):
            for number, peer in enumerate(items(rule, peers)):
                if get(peer, "ipBlock") is not None:
                    at = Pointer(("spec", direction, index, peers, number))
                    yield at, f"a peer in {direction}", _set(peer, ("ipBlock", "podSelector", "namespaceSelector"))


def _set(value: Any, fields: tuple[str, ...]) -> list[str]:
    """The fields that are there and not null."""
    return [field for field in fields if get(value, field) is not None]
