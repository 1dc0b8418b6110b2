"""Fields that the API requires and an object lacks."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.walk import MISSING
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation
from chartgen.rules.schema.missing_selector import MissingSelector


class MissingField(ObjectRule):
    """An object lacks a field that its schema requires.

    ## Why
    The API refuses the object: `Required value`. Objects are held against the schemas of every Kubernetes release that
    `kubeVersion` in Chart.yaml allows, or that `--kube-version` names. A field may be there and empty because the value
    it is made from is not set; that counts as missing, too.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: example.com
          http:
            paths:
              - path: / # here
                backend:
                  service:
                    name: web
                    port:
                      name: http
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: example.com
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port:
                      name: http
    ```
    """

    id = "missing-field"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each required field that is not there; a workload's selector has a rule of its own."""
        for violation in _validation.violations(obj, ctx, MISSING):
            at = violation.pointer / violation.field
            if obj.kind in MissingSelector.kinds and at == Pointer(("spec", "selector")):
                continue
            yield self.fault(
                Place.on(obj, violation.pointer),
                violation.message,
                help=f"set {at.dotted}",
                severity=_validation.severity(violation, ctx),
                versions=violation.versions,
            )
