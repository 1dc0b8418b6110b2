"""Claims for storage an organization does not offer."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import named
from chartgen.rules.storage._claims import claims
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The classes a claim may have, and whether it must name one."""

    allowed: tuple[str, ...] = ()
    required: bool = False


class ForbiddenStorageClass(ObjectRule):
    """A PersistentVolumeClaim names a storage class that is not allowed, or none where one is required.

    ## Why
    A class decides where data lies, what it costs and whether it is backed up. A claim for a class that the cluster
    does not have stays pending, and so do its pods. The names belong to a cluster, so this rule is off unless it is
    asked for.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      storageClassName: gp2 # here
      resources:
        requests:
          storage: 10Gi
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      forbidden-storage-class:
        allowed: [gp3, io2]
    ```

    ## Bad: none at all
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec: # here
      resources:
        requests:
          storage: 10Gi
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      forbidden-storage-class:
        required: true
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      storageClassName: gp3
      resources:
        requests:
          storage: 10Gi
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      forbidden-storage-class:
        allowed: [gp3, io2]
    ```

    ## Options
    - `allowed` (default none): the classes that are allowed; without any, all are.
    - `required` (default false): every claim must name a class.
    """

    id = "forbidden-storage-class"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"PersistentVolumeClaim", "StatefulSet"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the class of each claim up in the list."""
        for claim in claims(obj):
            name = text(claim.spec, "storageClassName")
            if name and self.options.allowed and name not in self.options.allowed:
                message = f"{claim.title} has the storage class {name!r}, which is not allowed"
            elif not name and self.options.required:
                message = f"{claim.title} names no storage class"
            else:
                continue
            cure = f"allowed: {named(self.options.allowed)}" if self.options.allowed else "set storageClassName"
            yield self.fault(Place.on(obj, claim.at / "spec" / "storageClassName"), message, help=cure)
