"""Claims that do not say how much they need."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.kube.quantity import parse
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.storage._claims import claims


class MissingStorageRequest(ObjectRule):
    """A PersistentVolumeClaim does not say how much storage it needs, or asks for none.

    ## Why
    The API refuses it: `spec.resources[storage]: Required value`, or `must be greater than zero`. In a StatefulSet's
    `volumeClaimTemplates` that shows only when the first pod is to be created: the StatefulSet is accepted and stays at
    zero pods.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec: # here
      accessModes: [ReadWriteOnce]
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 10Gi
    ```
    """

    id = "missing-storage-request"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"PersistentVolumeClaim", "StatefulSet"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each claim for a request."""
        for claim in claims(obj):
            asked = get(claim.spec, "resources", "requests", "storage")
            place = Place.on(obj, claim.at / "spec" / "resources" / "requests" / "storage")
            if asked in (None, ""):
                said = f"{claim.title} does not say how much storage it needs"
                yield self.fault(place, said, help="set resources.requests.storage")
            elif (amount := parse(asked)) is not None and amount <= 0:
                yield self.fault(place, f"{claim.title} asks for {asked} of storage", help="ask for more than 0")
