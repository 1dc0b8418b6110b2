"""Claims that do not say how much they need."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.storage._claims import claims


class MissingStorageRequest(ObjectRule):
    """A PersistentVolumeClaim does not say how much storage it needs.

    ## Why
    The API refuses it: `spec.resources[storage]: Required value`. In a StatefulSet's `volumeClaimTemplates` that shows
    only when the first pod is to be created: the StatefulSet is accepted and stays at zero pods.

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
            if get(claim.spec, "resources", "requests", "storage") in (None, ""):
                yield self.fault(
                    Place.on(obj, claim.at / "spec" / "resources" / "requests" / "storage"),
                    f"{claim.title} does not say how much storage it needs",
                    help="set resources.requests.storage",
                )
