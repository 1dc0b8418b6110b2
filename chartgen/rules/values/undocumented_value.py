"""Values without a word on what they do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class UndocumentedValue(ChartRule):
    """A top-level value of values.yaml has no comment.

    ## Why
    values.yaml is the first, and often the only, page a user reads. A comment above the key, in helm-docs form (`# --
    text`) or any other, or at the end of its line, is enough; comments on everything below the key are as good.

    ## Bad
    ```yaml
    # values.yaml
    # -- How many pods run at once.
    replicaCount: 2

    image: nginx # here
    ```

    ## Good
    ```yaml
    # values.yaml
    # -- How many pods run at once.
    replicaCount: 2

    # -- The image they run.
    image: nginx
    ```
    """

    id = "undocumented-value"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for a comment above, beside or below every top-level key."""
        values = ctx.data("values.yaml")
        lines = (ctx.chart.text("values.yaml") or "").splitlines()
        places = [(key, ctx.locate("values.yaml", Pointer((key,)), key=True)) for key in values]
        starts = sorted(place.line for _, place in places if place.line)
        for key, place in places:
            line = place.line
            if line is None:
                continue
            after = bisect_right(starts, line)
            if _documented(lines, line, starts[after] if after < len(starts) else len(lines) + 1):
                continue
            yield self.fault(
                Place.in_file(
                    Location("values.yaml", line, place.column, place.end_line, place.end_column, place.pointer)
                ),
                f"{key} has no comment",
                help="say in a comment above it what it does: '# -- ...'",
            )


def _documented(lines: list[str], line: int, end: int) -> bool:
    above = lines[line - 2].strip() if line > 1 else ""
    own = lines[line - 1]
    below = lines[line : end - 1]
    # The comment that ends a block usually belongs to the next key.
    while below and (not below[-1].strip() or below[-1].startswith("#")):
        below.pop()
    return above.startswith("#") or " #" in own or any(text.lstrip().startswith("#") or " #" in text for text in below)
