"""Services without pods behind them."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import belongs_here, pods_are_known, pods_of_service
from chartgen.rules.references._later import labels_cure, waiting
from chartgen.tuples import NamedTuple

_USUAL = frozenset({"app", "chart", "component", "heritage", "instance", "k8s-app", "name", "release", "tier"})
"""Labels that templates give."""


class Options(NamedTuple):
    """Whose pods a Service may select, and whether it must select any."""

    outside: bool = True
    need_selector: bool = False


class ServiceSelectsNothing(ObjectRule):
    """A Service selects no pod of the chart.

    ## Why
    A Service without pods has no endpoints: every connection to it fails, although everything is running. It happens
    when the labels of the pods are changed and the selector is not. Charts whose pods an operator makes are not
    judged, nor are labels like `operator: leader`, which a pod gives itself once it runs. Where the template of its
    pods waits for a value and renders nothing, it is a warning.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: # here
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: website
      template:
        metadata:
          labels:
            app: website
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: website
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: website
      template:
        metadata:
          labels:
            app: website
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Options
    - `outside` (default true): pods that no template of the chart renders may exist: an operator makes some, or
      somebody else has them. Otherwise a selector must match what is rendered.
    - `need-selector` (default false): a Service without a selector is reported as well, unless its type is
      ExternalName.
    """

    id = "service-selects-nothing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Service"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a selector that matches the labels of no rendered pod."""
        selector = mapping(obj.body, "spec", "selector")
        if get(obj.body, "spec", "type") == "ExternalName":
            return  # Kubernetes ignores its selector
        if not selector:
            if self.options.need_selector:
                yield self.fault(Place.on(obj, Pointer(("spec",)), key=True), "has no selector", help="select its pods")
            return
        if pods_of_service(obj, ctx) or (self.options.outside and not _must_match(obj, selector, ctx)):
            return
        wanted = ", ".join(f"{key}={value}" for key, value in selector.items())
        yield self.fault(
            Place.on(obj, Pointer(("spec", "selector")), key=True),
            f"the selector {wanted} matches no pod of the chart",
            help=labels_cure(obj, ctx),
            severity=Severity.WARNING if waiting(obj, ctx) else None,
        )


def _must_match(obj: RenderedObject, selector: Mapping[str, Any], ctx: ScenarioContext) -> bool:
    """Whether a Service is for pods of the release, all of which are rendered with all their labels."""
    if not belongs_here(obj, ctx) or not pods_are_known(ctx):
        return False
    return not any(_may_match_later(selector, pod) for _, pod in ctx.pods)


def _may_match_later(selector: Mapping[str, Any], pod: PodSpec) -> bool:
    """Whether a pod lacks nothing but labels of its own making, by which replicas say who leads."""
    lacking = [key for key, value in selector.items() if pod.labels.get(key) != value]
    return len(lacking) < len(selector) and all(
        key not in pod.labels and key not in _USUAL and not key.startswith("app.kubernetes.io/") for key in lacking
    )
