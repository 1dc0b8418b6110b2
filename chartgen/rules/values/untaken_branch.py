"""Parts of templates that nothing tries."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import analysis, is_library
from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.conditions import paths, truth
from chartgen.templates.reads import Visit

_Branch = tuple[str, int, bool]


class UntakenBranch(ChartRule):
    """A branch of a template is taken under none of the chart's values files.

    ## Why
    What is never rendered is never checked: not by this linter, not by tests. A mistake in it waits for the first user
    who switches it on. A values file in `ci/` that does so brings it into every check. Conditions that depend on
    something other than values, or on more than can be told from them, count as taken.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      {{- if .Values.debug }} # here
      level: debug
      {{- end }}
    ```
    ```yaml
    # values.yaml
    debug: false
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      {{- if .Values.debug }}
      level: debug
      {{- end }}
    ```
    ```yaml
    # values.yaml
    debug: false
    ```
    ```yaml
    # ci/debug-values.yaml
    debug: true
    ```
    """

    id = "untaken-branch"
    severity = Severity.INFO
    profile = Profile.OPTIONAL

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find the branches whose conditions never hold; of those within each other the outermost."""
        found = analysis(ctx)
        if is_library(ctx) or None in ctx.scenarios.values() or not found.reads.complete:
            return
        visits = found.reads.visits
        unsure = [_is_changed(visit, found.reads.written) for visit in visits]
        taken: set[_Branch] = set()
        reached: set[_Branch] = set()
        for _, values in found.scenarios():
            happens: list[bool] = []
            for visit, is_unsure in zip(visits, unsure, strict=True):
                outside = visit.outer < 0 or happens[visit.outer]
                happens.append(outside and (is_unsure or _holds(visit, values)))
                if outside:
                    reached.add(_branch(visit))
                if happens[-1]:
                    taken.add(_branch(visit))
        told: set[_Branch] = set()
        for visit in visits:
            branch = _branch(visit)
            if (
                branch in reached
                and branch not in taken
                and branch not in told
                and not visit.file.startswith("charts/")
            ):
                told.add(branch)
                yield self.fault(
                    Place.in_file(_where(visit)),
                    f"{_shown(visit)} is never taken",
                    help="take it in a values file under ci/",
                )


def _branch(visit: Visit) -> _Branch:
    return (visit.file, visit.node.start, visit.holds)


def _is_changed(visit: Visit, written: Iterable[Parts]) -> bool:
    """Whether a condition looks at something that a template sets, or at what is above or below it."""
    changed = [tuple(part for part in parts if part != ANY) for parts in written]
    looked_at = list(paths(visit.condition)) if changed else []
    return any(one[: len(parts)] == parts[: len(one)] for one in looked_at for parts in changed)


def _holds(visit: Visit, values: Mapping[str, Any]) -> bool:
    """Whether a branch may be taken: unless it is known that it is not."""
    known = truth(visit.condition, values)
    return known is None or known is visit.holds


def _where(visit: Visit) -> Location:
    node, template = visit.node, visit.template
    if visit.holds or node.other_at < 0:
        return template.location(visit.file, node.start, node.head)
    end = template.text.find("}}", node.other_at)
    return template.location(visit.file, node.other_at, end + 2)


def _shown(visit: Visit) -> str:
    pipe = visit.node.pipe
    condition = visit.template.source(pipe) if pipe else ""
    shown = condition if len(condition) <= 80 else f"{condition[:77]}..."
    return (
        f"'{visit.node.kind} {shown}'" if visit.holds else f"what stands behind 'else' of '{visit.node.kind} {shown}'"
    )
