"""Files in templates/ that are no templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_ALLOWED = (".yaml", ".yml", ".tpl", ".txt")


class UnexpectedTemplateFile(ChartRule):
    """A file in `templates/` has an ending that templates do not have.

    ## Why
    Helm renders every file of that folder and takes what comes out for manifests, whatever its name: a README breaks
    the install, and a `service.yaml.disabled` is not disabled. Helm's lint refuses such a chart. Files whose name
    begins with `_` are never sent to the cluster, but rendered all the same.

    ## Bad
    ```yaml
    # templates/README.md
    The templates of this chart
    ```

    ## Good
    ```yaml
    # templates/service.yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: app
    ```
    """

    id = "unexpected-template-file"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at the endings. Source: ``validateAllowedExtension`` of Helm's lint."""
        for path in ctx.chart.templates:
            if PurePosixPath(path).suffix not in _ALLOWED:
                ending = PurePosixPath(path).suffix
                said = f"ends in {ending}" if ending else "has no ending"
                yield self.fault(
                    Place.in_file(Location(path)),
                    f"{said} and is rendered as a manifest",
                    help="move it out of templates/, or end its name in .yaml, .yml, .tpl or .txt",
                )
