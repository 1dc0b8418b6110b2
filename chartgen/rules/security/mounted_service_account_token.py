"""Pods that carry a token for the cluster's API and have no use for it."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import CONTROLLERS, WORKLOADS, PodSpec, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Who must say that it wants no token."""

    demand: Literal["unused", "pod", "account"] = "unused"


class MountedServiceAccountToken(PodRule):
    """A pod gets a token for the cluster's API, to whose account the chart gives no permission.

    ## Why
    Kubernetes mounts a token into every pod unless told not to. A program that never talks to the API has no use
    for it; an intruder has: it names the cluster, and every permission somebody later gives the account comes with
    it. The rule is silent when the chart binds a role to the account, when it does not render the account itself,
    and when the pod or the account says `automountServiceAccountToken` either way.

    ## Options
    - `demand` (default `unused`; `pod` or `account`): `unused` asks as told above. `pod` wants every pod, those of Jobs
      and hooks among them, to set `automountServiceAccountToken: false`; `account` is content when its rendered
      ServiceAccount sets it and the pod does not set true.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccountName: web # here
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    automountServiceAccountToken: false
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccountName: web
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good: the account has work to do
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: operator
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: operator
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: operator
    subjects:
      - kind: ServiceAccount
        name: operator
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: operator
    spec:
      template:
        spec:
          serviceAccountName: operator
          containers:
            - name: operator
              image: example/operator:1.2.0
    ```
    """

    id = "mounted-service-account-token"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = WORKLOADS
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Follow the pod to its account, and the account to its bindings."""
        if self.options.demand != "unused":
            yield from self._demanded(obj, pod, ctx)
            return
        if obj.kind not in CONTROLLERS or obj.hooks or isinstance(pod.body.get("automountServiceAccountToken"), bool):
            return
        named = text(pod.body, "serviceAccountName") or text(pod.body, "serviceAccount")
        account = named or "default"
        rendered = ctx.named("ServiceAccount", account, namespace=obj.namespace)
        if rendered is not None and isinstance(rendered.body.get("automountServiceAccountToken"), bool):
            return
        if (rendered is None and account != "default") or _is_bound(account, ctx):
            return
        yield self.fault(
            Place.on(obj, pod.at("serviceAccountName" if "serviceAccountName" in pod.body else "serviceAccount")),
            f"its pods get a token of ServiceAccount {account!r}, to which the chart gives no permission",
            help="set automountServiceAccountToken: false on the pod"
            + (" or the ServiceAccount" if rendered is not None else ""),
            fix=_fix(pod),
        )

    def _demanded(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for an explicit false, on the pod or, where that is enough, on its account."""
        said = pod.body.get("automountServiceAccountToken")
        account = ctx.named("ServiceAccount", text(pod.body, "serviceAccountName"), namespace=obj.namespace)
        by_account = account is not None and account.body.get("automountServiceAccountToken") is False
        if said is False or (self.options.demand == "account" and said is not True and by_account):
            return
        yield self.fault(
            Place.on(obj, pod.at("automountServiceAccountToken")),
            "its pods get a token of their ServiceAccount",
            help="set automountServiceAccountToken: false on the pod, and true where the program talks to the API",
            fix=_fix(pod),
        )


def _is_bound(account: str, ctx: ScenarioContext) -> bool:
    key, memory = ("bound accounts", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = {
            text(subject, "name")
            for binding in ctx.of_kind("RoleBinding", "ClusterRoleBinding")
            for subject in items(binding.body, "subjects")
            if text(subject, "kind") == "ServiceAccount"
        }
    return account in memory[key]


def _fix(pod: PodSpec) -> Fix:
    wanted = SetField(pod.at("automountServiceAccountToken"), False)
    return Fix("mount no token of the ServiceAccount", (wanted,), safe=False)
