"""Replicated workloads that a node drain may take down at once."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, mapping, selects
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import Counting, counted
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which workloads need a budget, and what counts as one."""

    minimum: int = 2
    replicas: Counting = "least"
    kinds: tuple[str, ...] = ("Deployment", "StatefulSet")
    any_label: bool = False


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

    ## Options
    - `minimum` (default 2): workloads of fewer pods need no budget.
    - `replicas` (default `least`): how pods are counted. `least`: an autoscaler's minimum, else the replicas; `spec`:
      the replicas alone, 1 when unset; `spec-or-many`: the replicas alone, and always enough when unset.
    - `kinds` (default `[Deployment, StatefulSet]`): the kinds that are judged.
    - `any-label` (default false): a budget that shares one label with the pods counts, whatever else it asks for.
    """

    id = "missing-disruption-budget"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Deployment", "StatefulSet"})
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for a budget that selects the pods, where there are several."""
        least = counted(obj, ctx, self.options.replicas, self.options.minimum)
        if obj.kind not in self.options.kinds or least is None or least < self.options.minimum:
            return
        if any(self._protects(budget, obj, pod, ctx) for budget in ctx.of_kind("PodDisruptionBudget")):
            return
        replicas, name = Pointer(("spec", "replicas")), Pointer(("metadata", "name"))
        yield self.fault(
            Place.on(obj, replicas if "replicas" in mapping(obj.body, "spec") else name),
            f"runs {least} pods or more without a PodDisruptionBudget: a drain may evict all at once",
            help="render a PodDisruptionBudget with maxUnavailable: 1",
        )

    def _protects(self, budget: RenderedObject, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> bool:
        if namespace(budget, ctx) != namespace(obj, ctx):
            return False
        selector = get(budget.body, "spec", "selector")
        if self.options.any_label:
            wanted = mapping(selector, "matchLabels").items()
            return any(pod.labels.get(key) == value for key, value in wanted)
        return selects(selector, pod.labels)
