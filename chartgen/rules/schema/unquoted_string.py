"""Numbers and booleans where Kubernetes wants text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, QuoteField
from chartgen.kube.access import PodSpec, items, mapping
from chartgen.kube.walk import NOT_TEXT
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation

_TEXT_MAPS = {"ConfigMap": ("data",), "Secret": ("stringData",)}


class UnquotedString(ObjectRule):
    """A label, annotation, environment variable or setting is a number or a boolean, not text.

    ## Why
    The API refuses the object: `cannot unmarshal number into Go struct field`. The defaults may be fine and the chart
    break with the first user who sets a value to `true`, `8080` or `1e3`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      port: {{ .Values.port }} # here
    ```
    ```yaml
    # values.yaml
    port: 8080
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      port: {{ .Values.port | quote }}
    ```
    ```yaml
    # values.yaml
    port: 8080
    ```
    """

    id = "unquoted-string"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check the places people fill from values, in their own words, and then what else must be text."""
        seen = set()
        for fault in self._common(obj, ctx.pod(obj)):
            seen.add(fault.place.pointer)
            yield fault
        for violation in _validation.violations(obj, ctx, NOT_TEXT):
            if violation.pointer not in seen:
                yield self.fault(
                    Place.on(obj, violation.pointer),
                    violation.message,
                    help="quote it: {{ ... | quote }}",
                    versions=violation.versions,
                )

    def _common(self, obj: RenderedObject, pod: PodSpec | None) -> Iterator[Fault]:
        """Every map of texts: labels, annotations, selectors, data, and the values of variables."""
        metadata = Pointer(("metadata",))
        for what in ("labels", "annotations"):
            yield from self._texts(obj, metadata / what, what[:-1])
        for key in _TEXT_MAPS.get(obj.kind, ()):
            yield from self._texts(obj, Pointer((key,)), "key")
        if obj.kind == "Service":
            yield from self._texts(obj, Pointer(("spec", "selector")), "selector")
        if pod is None:
            return
        if obj.kind != "Pod":
            yield from self._texts(obj, pod.labels_pointer, "pod label")
            yield from self._texts(obj, pod.labels_pointer.parent / "annotations", "pod annotation")
        yield from self._texts(obj, pod.at("nodeSelector"), "nodeSelector")
        for container in pod.containers:
            for index, variable in enumerate(items(container.body, "env")):
                value = variable.get("value") if isinstance(variable, dict) else None
                if value is not None and not isinstance(value, str):
                    what = f"{variable.get('name')} of {container.title}"
                    yield self._fault(obj, container.at("env", index, "value"), what, value)

    def _texts(self, obj: RenderedObject, at: Pointer, what: str) -> Iterator[Fault]:
        for key, value in mapping(obj.body, *at.parts).items():
            if value is not None and not isinstance(value, str):
                yield self._fault(obj, at / key, f"{what} {key!r}", value)

    def _fault(self, obj: RenderedObject, at: Pointer, what: str, value: Any) -> Fault:
        kind = {bool: "the boolean", int: "the number", float: "the number"}.get(type(value))
        shown = str(value).lower() if isinstance(value, bool) else f"{value}"
        found = f"{kind} {shown}" if kind else "a map" if isinstance(value, dict) else "a list"
        return self.fault(
            Place.on(obj, at),
            f"{what} is {found}, where text is expected",
            help="quote it: {{ ... | quote }}",
            fix=Fix("quote it", (QuoteField(at),)) if kind else None,
        )
