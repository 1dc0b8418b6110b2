"""Objects of which there can be one in a namespace, whatever the release is called."""

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_FIXED_BY_OTHERS = frozenset(("CustomResourceDefinition", "APIService", "Namespace", "List"))


class HardCodedName(ObjectRule):
    """An object has the same name in every release.

    ## Why
    A second release in the namespace (or, for objects of the whole cluster, anywhere) fails to install: the object
    exists and belongs to another release. A name that begins with the release's, as `fullname` makes it, keeps them
    apart.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}-settings
    ```
    """

    id = "hard-coded-name"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a name that stands in the template as it is."""
        if not obj.name or obj.kind in _FIXED_BY_OTHERS or obj.namespace.startswith("kube-"):
            return
        template = ctx.chart.chart.text(obj.source) or ""
        literal = rf"^metadata:[^\S\n]*\n(?:[ ][^\n]*\n)*?[ ]+name:[ ]*[\"']?{re.escape(obj.name)}[\"']?[ ]*(?:#.*)?$"
        if re.search(literal, template, re.MULTILINE):
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "name"))),
                f"is called {obj.name!r} in every release",
                help='begin its name with the release\'s: {{ include "<chart>.fullname" . }}',
            )
