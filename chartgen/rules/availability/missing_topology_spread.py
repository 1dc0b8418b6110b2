"""Replicated workloads that may all land on one node."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, PodSpec, get, items, text
from chartgen.rules.availability._scaling import least_pods
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which workloads must be spread, and what counts."""

    minimum: int = 2
    anti_affinity: bool = True
    workloads: Literal["replicated", "all"] = "replicated"
    topology_keys: tuple[str, ...] = ()


class MissingTopologySpread(PodRule):
    """A workload of several pods does not say that they belong on different nodes.

    ## Why
    Replicas protect against the loss of a node only when they are not all on it. Without constraints of its own a
    pod gets the scheduler's defaults, which prefer but hardly enforce a spread and which a cluster may have
    switched off. `podAntiAffinity` counts too.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 3
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
      replicas: 3
      template:
        spec:
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels:
                  app: web
          containers: []
    ```

    ## Options
    - `minimum` (default 2): workloads of fewer pods are passed over.
    - `anti-affinity` (default true): `podAntiAffinity` counts as well.
    - `workloads` (default `replicated`): `replicated` judges Deployments and StatefulSets, `all` everything that keeps
      running, one pod of it too.
    - `topology-keys` (default none): node labels over each of which there must be a constraint; without any, one
      constraint over whatever label is enough.
    """

    id = "missing-topology-spread"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = CONTROLLERS | {"Pod"}
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for constraints where there are several pods."""
        is_all = self.options.workloads == "all"
        least = least_pods(obj, ctx) if obj.kind in ("Deployment", "StatefulSet") else 1 if is_all else None
        if least is None or (least < self.options.minimum and not is_all):
            return
        affinity = get(pod.body, "affinity", "podAntiAffinity") if self.options.anti_affinity else None
        over = {text(one, "topologyKey") for one in items(pod.body, "topologySpreadConstraints")}
        if affinity or (over and over.issuperset(self.options.topology_keys)):
            return
        yield self.fault(
            Place.on(obj, pod.at("topologySpreadConstraints")),
            "nothing keeps its pods from running on one node"
            if least < 2
            else f"nothing keeps its {least} pods from running on one node",
            help="add topologySpreadConstraints over topology.kubernetes.io/zone and kubernetes.io/hostname",
        )
