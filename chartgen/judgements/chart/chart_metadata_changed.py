"""The judgement about what Chart.yaml only tells."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import METADATA
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places
from chartgen.judgements.chart._kubernetes import accepted
from chartgen.location import Location

_TELLING = ("description", "icon", "keywords", "home", "sources", "maintainers", "annotations", "engine")
_JUDGED = ("kubeVersion", "deprecated", "type")
"""Fields that others judge, and that may be written otherwise and mean the same."""

_TYPE = "application"


class ChartMetadataChanged(ChartJudgement):
    """Chart.yaml describes the chart otherwise.

    ## Why
    Descriptions, icons, keywords, maintainers and annotations do nothing when the chart is installed. They are in the
    package, whose bytes belong to its version.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    description: a web server # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    description: a small web server # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.1
    description: a web server
    ```
    """

    id = "chart-metadata-changed"
    level = Level.PATCH

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first such field; at the file where only its text is another."""
        changed = {change.path[0] for change in both.metadata}
        told = [field for field in _TELLING if field in changed]
        if not told and changed - {"version"} <= {*_JUDGED}:
            told = [field for field in _JUDGED if field in changed and _means_the_same(both, field)]
        if told:
            yield self.verdict(f"{', '.join(told)} changed", **both_places(both, told[0]))
        elif any(file.path == METADATA for file in both.files) and not changed and not both.dependencies:
            where = At.file(Location(METADATA))
            yield self.verdict("only comments, order or quoting changed", old=where, new=where)


def _means_the_same(both: Comparison, field: str) -> bool:
    before, after = (side.metadata.get(field) for side in (both.old, both.new))
    if field == "kubeVersion":
        return accepted(both.old) == accepted(both.new)
    return bool(before) == bool(after) if field == "deprecated" else (before or _TYPE) == (after or _TYPE)
