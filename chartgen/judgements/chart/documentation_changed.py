"""The judgement about files that only people and tests read."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.location import Location

_READ = frozenset(("docs", "notes", "ci", "test"))


class DocumentationChanged(ChartJudgement):
    """Only files changed that people or tests read: README, NOTES.txt, ci/, docs/.

    ## Why
    What is installed is the same, but not the package, and a version that was released never changes its bytes:
    prometheus-community asks for a new one "even if it is only changed to the documentation". What .helmignore leaves
    out is not in the package and does not count.

    ## Before
    ```yaml
    # README.md
    A web server.
    ```

    ## After
    ```yaml
    # README.md
    A small web server.
    ```

    ## Not this
    ```yaml
    # README.md
    A web server.
    ```
    """

    id = "documentation-changed"
    level = Level.PATCH

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first file."""
        found = [file for file in both.files if file.use in _READ]
        if not found:
            return
        first = found[0]
        where = At.file(Location(first.path))
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield self.verdict(
            f"{first.path}{more} {'differ' if more else 'differs'}",
            subject="package",
            old=where if first.kind != "added" else None,
            new=where if first.kind != "removed" else None,
        )
