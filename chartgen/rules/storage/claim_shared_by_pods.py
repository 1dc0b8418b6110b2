"""Deployments whose pods cannot all mount their volume."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import least_pods
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace


class ClaimSharedByPods(PodRule):
    """A Deployment's pods share a claim that only one node, or one pod, may mount.

    ## Why
    A volume with `ReadWriteOnce` is attached to one node. The second replica waits in `ContainerCreating` when it lands
    on another one; so does the new pod of a rolling update, which starts before the old one stops, and the update
    hangs. With `ReadWriteOncePod` that happens on the same node too. `strategy: Recreate` stops the old pod first;
    several pods need a StatefulSet, where each has a claim of its own, or `ReadWriteMany`.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: db
    spec:
      replicas: 1
      template:
        spec:
          containers: []
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: db # here
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: db
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 10Gi
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: db
    spec:
      replicas: 1
      strategy:
        type: Recreate
      template:
        spec:
          containers: []
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: db
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: db
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 10Gi
    ```
    """

    id = "claim-shared-by-pods"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Deployment"})
    hooks = False
    keys = ("persistentVolumeClaim",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find claims of the chart that only one may mount, where several pods run or an update runs two."""
        pods = least_pods(obj, ctx)
        strategy = mapping(obj.body, "spec", "strategy")
        is_rolling = strategy.get("type", "RollingUpdate") == "RollingUpdate"
        surge = mapping(strategy, "rollingUpdate").get("maxSurge")
        surges = is_rolling and surge not in (0, "0%")
        if pods is None or pods == 0 or (pods == 1 and not surges):
            return
        for index, volume in enumerate(items(pod.body, "volumes")):
            name = text(volume, "persistentVolumeClaim", "claimName")
            claim = ctx.named("PersistentVolumeClaim", name, namespace=namespace(obj, ctx)) if name else None
            modes = frozenset(map(str, items(claim.body, "spec", "accessModes"))) if claim else frozenset()
            if claim and modes and modes <= _ONE_NODE:
                mode = min(modes, key=len) if len(modes) > 1 else next(iter(modes))
                who = (
                    f"its {pods} pods share"
                    if pods > 1
                    else "an update starts a second pod beside the first; both mount"
                )
                yield self.fault(
                    Place.on(obj, pod.at("volumes", index, "persistentVolumeClaim", "claimName")),
                    f"{who} claim {name!r}, which is {mode}",
                    help="use a StatefulSet or ReadWriteMany" if pods > 1 else "set strategy.type: Recreate",
                    severity=None if pods > 1 else Severity.INFO,
                    related=((Place.on(claim, Pointer(("spec", "accessModes"))), "the claim"),),
                )


_ONE_NODE = frozenset({"ReadWriteOnce", "ReadWriteOncePod"})
