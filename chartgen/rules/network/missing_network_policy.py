"""Pods that everyone may talk to."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, PodSpec, get, items, mapping, policy_directions, selects
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What a policy must do, and for which objects."""

    directions: Literal["any", "both"] = "any"
    rules: bool = False
    one_label: bool = False
    workloads: Literal["controllers", "pods", "all"] = "controllers"
    host_network: bool = False


class MissingNetworkPolicy(PodRule):
    """No NetworkPolicy of the chart selects a workload's pods.

    ## Why
    Without one, every pod of the cluster may connect to these pods and they to everything: one broken-into pod reaches
    all others. A policy of the chart knows best which connections are needed.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web # here
    spec:
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      policyTypes: [Ingress, Egress]
    ```

    ## Options
    - `directions` (default `any`): `any` policy is enough, or `both` ingress and egress must be covered, by one policy
      or by several, as their `policyTypes` say.
    - `rules` (default false): a direction is covered only by a policy that has rules for it; one that allows nothing
      does not count.
    - `one-label` (default false): read a policy as polaris does, which counts one that has rules for both directions
      and whose `matchLabels` share exactly one label with the pods, whatever else it selects.
    - `workloads` (default `controllers`): `controllers` judges Deployments, StatefulSets, DaemonSets and ReplicaSets,
      `pods` bare Pods too, `all` Jobs and CronJobs as well.
    - `host-network` (default false): pods in the network of their node are judged, too, though no policy holds for
      them.
    """

    id = "missing-network-policy"
    severity = Severity.INFO
    profile = Profile.STRICT
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for a policy whose podSelector matches the pods; host-network pods are beyond every policy.

        A policy without a podSelector selects every pod of its namespace, as an empty one does.
        """
        among = CONTROLLERS | ({"Pod"} if self.options.workloads == "pods" else frozenset())
        is_beyond = get(pod.body, "hostNetwork") is True and not self.options.host_network
        if is_beyond or (self.options.workloads != "all" and obj.kind not in among):
            return
        where = namespace(obj, ctx)
        policies = [
            policy
            for policy in ctx.of_kind("NetworkPolicy")
            if namespace(policy, ctx) == where and self._selects(policy, pod)
        ]
        covered = frozenset(direction for policy in policies for direction in self._covered(policy))
        lacking = sorted({"Ingress", "Egress"} - covered)
        if not policies or len(lacking) == 2 or (lacking and self.options.directions == "both"):
            what = "selects its pods" if len(lacking) == 2 or not policies else f"is about the {lacking[0]} of its pods"
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "name"))),
                f"no NetworkPolicy of the chart {what}",
                help="add one that lets in and out what the application needs",
            )

    def _selects(self, policy: RenderedObject, pod: PodSpec) -> bool:
        if not self.options.one_label:
            return selects(get(policy.body, "spec", "podSelector") or {}, pod.labels)
        wanted = mapping(policy.body, "spec", "podSelector", "matchLabels")
        shared = [key for key, value in wanted.items() if pod.labels.get(key) == value]
        return len(shared) == 1 and {"Ingress", "Egress"} <= set(self._covered(policy))

    def _covered(self, policy: RenderedObject) -> Iterator[str]:
        """The directions that a policy restricts, and that it has rules for if that is asked."""
        rules = {name: bool(items(policy.body, "spec", name.lower())) for name in ("Ingress", "Egress")}
        for name in policy_directions(policy.body):
            if rules.get(name) or not self.options.rules:
                yield str(name)
