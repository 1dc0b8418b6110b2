"""Disruption budgets under which no node can be drained."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField, SetField
from chartgen.kube.access import get, mapping, pod_spec, selects, strings
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import autoscaler, least_pods, percentage
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What a budget is compared with."""

    compare_with: Literal["pods", "autoscalers", "nothing"] = "pods"
    least_share: int = 0
    fields: tuple[str, ...] = ("maxUnavailable", "minAvailable")


class DisruptionBudgetBlocksEviction(ObjectRule):
    """A PodDisruptionBudget never lets a pod go.

    ## Why
    Draining a node waits until a budget allows the eviction. One that demands as many pods as there are waits for
    ever: cluster upgrades hang until somebody deletes the budget by hand. The usual case is `minAvailable: 1` on a
    single replica. Percentages round up, so `minAvailable: 50%` of one pod is one pod. Where an autoscaler sets the
    number, its minimum counts.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 1
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
      minAvailable: 1 # here
      selector:
        matchLabels:
          app: web
    ```

    ## Bad: nothing may ever be unavailable
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 0 # here
      selector:
        matchLabels:
          app: web
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
    - `compare-with` (default `pods`): what a `minAvailable` is compared with. `pods`: the pods that the budget selects;
      `autoscalers`: the minimum of the autoscalers of those pods, which it must not exceed; `nothing`: only budgets
      that never allow an eviction are reported, those with `maxUnavailable: 0` or `minAvailable: 100%`.
    - `least-share` (default 0): a budget given in percent must let at least so many percent of the pods go.
    - `fields` (default `maxUnavailable`, `minAvailable`): the fields that are judged.
    """

    id = "disruption-budget-blocks-eviction"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"PodDisruptionBudget"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare what the budget demands with the pods it selects."""
        spec = mapping(obj.body, "spec")
        most, least = (
            spec.get(field) if field in self.options.fields else None for field in ("maxUnavailable", "minAvailable")
        )
        share = self._share(most, least)
        if share is not None:
            field = "minAvailable" if most is None else "maxUnavailable"
            yield self._fault(obj, field, f"lets {share} % of the pods go, less than {self.options.least_share} %")
        elif _is_none_at_all(most):
            yield self._fault(obj, "maxUnavailable", "allows no eviction at all")
        elif percentage(least) == 100:
            yield self._fault(obj, "minAvailable", "allows no eviction at all")
        elif least is not None and self.options.compare_with != "nothing":
            is_scaled = self.options.compare_with == "autoscalers"
            pods = _selected(obj, ctx, only_scaled=is_scaled)
            needed = _needed(least, pods) if pods else None
            if pods and needed is not None and needed >= pods + is_scaled:
                there = "the one pod it selects" if pods == 1 else f"each of the {pods} pods it selects"
                yield self._fault(obj, "minAvailable", f"demands {there}, so none may be evicted")

    def _share(self, most: object, least: object) -> int | None:
        """The share of its pods that a budget in percent lets go, when that is less than it should."""
        demanded = percentage(least)
        share = percentage(most) if most is not None else None if demanded is None else 100 - demanded
        return share if share is not None and 0 < share < self.options.least_share else None

    def _fault(self, obj: RenderedObject, field: str, message: str) -> Fault:
        value = get(obj.body, "spec", field)
        return self.fault(
            Place.on(obj, Pointer(("spec", field))),
            f"{field}: {value} {message}",
            help="use maxUnavailable: 1, and render a budget only for more than one replica",
            fix=_fix(field),
        )


def _is_none_at_all(most: object) -> bool:
    return (isinstance(most, int) and not isinstance(most, bool) and most <= 0) or percentage(most) == 0


def _needed(least: object, pods: int) -> int | None:
    share = percentage(least)
    if share is not None:
        return -(-pods * share // 100)
    return least if isinstance(least, int) and not isinstance(least, bool) else None


def _selected(budget: RenderedObject, ctx: ScenarioContext, *, only_scaled: bool) -> int | None:
    """How many pods a budget selects at least; None when that is not known."""
    total = 0
    for obj in ctx.of_kind("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"):
        pod = pod_spec(obj.kind, obj.body)
        labels = pod.labels if pod else strings(mapping(obj.body, "spec", "selector", "matchLabels"))
        is_here = namespace(obj, ctx) == namespace(budget, ctx)
        if only_scaled and autoscaler(obj, ctx) is None:
            continue
        if is_here and labels and selects(get(budget.body, "spec", "selector"), labels):
            least = least_pods(obj, ctx)
            if least is None:
                return None
            total += least
    return total


def _fix(field: str) -> Fix:
    spec = Pointer(("spec",))
    allowed = SetField(spec / "maxUnavailable", 1)
    actions = (allowed,) if field == "maxUnavailable" else (RemoveField(spec / field), allowed)
    return Fix("let one pod be evicted at a time", actions, safe=False)
