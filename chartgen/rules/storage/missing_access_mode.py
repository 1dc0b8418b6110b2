"""Claims that do not say how they are mounted."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.storage._claims import claims


class MissingAccessMode(ObjectRule):
    """A PersistentVolumeClaim has no access mode, or ReadWriteOncePod beside another one.

    ## Why
    The API server refuses it: `spec.accessModes: Required value: at least 1 access mode is required`, or `may not use
    ReadWriteOncePod with other access modes` (ValidatePersistentVolumeClaimSpec). No schema says so.

    ## Bad
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

    id = "missing-access-mode"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"PersistentVolumeClaim", "StatefulSet"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the modes of each claim; their words are ``unsupported-value``."""
        for claim in claims(obj):
            modes = get(claim.spec, "accessModes")
            place = Place.on(obj, claim.at / "spec" / "accessModes")
            if modes in (None, []):
                yield self.fault(place, f"{claim.title} has no access mode", help="set accessModes: [ReadWriteOnce]")
            elif isinstance(modes, list) and "ReadWriteOncePod" in modes and set(map(str, modes)) != {modes[0]}:
                yield self.fault(
                    place, f"{claim.title} has ReadWriteOncePod beside other access modes", help="keep one of them"
                )
