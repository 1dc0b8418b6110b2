"""NetworkPolicies that let everything through."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which directions are judged."""

    directions: tuple[str, ...] = ("ingress", "egress")


class OpenNetworkPolicy(ObjectRule):
    """A NetworkPolicy allows all traffic in a direction.

    ## Why
    An empty rule (`- {}`) matches every peer and every port: the policy restricts nothing in that direction, and no
    other policy can take it back, because policies only add. It is often left over from a first try. A rule that names
    ports only is not reported.

    ## Bad
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
      ingress:
        - {} # here
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
      ingress:
        - ports:
            - port: 8080
    ```

    ## Options
    - `directions` (default `[ingress, egress]`): the directions that are judged.
    """

    id = "open-network-policy"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    kinds = frozenset({"NetworkPolicy"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find rules without peers and ports."""
        for direction, peers in (("ingress", "from"), ("egress", "to")):
            for index, rule in enumerate(items(obj.body, "spec", direction)):
                is_open = rule is None or (isinstance(rule, dict) and not rule.get(peers) and not rule.get("ports"))
                if is_open and direction in self.options.directions:
                    yield self.fault(
                        Place.on(obj, Pointer(("spec", direction, index))),
                        f"allows all {direction} traffic",
                        help=f"name the peers ({peers}) or the ports",
                    )
