"""Keys of Chart.yaml that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.findings import Severity
from chartgen.fixes import Fix, RenameField
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_TOP = (
    "apiVersion",
    "name",
    "version",
    "kubeVersion",
    "description",
    "type",
    "keywords",
    "home",
    "sources",
    "dependencies",
    "maintainers",
    "icon",
    "appVersion",
    "deprecated",
    "annotations",
    "condition",
    "tags",
)
_DEPENDENCY = ("name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias")
_MAINTAINER = ("name", "email", "url")
_OF_HELM_TWO = ("engine", "tillerVersion")


class UnknownChartKey(ChartRule):
    """Chart.yaml has a key that Helm does not know.

    ## Why
    Helm passes over it without a word: a misspelt `dependancies` installs nothing, a misspelt `appversion` is not what
    the templates read. Settings of your own belong under `annotations`.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    maintainer: # here
      - name: Ann
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    maintainers:
      - name: Ann
    ```
    """

    id = "unknown-chart-key"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at the keys of Chart.yaml, of its dependencies and of its maintainers."""
        data = ctx.data("Chart.yaml")
        yield from self._keys(ctx, data, _TOP, Pointer())
        for list_name, known in (("dependencies", _DEPENDENCY), ("maintainers", _MAINTAINER)):
            for index, item in enumerate(items(data, list_name)):
                yield from self._keys(ctx, item, known, Pointer((list_name, index)))

    def _keys(self, ctx: ChartContext, data: Any, known: tuple[str, ...], at: Pointer) -> Iterator[Fault]:
        lowered = {key.lower() for key in known}  # Go reads JSON keys in any case
        for key in data if isinstance(data, dict) else ():
            if key.lower() in lowered:
                continue
            meant = nearest(key, known)
            cure = f"write '{meant}'" if meant else "remove it, or put it under annotations"
            if key in _OF_HELM_TWO:
                cure = "remove it: only Helm 2 read it"
            yield self.fault(
                Place.in_file(ctx.locate("Chart.yaml", at / key, key=True)),
                f"Helm knows no key '{(at / key).dotted}'" + (f" (did you mean '{meant}'?)" if meant else ""),
                help=cure,
                fix=Fix(f"rename {key} to {meant}", (RenameField(at / key, meant, "Chart.yaml"),)) if meant else None,
            )
