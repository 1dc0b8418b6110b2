"""Scratch volumes that may fill the disk of a node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, get, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which volumes are judged."""

    memory_only: bool = False


class UnboundedEmptyDir(PodRule):
    """An emptyDir volume has no size limit, and its containers no limit on ephemeral storage.

    ## Why
    What is written to an `emptyDir` lies on the disk of the node, which all pods share: one that grows for ever makes
    the kubelet evict its neighbours. With `medium: Memory` it grows in memory instead, and counts against the limits of
    whichever container wrote it. A pod that exceeds a `sizeLimit` is evicted alone.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
          volumes:
            - name: cache
              emptyDir: {} # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
          volumes:
            - name: cache
              emptyDir:
                sizeLimit: 1Gi
    ```

    ## Options
    - `memory-only` (default false): only volumes with `medium: Memory` are judged.
    """

    id = "unbounded-empty-dir"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    keys = ("emptyDir",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find volumes without a size limit whose containers are not limited in ephemeral storage either."""
        for index, volume in enumerate(items(pod.body, "volumes")):
            scratch = get(volume, "emptyDir") if isinstance(volume, dict) else None
            if not isinstance(volume, dict) or "emptyDir" not in volume or get(scratch, "sizeLimit") is not None:
                continue
            in_memory = get(scratch, "medium") == "Memory"
            if in_memory or not (self.options.memory_only or _is_limited(pod, text(volume, "name"))):
                where = "memory" if in_memory else "the disk of the node"
                yield self.fault(
                    Place.on(obj, pod.at("volumes", index, "emptyDir")),
                    f"volume {text(volume, 'name')!r} may take all of {where}",
                    help="set emptyDir.sizeLimit",
                    fix=_fix(pod, index, "64Mi" if in_memory else "1Gi"),
                )


def _is_limited(pod: PodSpec, name: str) -> bool:
    """Whether every container that mounts a volume is limited in what it writes to disks."""
    users = [one for one in pod.containers if any(text(m, "name") == name for m in items(one.body, "volumeMounts"))]
    return bool(users) and all(get(one.body, "resources", "limits", "ephemeral-storage") is not None for one in users)


def _fix(pod: PodSpec, index: int, size: str) -> Fix:
    wanted = SetField(pod.at("volumes", index, "emptyDir", "sizeLimit"), size)
    return Fix(f"let the volume grow to {size}", (wanted,), safe=False)
