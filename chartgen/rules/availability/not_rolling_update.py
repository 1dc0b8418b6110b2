"""Workloads that are not updated pod by pod."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get, pod_spec
from chartgen.location import Pointer
from chartgen.rules.availability._serving import selecting_services
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which workloads must be updated pod by pod."""

    kinds: tuple[str, ...] = ("Deployment", "StatefulSet", "DaemonSet", "DeploymentConfig")
    served_only: bool = False


class NotRollingUpdate(ObjectRule):
    """A workload is not updated by RollingUpdate.

    ## Why
    `Recreate` stops every pod before the first new one starts. `OnDelete` changes nothing until somebody deletes the
    pods by hand, so that an upgrade that Helm calls complete has not happened. Both have their uses, so this rule is
    off unless it is asked for; `rollout-stops-all-pods` finds the harmful cases.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      strategy:
        type: Recreate # here
      template:
        spec:
          containers: []
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      updateStrategy:
        type: OnDelete # here
      template:
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
      strategy:
        type: RollingUpdate
        rollingUpdate:
          maxUnavailable: 0
      template:
        spec:
          containers: []
    ```

    ## Options
    - `kinds` (default `[Deployment, StatefulSet, DaemonSet, DeploymentConfig]`): the kinds that are judged.
    - `served-only` (default false): only workloads that a Service of the chart selects are judged.
    """

    id = "not-rolling-update"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"Deployment", "StatefulSet", "DaemonSet", "DeploymentConfig"})
    hooks = False
    keys = ("strategy", "updateStrategy")
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read the type of the strategy; Kubernetes' own default is RollingUpdate for all its kinds."""
        key = "strategy" if obj.kind in ("Deployment", "DeploymentConfig") else "updateStrategy"
        kind = get(obj.body, "spec", key, "type")
        if kind in (None, "", "RollingUpdate", "Rolling") or obj.kind not in self.options.kinds:
            return
        pod = pod_spec(obj.kind, obj.body)
        if not self.options.served_only or (pod and selecting_services(obj, pod, ctx)):
            yield self.fault(
                Place.on(obj, Pointer(("spec", key, "type"))),
                f"is updated by {kind}",
                help="use RollingUpdate, or leave the strategy out",
                fix=Fix(
                    "update the pods one after the other",
                    (SetField(Pointer(("spec", key, "type")), "RollingUpdate"),),
                    safe=False,
                ),
            )
