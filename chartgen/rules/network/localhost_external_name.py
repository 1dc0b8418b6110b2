"""Services that lead back into whoever calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class LocalhostExternalName(ObjectRule):
    """A Service of type ExternalName stands for the caller's own machine.

    ## Why
    The name resolves to whatever asks: an ingress controller that is given such a backend talks to itself, and hands
    its own admin port to the outside. Nothing useful can be reached this way.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: ExternalName
      externalName: localhost # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: ExternalName
      externalName: db.example.com
    ```
    """

    id = "localhost-external-name"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Service"})
    keys = ("externalName",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the name with those of the machine itself."""
        name = text(obj.body, "spec", "externalName").rstrip(".").lower()
        if get(obj.body, "spec", "type") == "ExternalName" and (
            name in ("localhost", "::1") or name.endswith(".localhost") or re.fullmatch(r"127(\.\d+){3}", name)
        ):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "externalName"))),
                f"stands for {name!r}, the machine of whoever asks",
                help="name a host that others can reach",
            )
