"""Objects that always go to one namespace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class HardCodedNamespace(ObjectRule):
    """A template puts its object into a namespace of its own choice.

    ## Why
    The user says with `--namespace` where a release goes. An object with a fixed namespace goes elsewhere: the install
    fails without rights there, a second release collides with the first, and uninstalling leaves things behind.
    Kubernetes' own namespaces (`kube-system`, `kube-public`) are allowed: some bindings only work there.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      namespace: production # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      namespace: {{ .Release.Namespace }}
    ```
    """

    id = "hard-coded-namespace"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    keys = ("namespace",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a namespace other than the release's that stands in the template as it is."""
        where = obj.namespace
        if where in ("", ctx.chart.options.namespace) or where.startswith("kube-"):
            return
        template = ctx.chart.chart.text(obj.source) or ""
        if re.search(rf"^\s*namespace:\s*[\"']?{re.escape(where)}[\"']?\s*(?:#.*)?$", template, re.MULTILINE):
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "namespace"))),
                f"always goes into namespace {where!r}",
                help="leave metadata.namespace out, or use {{ .Release.Namespace }}",
                fix=Fix(
                    "go into the release's namespace", (RemoveField(Pointer(("metadata", "namespace"))),), safe=False
                ),
            )
