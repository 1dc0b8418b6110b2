"""Fields that the API does not know."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RenameField
from chartgen.kube.schemas import Schema
from chartgen.kube.walk import UNKNOWN, Violation
from chartgen.nearest import nearest
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation


class UnknownField(ObjectRule):
    """An object has a field that its schema does not know.

    ## Why
    A misspelt or misplaced field does nothing: Helm 3 and `kubectl` drop it with a warning at best, Helm 4 and
    server-side apply refuse the object. Objects are held against the schemas of every Kubernetes release that
    `kubeVersion` in Chart.yaml allows, or that `--kube-version` names; where only older releases do not know a field,
    it is a warning. Custom resources are held against the chart's own CustomResourceDefinitions, those of
    `--schema-location`, or the ones chartgen carries, of which newer versions may exist: then it is a warning, too.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              imagePulPolicy: Always # here
    ```

    ## Bad: a custom resource
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: http
          scrapeInterval: 30s # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              imagePullPolicy: Always
    ```
    """

    id = "unknown-field"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each field that the schema of the object's kind lacks."""
        for violation in _validation.violations(obj, ctx, UNKNOWN):
            schema = _validation.schema_of(obj, ctx)
            assert schema is not None, "what was judged has a schema"
            near = "" if violation.field in violation.known else nearest(violation.field, violation.known)
            if schema.stale and not near:
                continue  # a newer release of that project may know it
            ours = schema.is_custom and not schema.is_own
            yield self.fault(
                Place.on(obj, violation.pointer, key=True),
                violation.message + (f" (did you mean {near!r}?)" if near else ""),
                help=_cure(violation, schema),
                fix=Fix(f"write {near}", (RenameField(violation.pointer, near),), safe=False) if near else None,
                severity=Severity.WARNING if ours else _validation.severity(violation, ctx),
                versions=violation.versions,
            )


def _cure(violation: Violation, schema: Schema) -> str:
    if schema.is_custom:
        return f"the schema is that of {schema.source}"
    if violation.field in violation.known:
        return "render it for those releases only that know it (.Capabilities.KubeVersion), or change kubeVersion"
    known = violation.known
    return f"there are: {', '.join(known)}" if 0 < len(known) < 8 else "'kubectl explain' lists what there is"
