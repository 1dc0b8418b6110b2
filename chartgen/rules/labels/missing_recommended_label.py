"""Objects that do not say what they belong to."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import is_given_as_value
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The labels that every object carries."""

    labels: tuple[str, ...] = (
        "app.kubernetes.io/name",
        "app.kubernetes.io/instance",
        "app.kubernetes.io/managed-by",
        "helm.sh/chart",
    )


class MissingRecommendedLabel(ObjectRule):
    """An object lacks the labels that Kubernetes and Helm recommend.

    ## Why
    They are how people and tools find what belongs together: `kubectl get all -l app.kubernetes.io/instance=shop`, cost
    reports, dashboards. Helm's guide to best practices asks for them on every object; `helm create` writes a named
    template for them.

    ## Options
    - `labels` (default `app.kubernetes.io/name`, `app.kubernetes.io/instance`, `app.kubernetes.io/managed-by`,
      `helm.sh/chart`): the labels that must be there, with any value.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels: # here
        app: example
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        app.kubernetes.io/name: {{ .Chart.Name }}
        app.kubernetes.io/instance: {{ .Release.Name }}
        app.kubernetes.io/managed-by: {{ .Release.Service }}
        helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
    ```
    """

    id = "missing-recommended-label"
    severity = Severity.INFO
    profile = Profile.STRICT
    hooks = False
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the labels; those of definitions, which belong to the cluster, are not asked for."""
        missing = [label for label in self.options.labels if obj.labels.get(label) in (None, "")]
        if missing and not is_given_as_value(obj, ctx) and obj.kind != "CustomResourceDefinition":
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "labels")), key=True),
                f"has no label {', '.join(missing)}",
                help="include the chart's named template for common labels",
            )
