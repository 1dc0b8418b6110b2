""".helmignore files that leave out what the chart needs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chartgen.chart.ignore import BadPattern, Ignore
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_NEEDED = (
    ("values.yaml", False),
    ("values.schema.json", False),
    ("Chart.lock", False),
    ("templates", True),
    ("templates/_helpers.tpl", False),
    ("templates/NOTES.txt", False),
    ("templates/deployment.yaml", False),
    ("crds", True),
)


class NeededFileIgnored(ChartRule):
    """.helmignore leaves out a file that Helm needs.

    ## Why
    The chart is packed without it, and without a word: it falls back to no values, or renders no templates. Patterns
    are not those of git: `!pattern` does not bring files back, it leaves out everything that does not match.

    ## Bad
    ```
    # .helmignore
    *.md
    *.json # here
    ```

    ## Good
    ```
    # .helmignore
    *.md
    dashboards/*.json
    ```
    """

    id = "needed-file-ignored"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    needs = (".helmignore",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Ask each pattern about the files that every chart has or may have."""
        text = ctx.chart.text(".helmignore") or ""
        has_dependencies = bool(items(ctx.data("Chart.yaml"), "dependencies"))
        needed = (*_NEEDED, ("charts", True)) if has_dependencies else _NEEDED
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            pattern = line.strip()
            ignored = _ignored(pattern, needed)
            if not ignored:
                continue
            place = Place.in_file(Location(".helmignore", number, 1, number, len(line) + 1))
            if pattern.startswith("!"):
                cure = "name what to leave out instead; Helm cannot bring files back"
                yield self.fault(place, f"{pattern!r} leaves out everything that does not match it", help=cure)
            else:
                yield self.fault(place, f"{pattern!r} leaves out {ignored[0]}", help="make the pattern narrower")


@lru_cache(maxsize=1024)  # the charts of a repository have the same twenty patterns
def _ignored(pattern: str, needed: tuple[tuple[str, bool], ...]) -> list[str]:
    """What a line of the file leaves out; nothing if it is blank, or if Helm refuses it, as reading the chart does."""
    if not pattern or pattern.startswith("#"):
        return []
    try:
        rules = Ignore(pattern)
    except BadPattern:
        return []
    return [path for path, folder in needed if rules.ignores(path, folder=folder)]
