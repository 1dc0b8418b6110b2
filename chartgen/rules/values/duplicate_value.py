"""Values and chart metadata given twice."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveDuplicates
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.yamlread import Document


class DuplicateValue(ChartRule):
    """Chart.yaml or a values file gives a key twice.

    ## Why
    Helm silently takes the last one. Whoever edits the first wonders why nothing happens, and a merge of two branches
    can produce it without a conflict.

    ## Bad
    ```yaml
    # values.yaml
    replicaCount: 2
    image:
      tag: ""
    replicaCount: 3 # here
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 3
    image:
      tag: ""
    ```
    """

    id = "duplicate-value"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look into Chart.yaml, values.yaml and the values files of all scenarios."""
        for path in ctx.chart.files:
            if path != "Chart.yaml" and not _holds_values(path):
                continue
            document = ctx.document(path)
            for twice in document.duplicates if isinstance(document, Document) else ():
                location = Location(path, twice.line, twice.column, pointer=twice.pointer)
                yield self.fault(
                    Place.in_file(location),
                    f"{twice.pointer.dotted} is given twice, first on line {twice.first_line}; the last one wins",
                    help="remove one of the two",
                    fix=Fix("remove what does not count", (RemoveDuplicates(twice.pointer, path),)),
                )


def _holds_values(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if not name.endswith((".yaml", ".yml")):
        return False
    return (folder == "" and name.startswith("values")) or (folder == "ci" and "values" in name)
