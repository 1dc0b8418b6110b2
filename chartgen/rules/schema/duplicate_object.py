"""Objects rendered twice."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.lookup import namespace


class DuplicateObject(ScenarioRule):
    """Two templates render the same object.

    ## Why
    An install ends with `already exists`, or the second object silently replaces the first, depending on who applies
    them. It happens when a block is copied and its name is not changed, and when a subchart is added twice without an
    alias.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app-more
    ```
    """

    id = "duplicate-object"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report every object whose group, kind, namespace and name were there before."""
        seen: dict[tuple[str, ...], RenderedObject] = {}
        name = Pointer(("metadata", "name"))
        for obj in ctx.objects:
            if not obj.name or "generateName" in obj.body.get("metadata", {}):
                continue
            group = obj.api_version.rpartition("/")[0]
            # A hook is deleted and made again, each at its own time: two of one name do not meet.
            hooks = ",".join(sorted(obj.hooks))
            key = (group, obj.kind, namespace(obj, ctx), obj.name, hooks)
            first = seen.setdefault(key, obj)
            if first is not obj:
                yield self.fault(
                    Place.on(obj, name),
                    "is rendered twice" if first.source == obj.source else f"is also rendered by {first.source}",
                    help="give the two different names, or render one of them only",
                    related=((Place.on(first, name), "the first one is here"),),
                )
