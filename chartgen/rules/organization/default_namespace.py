"""Objects in the namespace default."""

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.organization._settings import is_of
from chartgen.tuples import NamedTuple

_LITERAL = re.compile(r"^\s*namespace:\s*[\"']?default[\"']?\s*(?:#.*)?$", re.MULTILINE)
_CLUSTER_OWN = (("ServiceAccount", "default"), ("Service", "kubernetes"))


class Options(NamedTuple):
    """What counts as being in the namespace, and for which kinds."""

    unset: bool = False
    kinds: tuple[str, ...] = ()


class DefaultNamespace(ObjectRule):
    """An object goes into the namespace `default`.

    ## Why
    What is there belongs to nobody in particular: quotas, network policies and rights are made for namespaces. In a
    chart a namespace is right when it is not written at all, and the user chooses it with `--namespace`, so this is
    only looked at when it is asked for. kube-linter and checkov complain of every object without a namespace.

    ## Options
    - `unset` (default `false`): whether an object without `metadata.namespace` counts, because a chart that is rendered
      for nobody is rendered for `default`.
    - `kinds` (default all): the kinds that are looked at; `workloads` is everything that runs pods.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      namespace: default # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    ```

    ## Bad: as other linters see it
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      default-namespace:
        unset: true
    ```
    """

    id = "default-namespace"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the namespace; what every cluster has there itself is passed over.

        A release is rendered for `default`, so that a template which takes over the release's namespace looks the same
        as one that writes `default`: only the second counts, unless what is unset counts as well.
        """
        if not is_of(obj.kind, self.options.kinds) or (obj.kind, obj.name) in _CLUSTER_OWN:
            return
        if obj.namespace == "default" and (self.options.unset or _is_literal(obj, ctx)):
            place = Place.on(obj, Pointer(("metadata", "namespace")))
            yield self.fault(place, "goes into the namespace 'default'", help="leave metadata.namespace out")
        elif not obj.namespace and self.options.unset:
            place = Place.on(obj, Pointer(("metadata", "name")))
            yield self.fault(place, "has no namespace", help="set metadata.namespace: {{ .Release.Namespace }}")


def _is_literal(obj: RenderedObject, ctx: ScenarioContext) -> bool:
    """Whether the namespace stands in the template as it is, or is another than the release's."""
    template = ctx.chart.chart.text(obj.source) or ""
    return ctx.chart.options.namespace != "default" or _LITERAL.search(template) is not None
