"""Labels that Kubernetes refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import is_label_name, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class InvalidLabelValue(ObjectRule):
    """A label has a value that Kubernetes does not allow.

    ## Why
    The API refuses the object. A label's value is at most 63 letters, digits, dashes, underscores and dots, with a
    letter or digit at both ends. Versions with a `+` and long names are the usual cause; `helm create` writes
    `replace "+" "_" | trunc 63 | trimSuffix "-"` for that reason.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        app.kubernetes.io/version: "1.2.0+build.5" # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        app.kubernetes.io/version: {{ "1.2.0+build.5" | replace "+" "_" }}
    ```
    """

    id = "invalid-label-value"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check the labels of the object and of the pods it makes."""
        yield from self._labels(obj, mapping(obj.body, "metadata", "labels"), Pointer(("metadata", "labels")))
        pod = ctx.pod(obj)
        if pod is not None and obj.kind != "Pod":
            yield from self._labels(obj, mapping(obj.body, *pod.labels_pointer.parts), pod.labels_pointer)

    def _labels(self, obj: RenderedObject, labels: Any, at: Pointer) -> Iterator[Fault]:
        for key, value in labels.items():
            if isinstance(value, str) and value and not is_label_name(value):
                why = f"has {len(value)} characters" if len(value) > 63 else "has characters that are not allowed"
                yield self.fault(
                    Place.on(obj, at / key),
                    f"the value {value!r} of label {key} {why}",
                    help="at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
                )
