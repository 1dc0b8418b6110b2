"""Annotations that Artifact Hub cannot read."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._artifact_hub import KNOWN, PREFIX, fault


class InvalidArtifactHubAnnotation(ChartRule):
    """An annotation for Artifact Hub in Chart.yaml has an unknown name, or a value that it cannot read.

    ## Why
    Artifact Hub leaves the new version of the chart out, or the page without what the annotation says, and tells it
    only to the owner of the repository. Lists are written as YAML in a text (`|`).

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    annotations:
      artifacthub.io/changes: | # here
        - kind: add
          description: Support for a second port
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    annotations:
      artifacthub.io/changes: |
        - kind: added
          description: Support for a second port
    ```
    """

    id = "invalid-artifact-hub-annotation"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:annotations",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Read each annotation that begins with ``artifacthub.io/``."""
        for key, value in mapping(ctx.data("Chart.yaml"), "annotations").items():
            if not key.startswith(PREFIX):
                continue
            name = key.removeprefix(PREFIX)
            place = Place.in_file(ctx.locate("Chart.yaml", Pointer(("annotations", key)), key=True))
            if name not in KNOWN:
                meant = nearest(name, KNOWN)
                said = f" (did you mean {meant!r}?)" if meant else ""
                cure = f"write {PREFIX}{meant}" if meant else "remove it, or use a prefix of your own"
                yield self.fault(place, f"Artifact Hub knows no {key}{said}", help=cure)
            elif isinstance(value, dict | list):
                yield self.fault(place, f"{key} is no text", help="write the list as YAML in a text: |")
            elif wrong := fault(name, str(value).lower() if isinstance(value, bool) else str(value)):
                cure = "see 'Helm annotations' in the documentation of artifacthub.io"
                yield self.fault(place, f"{key} cannot be read: {wrong}", help=cure)
