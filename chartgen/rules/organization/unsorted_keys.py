"""Keys out of order."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """How deep the order is looked at."""

    recursive: bool = True


class UnsortedKeys(ObjectRule):
    """The keys of a rendered object are not in alphabetical order.

    ## Why
    Some houses sort keys so that two manifests can be compared line by line. Most write `apiVersion`, `kind`,
    `metadata` and `spec` first, so this is only looked at when it is asked for.

    ## Options
    - `recursive` (default `true`): whether the maps within are looked at as well, or only the top level.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      namespace: web
      name: app # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      namespace: web
    ```
    """

    id = "unsorted-keys"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the first key of each map that stands behind a greater one."""
        for at, before, key in _unsorted(obj.body, Pointer(), deep=self.options.recursive):
            where = f" in {at.dotted}" if at.parts else ""
            yield self.fault(
                Place.on(obj, at / key, key=True), f"{key!r} stands behind {before!r}{where}", help="sort the keys"
            )


def _unsorted(value: Any, at: Pointer, *, deep: bool) -> Iterator[tuple[Pointer, str, str]]:
    if isinstance(value, dict):
        wrong = next(((before, key) for before, key in pairwise(value) if before > key), None)
        if wrong:
            yield at, *wrong
        for key, item in value.items() if deep else ():
            yield from _unsorted(item, at / key, deep=deep)
    elif isinstance(value, list) and deep:
        for index, item in enumerate(value):
            yield from _unsorted(item, at / index, deep=deep)
