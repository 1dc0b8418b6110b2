"""Pods that may run on any node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, mapping
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What counts besides node affinity."""

    node_selector: bool = True


class MissingNodeAffinity(PodRule):
    """A pod does not say which nodes it may run on.

    ## Why
    Where nodes differ (ARM beside x86, spot beside reserved, Windows beside Linux) a pod without node affinity may land
    on one that cannot run it. Most charts leave that to whoever installs them, so this rule is off unless it is asked
    for.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions:
                      - key: kubernetes.io/arch
                        operator: In
                        values: [amd64]
          containers: []
    ```

    ## Options
    - `node-selector` (default true): a `nodeSelector` counts as well.
    """

    id = "missing-node-affinity"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for node affinity."""
        selector = mapping(pod.body, "nodeSelector") if self.options.node_selector else {}
        if not selector and get(pod.body, "affinity", "nodeAffinity") is None:
            yield self.fault(
                Place.on(obj, pod.at("affinity", "nodeAffinity"), key=True),
                "does not say which nodes it may run on",
                help="set affinity.nodeAffinity",
            )
