"""Objects without the annotations that an organization demands."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping, pod_spec
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.organization._settings import Wanted, is_of
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is demanded, and of which kinds."""

    annotations: tuple[str, ...] = ("contact",)
    kinds: tuple[str, ...] = ("workloads",)
    pod_template: bool = False


class MissingRequiredAnnotation(ObjectRule):
    """An object lacks an annotation that the organization demands.

    ## Why
    Annotations tell people and tools what no label can hold: a mail address, a runbook, a ticket. Which ones, only the
    organization can say.

    ## Options
    - `annotations` (default `contact`): what must be there; `key=expression` also asks for a value in which the
      regular expression is found, and the key may be a pattern (`*.example.com/owner`).
    - `kinds` (default `workloads`): the kinds that are looked at; `workloads` is everything that runs pods, an empty
      list every kind.
    - `pod-template` (default `false`): whether the annotations of the pods that a workload makes are looked at, not its
      own.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations:
        contact: nobody # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-required-annotation:
        annotations: ["contact=^team-"]
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations:
        contact: team-web
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-required-annotation:
        annotations: ["contact=^team-"]
    ```
    """

    id = "missing-required-annotation"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for each of the annotations, with a value that will do."""
        if not is_of(obj.kind, self.options.kinds):
            return
        pod = pod_spec(obj.kind, obj.body) if self.options.pod_template else None
        at = pod.labels_pointer.parent / "annotations" if pod else Pointer(("metadata", "annotations"))
        entries = mapping(obj.body, *at.parts)
        for wanted in map(Wanted.parse, self.options.annotations):
            if wanted.found_in(entries):
                continue
            given = entries.get(wanted.key)
            said = f"is {given!r}, wanted is {wanted.expression}" if given is not None else "is missing"
            yield self.fault(
                Place.on(obj, at / wanted.key),
                f"the annotation {wanted.key} {said}",
                help=f"set {wanted} in {at.dotted}",
                fix=wanted.fix(at),
            )
