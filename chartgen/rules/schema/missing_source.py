"""Environment variables that are to be taken from nowhere."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, mapping
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class MissingSource(PodRule):
    """A container takes environment variables from nowhere.

    ## Why
    The API server refuses the pod: `must specify one of: configMapRef or secretRef` (ValidateEnvFrom), `must specify
    one of: fieldRef, ...` (validateEnvVarValueFrom). No schema says so. It usually comes from a list entry or a
    `valueFrom` whose content stands under a condition.

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
          envFrom:
            - prefix: APP_ # here
          env:
            - name: PASSWORD
              valueFrom: {} # here
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
          envFrom:
            - prefix: APP_
              configMapRef: {name: web}
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef: {name: web, key: password}
    ```
    """

    id = "missing-source"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("envFrom", "valueFrom")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for a source in each entry; a field that Kubernetes does not know is ``unknown-field``."""
        for container in pod.containers:
            for index, entry in enumerate(items(container.body, "envFrom")):
                if isinstance(entry, dict) and not any(
                    value is not None for key, value in entry.items() if key != "prefix"
                ):
                    yield self.fault(
                        Place.on(obj, container.at("envFrom", index)),
                        f"entry {index + 1} in envFrom of {container.title} names no source",
                        help="set configMapRef or secretRef, or remove the entry",
                    )
            for index, variable in enumerate(items(container.body, "env")):
                source = get(variable, "valueFrom")
                if isinstance(source, dict) and all(one is None for one in mapping(source).values()):
                    yield self.fault(
                        Place.on(obj, container.at("env", index, "valueFrom")),
                        f"{container.title} takes variable {str(get(variable, 'name'))!r} from nowhere",
                        help="set secretKeyRef, configMapKeyRef or fieldRef, or a value",
                    )
