"""Replicated workloads that may all land on one node."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items
from chartgen.rules.availability._scaling import least_pods
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


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
    """

    id = "missing-topology-spread"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = frozenset({"Deployment", "StatefulSet"})
    hooks = False

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for constraints where there are several pods."""
        least = least_pods(obj, ctx)
        if least is None or least < 2:
            return
        if items(pod.body, "topologySpreadConstraints") or get(pod.body, "affinity", "podAntiAffinity"):
            return
        yield self.fault(
            Place.on(obj, pod.at("topologySpreadConstraints")),
            f"nothing keeps its {least} pods from running on one node",
            help="add topologySpreadConstraints over topology.kubernetes.io/zone and kubernetes.io/hostname",
        )
