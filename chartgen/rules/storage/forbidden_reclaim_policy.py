"""Volumes that outlive their claims, or do not."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import named
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The policies that are allowed."""

    allowed: tuple[str, ...] = ("Delete",)


class ForbiddenReclaimPolicy(ObjectRule):
    """A StorageClass or PersistentVolume has a reclaim policy that is not allowed.

    ## Why
    With `Retain` a volume stays, and is paid for, until somebody deletes it; with `Delete` the data goes with the
    claim. Which of the two an organization wants is its own matter, so this rule is off unless it is asked for. A
    StorageClass without one has `Delete`, a PersistentVolume `Retain`.

    ## Bad
    ```yaml
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata:
      name: fast
    provisioner: example.com/disk
    reclaimPolicy: Retain # here
    ```

    ## Good
    ```yaml
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata:
      name: fast
    provisioner: example.com/disk
    reclaimPolicy: Delete
    ```

    ## Options
    - `allowed` (default `[Delete]`): the policies that are allowed, of `Delete`, `Retain` and `Recycle`.
    """

    id = "forbidden-reclaim-policy"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    kinds = frozenset({"PersistentVolume", "StorageClass"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the policy up in the list."""
        if obj.kind == "StorageClass":
            at, default = Pointer(("reclaimPolicy",)), "Delete"
        else:
            at, default = Pointer(("spec", "persistentVolumeReclaimPolicy")), "Retain"
        policy = get(obj.body, *at.parts) or default
        if policy not in self.options.allowed:
            yield self.fault(
                Place.on(obj, at),
                f"has the reclaim policy {policy}, which is not allowed",
                help=f"allowed: {named(self.options.allowed)}",
            )
