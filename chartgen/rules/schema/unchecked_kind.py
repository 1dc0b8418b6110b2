"""Custom resources whose schema nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.schemas import is_builtin
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema import _validation


class UncheckedKind(ObjectRule):
    """A custom resource could not be held against a schema.

    ## Why
    Its fields may be misspelt and nobody would say so. chartgen knows the schemas of Kubernetes and of some common
    projects, and reads CustomResourceDefinitions in the chart; others can be given with `--schema-location`.

    ## Bad
    ```yaml
    apiVersion: example.com/v1 # here
    kind: Widget
    metadata:
      name: web
    ```

    ## Good
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      hostnames:
        - example.com
    ```
    """

    id = "unchecked-kind"
    severity = Severity.INFO
    profile = Profile.OPTIONAL

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report a kind without a schema."""
        if not is_builtin(obj.api_version.rpartition("/")[0]) and _validation.schema_of(obj, ctx) is None:
            yield self.fault(
                Place.on(obj, Pointer(("apiVersion",))),
                f"no schema of {obj.api_version} {obj.kind} is known, so its fields are not checked",
                help="give its CustomResourceDefinition with --schema-location",
            )
