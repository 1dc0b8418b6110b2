"""Services that take over addresses."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class ExternalIpService(ObjectRule):
    """A Service claims addresses outside the cluster for itself.

    ## Why
    With `externalIPs` a Service receives what any pod of the cluster sends to those addresses: whoever may create
    Services can listen to other people's traffic (CVE-2020-8554). Many clusters refuse it.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      externalIPs: # here
        - 203.0.113.7
      ports:
        - port: 80
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      ports:
        - port: 80
    ```
    """

    id = "external-ip-service"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    kinds = frozenset({"Service"})
    keys = ("externalIPs",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a list of external addresses that is not empty."""
        addresses = items(obj.body, "spec", "externalIPs")
        if addresses:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "externalIPs")), key=True),
                f"claims the addresses {', '.join(str(address) for address in addresses)}",
                help="use type LoadBalancer, or an Ingress",
                fix=Fix("claim no addresses", (RemoveField(Pointer(("spec", "externalIPs"))),), safe=False),
            )
