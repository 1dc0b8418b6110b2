"""Services on a port of every node."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField, SetField
from chartgen.kube.access import get, items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class NodePortService(ObjectRule):
    """A Service opens a port on every node.

    ## Why
    A NodePort is reachable wherever a node is, past the ingress, its TLS and its rate limits, and often past the
    firewall. A fixed number also keeps a second release out of the cluster.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: NodePort # here
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

    id = "node-port-service"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Service"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ``type: NodePort``."""
        if get(obj.body, "spec", "type") == "NodePort":
            yield self.fault(
                Place.on(obj, Pointer(("spec", "type"))),
                "opens a port on every node of the cluster",
                help="use ClusterIP behind an Ingress or a Gateway, or LoadBalancer",
                fix=_fix(obj),
            )


def _fix(obj: RenderedObject) -> Fix:
    """The type, and the ports of the nodes, which no other type may have."""
    ports = Pointer(("spec", "ports"))
    named = [index for index, port in enumerate(items(obj.body, "spec", "ports")) if get(port, "nodePort") is not None]
    actions = [SetField(Pointer(("spec", "type")), "ClusterIP")]
    removed = [RemoveField(ports / index / "nodePort") for index in named]
    return Fix("keep the Service in the cluster", (*actions, *removed), safe=False)
