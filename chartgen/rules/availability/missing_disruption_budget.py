"""Replicated workloads that a node drain may take down at once."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, mapping, selects
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import least_pods
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class MissingDisruptionBudget(PodRule):
    """A workload of several pods has no PodDisruptionBudget.

    ## Why
    Upgrading or shrinking a cluster drains its nodes, and a drain may evict all replicas together: they were
    several so that this would not matter. A budget of `maxUnavailable: 1` makes the drain wait for each
    replacement. A workload of a single pod needs none, and would only block the drain.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2 # here
      template:
        metadata:
          labels:
            app: web
        spec:
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
          containers: []
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels:
          app: web
    ```
    """

    id = "missing-disruption-budget"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Deployment", "StatefulSet"})
    hooks = False

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for a budget that selects the pods, where there are several."""
        least = least_pods(obj, ctx)
        if least is None or least < 2:
            return
        budgets = ctx.of_kind("PodDisruptionBudget")
        if any(selects(get(budget.body, "spec", "selector"), pod.labels) for budget in budgets):
            return
        replicas, name = Pointer(("spec", "replicas")), Pointer(("metadata", "name"))
        yield self.fault(
            Place.on(obj, replicas if "replicas" in mapping(obj.body, "spec") else name),
            f"runs {least} pods or more without a PodDisruptionBudget: a drain may evict all at once",
            help="render a PodDisruptionBudget with maxUnavailable: 1",
        )
