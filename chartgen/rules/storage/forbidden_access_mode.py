"""Claims that many nodes may write to."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import named
from chartgen.rules.storage._claims import claims
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The modes a claim may have."""

    allowed: tuple[str, ...] = ("ReadWriteOnce", "ReadWriteOncePod")


class ForbiddenAccessMode(ObjectRule):
    """A PersistentVolumeClaim asks for an access mode that is not allowed.

    ## Why
    `ReadWriteMany` needs storage that many nodes can mount (NFS, CephFS, EFS): elsewhere the claim stays pending. What
    a cluster offers is its own matter, so this rule is off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes:
        - ReadWriteMany # here
      resources:
        requests:
          storage: 10Gi
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes:
        - ReadWriteOnce
      resources:
        requests:
          storage: 10Gi
    ```

    ## Options
    - `allowed` (default `[ReadWriteOnce, ReadWriteOncePod]`): the modes that are allowed.
    """

    id = "forbidden-access-mode"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"PersistentVolumeClaim", "StatefulSet"})
    keys = ("accessModes",)
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look every mode up in the list."""
        for claim in claims(obj):
            for index, mode in enumerate(items(claim.spec, "accessModes")):
                if mode not in self.options.allowed:
                    yield self.fault(
                        Place.on(obj, claim.at / "spec" / "accessModes" / index),
                        f"{claim.title} asks for {mode}, which is not allowed",
                        help=f"allowed: {named(self.options.allowed)}",
                    )
