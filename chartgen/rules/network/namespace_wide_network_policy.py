"""NetworkPolicies that are about everybody's pods."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class NamespaceWideNetworkPolicy(ObjectRule):
    """A NetworkPolicy selects every pod of the namespace, those of other releases among them.

    ## Why
    An empty `podSelector` selects all pods. A chart that renders one decides for its neighbours: they lose connections
    that nobody thought of, or get some that they were meant to be spared. Default rules for a namespace belong to
    whoever owns it; a chart's policy selects the chart's pods.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector: {} # here
      policyTypes: [Ingress]
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
          app: web
      policyTypes: [Ingress]
    ```
    """

    id = "namespace-wide-network-policy"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"NetworkPolicy"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find an empty podSelector; a policy without one is refused by the API."""
        selector = get(obj.body, "spec", "podSelector")
        if isinstance(selector, dict) and not any(selector.get(key) for key in ("matchLabels", "matchExpressions")):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "podSelector"))),
                "selects every pod of the namespace",
                help="select the chart's pods by their labels",
            )
