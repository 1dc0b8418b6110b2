"""Resource policies that keep nothing."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_KEY = "helm.sh/resource-policy"
_POLICY = Pointer(("metadata", "annotations", _KEY))


class UnknownResourcePolicy(ObjectRule):
    """An object has a resource policy that Helm does not know.

    ## Why
    Helm knows `keep` and nothing else. With any other word an upgrade that no longer renders the object deletes it, and
    `helm uninstall` leaves it in the cluster without a word.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: retain # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: keep
    ```
    """

    id = "unknown-resource-policy"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    keys = ("helm.sh/resource-policy",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the policy with ``keep``. Source: ``filterManifestsToKeep`` in Helm's ``pkg/action``."""
        given = obj.annotations.get(_KEY)
        if isinstance(given, str) and given.strip().lower() != "keep":
            yield self.fault(
                Place.on(obj, _POLICY),
                f"Helm knows no resource policy {given!r}",
                help="write keep, or remove the annotation",
                fix=Fix("keep the object", (SetField(_POLICY, "keep"),), safe=False),
            )
