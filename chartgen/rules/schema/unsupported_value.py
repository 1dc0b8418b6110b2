"""Words that are none of those which Kubernetes knows in a place."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import pod_spec
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema._reach import in_pod, is_own, reach
from chartgen.rules.schema._words import IN_OBJECTS, IN_PODS, KEYS


class UnsupportedValue(ObjectRule):
    """A field of a few fixed words holds another one.

    ## Why
    The API server refuses the object: `Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent",
    "Never"`. It judges these words in its code, and no schema names them: `imagePullPolicy`, `protocol`, a Service's
    `type`, an Ingress' `pathType`, access modes of claims and the like. They are case-sensitive.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      dnsPolicy: ClusterLast # here
      containers:
        - name: web
          image: example/web:1.2.0
          imagePullPolicy: ifNotPresent # here
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: Loadbalancer # here
      ports:
        - port: 80
          protocol: HTTP # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      dnsPolicy: ClusterFirst
      containers:
        - name: web
          image: example/web:1.2.0
          imagePullPolicy: IfNotPresent
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      ports:
        - port: 80
          protocol: TCP
    ```
    """

    id = "unsupported-value"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = KEYS

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look each word up; an empty one is unset."""
        if not is_own(obj):
            return
        for at, value, words in _found(obj):
            if isinstance(value, str) and value and value not in words:
                meant = nearest(value.lower(), [word.lower() for word in words])
                yield self.fault(
                    Place.on(obj, at),
                    f"{at.dotted} is {value!r}, where Kubernetes knows {', '.join(words)}",
                    help=f"write {next(w for w in words if w.lower() == meant)}" if meant else "write one of these",
                )


def _found(obj: RenderedObject) -> Iterator[tuple[Pointer, Any, tuple[str, ...]]]:
    for path, words in IN_OBJECTS.get(obj.kind, {}).items():
        for at, value in reach(obj.body, path):
            yield at, value, words
    if pod := pod_spec(obj.kind, obj.body):
        for path, words in IN_PODS.items():
            for at, value in in_pod(pod, path):
                yield at, value, words
