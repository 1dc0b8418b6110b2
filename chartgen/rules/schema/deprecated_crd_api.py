"""API versions of custom resources that will go away, or are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.schemas import is_builtin
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation


class DeprecatedCrdApi(ObjectRule):
    """A custom resource has an API version that its project has given up.

    ## Why
    Projects that define custom resources drop API versions as Kubernetes does, with releases of their own: after the
    upgrade the install ends with `no matches for kind ... in version ...`. The chart's own CustomResourceDefinitions
    decide about their kinds; for others, what projects announced is known.

    ## Bad
    ```yaml
    apiVersion: cert-manager.io/v1alpha2 # here
    kind: Certificate
    metadata:
      name: web
    spec:
      secretName: web-tls
      issuerRef:
        name: ca
    ```

    ## Good
    ```yaml
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata:
      name: web
    spec:
      secretName: web-tls
      issuerRef:
        name: ca
    ```
    """

    id = "deprecated-crd-api"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask the definition of the kind, then the list of what projects have given up."""
        if is_builtin(obj.api_version.rpartition("/")[0]):
            return
        what = f"{obj.api_version} {obj.kind}"
        place = Place.on(obj, Pointer(("apiVersion",)))
        schema = _validation.schema_of(obj, ctx)
        if schema is not None and schema.is_own:
            if not schema.served:
                yield self.fault(place, f"{what} is not served, says {schema.source}", severity=Severity.ERROR)
            elif schema.deprecated is not None:
                warning = schema.deprecated or f"{what} is deprecated, says {schema.source}"
                yield self.fault(place, warning)
            return
        from chartgen.kube.customapis import old_custom_api  # few charts have such objects

        old = old_custom_api(obj.api_version, obj.kind)
        if old is not None:
            became = "not served" if old.gone else "deprecated"
            yield self.fault(
                place,
                f"{what} is {became} since {old.project} {old.since}",
                help=f"use {old.replacement}",
                fix=_fix(old.replacement),
            )
        elif schema is not None and (schema.deprecated is not None or not schema.served):
            became = "deprecated" if schema.served else "not served"
            yield self.fault(place, f"{what} is {became} in {schema.source}", help=schema.deprecated or "")


def _fix(replacement: str) -> Fix | None:
    """Only the apiVersion: what else has to change shows in what is found then."""
    if not re.fullmatch(r"[a-z0-9.-]+/v\d\w*", replacement):
        return None
    return Fix(f"use {replacement}", (SetField(Pointer(("apiVersion",)), replacement),), safe=False)
