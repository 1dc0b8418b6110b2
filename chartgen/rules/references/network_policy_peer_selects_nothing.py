"""NetworkPolicies that let in pods nobody runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, items, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import namespace, pods_are_known, pods_of_selector
from chartgen.rules.references._later import MAKES_PODS, labels_cure, may_write
from chartgen.rules.references._outside import OutsideOptions


class NetworkPolicyPeerSelectsNothing(ObjectRule):
    """A NetworkPolicy allows traffic from or to pods of the release that do not exist.

    ## Why
    The policy was written for a component of the same chart, whose labels were changed since, or are built differently:
    the connection it should allow is dropped. Peers whose labels do not name the release may be anybody's pods,
    and where a role of the chart lets a program create pods, they may be those.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: db
    spec:
      podSelector:
        matchLabels:
          app: db
      ingress:
        - from:
            - podSelector: # here
                matchLabels:
                  app: website
                  release: {{ .Release.Name }}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata:
          labels:
            app: web
            release: {{ .Release.Name }}
        spec:
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: db
    spec:
      podSelector:
        matchLabels:
          app: db
      ingress:
        - from:
            - podSelector:
                matchLabels:
                  app: web
                  release: {{ .Release.Name }}
            - podSelector:
                matchLabels:
                  app: prometheus
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata:
          labels:
            app: web
            release: {{ .Release.Name }}
        spec:
          containers: []
    ```

    ## Options
    - `outside` (default true): peers are judged only when their labels name the release. Otherwise every peer without a
      namespaceSelector must be rendered.
    """

    id = "network-policy-peer-selects-nothing"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"NetworkPolicy"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find peers in the policy's own namespace that match no rendered pod."""
        where = namespace(obj, ctx)
        for direction, peers in (("ingress", "from"), ("egress", "to")):
            for index, rule in enumerate(items(obj.body, "spec", direction)):
                for number, peer in enumerate(items(rule, peers)):
                    selector = get(peer, "podSelector")
                    if selector is None or get(peer, "namespaceSelector") is not None:
                        continue
                    if self._is_judged(selector, ctx) and not pods_of_selector(selector, where, ctx):
                        yield self.fault(
                            Place.on(obj, Pointer(("spec", direction, index, peers, number, "podSelector")), key=True),
                            f"{direction} is allowed {peers} pods that the chart does not render",
                            help=labels_cure(obj, ctx),
                        )

    def _is_judged(self, selector: Any, ctx: ScenarioContext) -> bool:
        if not self.options.outside:
            return True
        labels = mapping(selector, "matchLabels").values()
        known = pods_are_known(ctx) and not may_write("pods", MAKES_PODS, ctx)
        return ctx.chart.options.release in labels and known
