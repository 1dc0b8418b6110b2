"""Replicated workloads without a podAntiAffinity of their own."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, selects, text
from chartgen.rules.availability._scaling import Counting, counted
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which workloads need one, and over what it must spread them."""

    minimum: int = 2
    replicas: Counting = "least"
    kinds: tuple[str, ...] = ("Deployment", "StatefulSet")
    topology_keys: tuple[str, ...] = ("kubernetes.io/hostname",)


class MissingPodAntiAffinity(PodRule):
    """A workload of several pods has no podAntiAffinity that keeps them on different nodes.

    ## Why
    Replicas protect against the loss of a node only when they are not all on it. Topology spread constraints say so
    more precisely, and `missing-topology-spread` accepts either; this rule insists on `podAntiAffinity`, as some
    organizations do. A term counts when its labels select the pods themselves, in their own namespace.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      template:
        metadata:
          labels:
            app: web
        spec: # here
          containers: []
    ```

    ## Bad: it is about other pods
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      template:
        metadata:
          labels:
            app: web
        spec:
          affinity:
            podAntiAffinity: # here
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchLabels:
                      app: website
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      template:
        metadata:
          labels:
            app: web
        spec:
          affinity:
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  podAffinityTerm:
                    topologyKey: kubernetes.io/hostname
                    labelSelector:
                      matchLabels:
                        app: web
          containers: []
    ```

    ## Options
    - `minimum` (default 2): workloads of fewer pods are passed over.
    - `replicas` (default `least`): how pods are counted. `least`: an autoscaler's minimum, else the replicas; `spec`:
      the replicas alone, 1 when unset; `spec-or-many`: the replicas alone, and always enough when unset.
    - `kinds` (default `[Deployment, StatefulSet]`): the kinds that are judged, of Deployment, StatefulSet, ReplicaSet,
      ReplicationController and DeploymentConfig.
    - `topology-keys` (default `[kubernetes.io/hostname]`): node labels by which a term may spread the pods.
    """

    id = "missing-pod-anti-affinity"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"})
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for a term that keeps the pods apart, where there are several."""
        count = counted(obj, ctx, self.options.replicas, self.options.minimum)
        if obj.kind not in self.options.kinds or count is None or count < self.options.minimum:
            return
        if not any(self._spreads(term, obj, pod, ctx) for term in _terms(pod)):
            yield self.fault(
                Place.on(obj, pod.at("affinity", "podAntiAffinity"), key=True),
                f"no podAntiAffinity keeps its {count} pods on different nodes",
                help=f"add a term over {self.options.topology_keys[0]} that selects the pods' own labels"
                if self.options.topology_keys
                else "add a term that selects the pods' own labels",
            )

    def _spreads(self, term: Any, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> bool:
        names = items(term, "namespaces")
        return (
            text(term, "topologyKey") in self.options.topology_keys
            and selects(get(term, "labelSelector"), pod.labels)
            and (not names or namespace(obj, ctx) in names)
        )


def _terms(pod: PodSpec) -> Iterator[Any]:
    rules = ("affinity", "podAntiAffinity")
    for item in items(pod.body, *rules, "preferredDuringSchedulingIgnoredDuringExecution"):
        yield get(item, "podAffinityTerm")
    yield from items(pod.body, *rules, "requiredDuringSchedulingIgnoredDuringExecution")
