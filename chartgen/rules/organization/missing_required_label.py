"""Objects without the labels that an organization demands."""

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

    labels: tuple[str, ...] = ("owner",)
    kinds: tuple[str, ...] = ("workloads",)
    pod_template: bool = False


class MissingRequiredLabel(ObjectRule):
    """An object lacks a label that the organization demands.

    ## Why
    Labels say whose an object is and what it costs; who is on call at night has to know. Which ones, only the
    organization can tell.

    ## Options
    - `labels` (default `owner`): what must be there; `key=expression` also asks for a value in which the
      regular expression is found, and the key may be a pattern (`*.example.com/owner`).
    - `kinds` (default `workloads`): the kinds that are looked at; `workloads` is everything that runs pods, an empty
      list every kind.
    - `pod-template` (default `false`): whether the labels of the pods that a workload makes are looked at, not its own.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      labels:
        owner: nobody # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-required-label:
        labels: ["owner=^team-"]
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      labels:
        owner: team-web
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-required-label:
        labels: ["owner=^team-"]
    ```
    """

    id = "missing-required-label"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for each of the labels, with a value that will do."""
        if not is_of(obj.kind, self.options.kinds):
            return
        pod = pod_spec(obj.kind, obj.body) if self.options.pod_template else None
        at = pod.labels_pointer.parent / "labels" if pod else Pointer(("metadata", "labels"))
        entries = mapping(obj.body, *at.parts)
        for wanted in map(Wanted.parse, self.options.labels):
            if wanted.found_in(entries):
                continue
            given = entries.get(wanted.key)
            said = f"is {given!r}, wanted is {wanted.expression}" if given is not None else "is missing"
            cure = f"set {wanted} in {at.dotted}"
            message = f"the label {wanted.key} {said}"
            yield self.fault(Place.on(obj, at / wanted.key), message, help=cure, fix=wanted.fix(at))
