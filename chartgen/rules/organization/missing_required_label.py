"""Objects without the labels that an organization demands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.organization._settings import Wanted, is_of


class Options(NamedTuple):
    """What is demanded, and of which kinds."""

    labels: tuple[str, ...] = ("owner",)
    kinds: tuple[str, ...] = ("workloads",)


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
        for wanted in map(Wanted.parse, self.options.labels):
            if wanted.found_in(obj.labels):
                continue
            given = obj.labels.get(wanted.key)
            said = f"is {given!r}, wanted is {wanted.expression}" if given is not None else "is missing"
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "labels", wanted.key))),
                f"the label {wanted.key} {said}",
                help=f"set {wanted} in metadata.labels",
            )
