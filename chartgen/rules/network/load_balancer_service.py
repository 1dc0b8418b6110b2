"""Services with an address of their own outside the cluster."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class LoadBalancerService(ObjectRule):
    """A Service asks the cloud for a load balancer.

    ## Why
    Every such Service costs an address and a load balancer, and is open to the internet unless annotations say
    otherwise. Behind an Ingress or a Gateway many share one. Ingress controllers themselves need one, so this rule is
    off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer # here
      selector:
        app: web
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
      type: ClusterIP
      selector:
        app: web
      ports:
        - port: 80
    ```
    """

    id = "load-balancer-service"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    kinds = frozenset({"Service"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ``type: LoadBalancer``."""
        if get(obj.body, "spec", "type") == "LoadBalancer":
            yield self.fault(
                Place.on(obj, Pointer(("spec", "type"))),
                "asks for a load balancer of its own",
                help="use ClusterIP behind an Ingress or a Gateway",
                fix=Fix(
                    "keep the Service in the cluster", (SetField(Pointer(("spec", "type")), "ClusterIP"),), safe=False
                ),
            )
