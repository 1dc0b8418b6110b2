"""Values that the API does not take."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import pod_spec
from chartgen.kube.walk import CHOICE, INVALID, NOT_QUANTITY
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation


class InvalidField(ObjectRule):
    """A field has a value that its schema does not allow.

    ## Why
    The API refuses the object: `cannot unmarshal string into Go value of type int32`, `Unsupported value`,
    `Invalid value`. Types, ranges, formats, patterns and choices are judged by the schemas of every Kubernetes release
    that `kubeVersion` in Chart.yaml allows, or that `--kube-version` names. Numbers where text is expected are
    `unquoted-string`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: {{ .Values.port | quote }} # here
    ```
    ```yaml
    # values.yaml
    port: 80
    ```

    ## Bad: plain text where base64 belongs
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      password: {{ .Values.password }} # here
    ```
    ```yaml
    # values.yaml
    password: change-me
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: {{ .Values.port }}
    ```
    ```yaml
    # values.yaml
    port: 80
    ```

    ## Good: base64
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      password: {{ .Values.password | b64enc }}
    ```
    ```yaml
    # values.yaml
    password: change-me
    ```
    """

    id = "invalid-field"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each value of the wrong type, out of range, or of the wrong form."""
        for violation in _validation.violations(obj, ctx, CHOICE, INVALID, NOT_QUANTITY):
            if violation.kind == NOT_QUANTITY and _has_its_own_rule(obj, violation.pointer):
                continue
            if violation.kind == CHOICE and _validation.is_stale(obj, ctx):
                continue  # a newer release of that project may allow it
            yield self.fault(
                Place.on(obj, violation.pointer),
                violation.message,
                help=_cure(obj, violation.pointer, violation.message),
                severity=_validation.severity(violation, ctx),
                versions=violation.versions,
            )


def _has_its_own_rule(obj: RenderedObject, at: Pointer) -> bool:
    """Whether ``impossible-quantity`` looks at it: what containers request."""
    pod = pod_spec(obj.kind, obj.body)
    if pod is None:
        return False
    depth = len(pod.pointer.parts)
    return at.parts[:depth] == pod.pointer.parts and at.parts[depth + 2 : depth + 3] == ("resources",)


def _cure(obj: RenderedObject, at: Pointer, message: str) -> str:
    if message.endswith("where a whole number is expected") and " is '" in message:
        return "leave out the quotes, or use {{ ... | int }}"
    if message.endswith("where true or false is expected") and " is '" in message:
        return "leave out the quotes"
    if obj.kind == "Secret" and at.parts[0] == "data":
        return "use b64enc, or put it into stringData"
    return ""
