"""Custom resources that break a rule of their schema."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.walk import Walk
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation


class BrokenSchemaRule(ObjectRule):
    """A custom resource breaks a validation rule in the CustomResourceDefinition of its kind.

    ## Why
    CustomResourceDefinitions may hold rules about several fields together, in CEL (`x-kubernetes-validations`). The API
    refuses what breaks one. They are evaluated as the API server does, with defaults filled in; rules about changes
    do not concern an object that is created.

    ## Bad
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      rules:
        - filters:
            - type: RequestRedirect # here
    ```

    ## Good
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      rules:
        - filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
    ```
    """

    id = "broken-schema-rule"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Evaluate the rules at each place of the object that has some."""
        outcome = _validation.outcome(obj, ctx)
        schema = _validation.schema_of(obj, ctx) if outcome.rules else None
        if schema is None or outcome.violations:
            return  # rules may presume what a sound object has
        from chartgen.kube.crdrules import broken_rules

        resolve = Walk(schema.nodes).resolve
        for checked in outcome.rules:
            for broken in broken_rules(checked, resolve):
                where = broken.pointer.dotted
                yield self.fault(
                    Place.on(obj, broken.pointer),
                    f"{where}: {broken.message}" if where else broken.message,
                    help=f"the rule is in the schema of {schema.source}",
                )
