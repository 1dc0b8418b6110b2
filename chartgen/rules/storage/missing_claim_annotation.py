"""Claims without the annotations an organization needs."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.storage._claims import claims
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The annotations a claim must have."""

    annotations: tuple[str, ...] = ()


class MissingClaimAnnotation(ObjectRule):
    """A volume claim template of a StatefulSet lacks an annotation.

    ## Why
    Backup and billing tools read annotations of PersistentVolumeClaims. Those that a StatefulSet makes get only what
    its `volumeClaimTemplates` say, and that cannot be changed later: an upgrade that adds an annotation is refused.
    Which annotations there must be is for the policy file to say.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      volumeClaimTemplates:
        - metadata: # here
            name: data
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-claim-annotation:
        annotations: [backup.example.com/plan]
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      volumeClaimTemplates:
        - metadata:
            name: data
            annotations:
              backup.example.com/plan: daily
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-claim-annotation:
        annotations: [backup.example.com/plan]
    ```

    ## Options
    - `annotations` (default none): the annotations that every claim template must have, with a value.
    """

    id = "missing-claim-annotation"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"StatefulSet"})
    keys = ("volumeClaimTemplates",)
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for each annotation in each template."""
        for claim in claims(obj):
            for key in self.options.annotations:
                if not get(obj.body, *claim.at.parts, "metadata", "annotations", key):
                    yield self.fault(
                        Place.on(obj, claim.at / "metadata" / "annotations" / key, key=True),
                        f"{claim.title} has no annotation {key!r}",
                        help="add it before the chart is first installed: claim templates cannot be changed",
                    )
