"""NetworkPolicies that are about no pod."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import belongs_here, namespace, pods_are_known, pods_of_selector
from chartgen.rules.references._later import MAKES_PODS, labels_cure, may_write
from chartgen.rules.references._outside import OutsideOptions


class NetworkPolicySelectsNothing(ObjectRule):
    """A NetworkPolicy selects no pod of the chart.

    ## Why
    A policy without pods restricts nothing: the pods it was written for stay open to everyone, and nobody notices.
    Charts with a role that lets a program create pods are not judged.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: # here
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
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
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

    id = "network-policy-selects-nothing"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = frozenset({"NetworkPolicy"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a podSelector that matches the labels of no rendered pod."""
        selector = get(obj.body, "spec", "podSelector")
        if self.options.outside and not (belongs_here(obj, ctx) and pods_are_known(ctx)):
            return
        if self.options.outside and (selector is None or may_write("pods", MAKES_PODS, ctx)):
            return
        if not pods_of_selector(selector or {}, namespace(obj, ctx), ctx):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "podSelector")), key=True),
                "podSelector matches no pod of the chart",
                help=labels_cure(obj, ctx),
            )
