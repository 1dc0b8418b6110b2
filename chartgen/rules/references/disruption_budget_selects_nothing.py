"""PodDisruptionBudgets that protect nothing."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import belongs_here, namespace, pods_are_known, pods_of_selector
from chartgen.rules.references._later import labels_cure
from chartgen.rules.references._outside import OutsideOptions


class DisruptionBudgetSelectsNothing(ObjectRule):
    """A PodDisruptionBudget selects no pod of the chart.

    ## Why
    A budget without pods protects nothing: a node drain evicts all replicas at once, although the chart says otherwise.

    ## Bad
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector: # here
        matchLabels:
          app: web
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
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
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector:
        matchLabels:
          app: website
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
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
    """

    id = "disruption-budget-selects-nothing"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"PodDisruptionBudget"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a selector that matches the labels of no rendered pod."""
        selector = get(obj.body, "spec", "selector")
        if self.options.outside and not (belongs_here(obj, ctx) and pods_are_known(ctx)):
            return
        if not pods_of_selector(selector, namespace(obj, ctx), ctx):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "selector")), key=True),
                "the selector matches no pod of the chart",
                help=labels_cure(obj, ctx),
            )
