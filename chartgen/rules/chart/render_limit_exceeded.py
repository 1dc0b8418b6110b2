"""Charts whose rendering does not end, or takes the machine down."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class RenderLimitExceeded(ScenarioRule):
    """Rendering the chart takes too long, needs too much memory, or crashes Helm's engine.

    ## Why
    A chart like this hangs or kills `helm` itself, and with it whatever renders charts for a cluster (Argo CD, Flux).
    The usual causes are a value that contains itself, `tpl` on a text that calls `tpl` again, and loops over large
    numbers.

    ## Bad
    ```yaml
    {{- $all := dict }}
    {{- $_ := set $all "self" $all }}
    {{- $copy := deepCopy $all }}
    ```

    ## Good
    ```yaml
    {{- $all := dict "name" .Chart.Name }}
    {{- $copy := deepCopy $all }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ $copy.name }}
    ```
    """

    id = "render-limit-exceeded"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("timeout", "memory", "crash")

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report what the engine ran into; it cannot know which template it was."""
        for failure, severity in ctx.troubles("timeout", "memory", "crash"):
            yield self.fault(
                Place.in_file(Location(failure.path or "templates", failure.line, failure.column)),
                f"cannot be rendered: {failure.message}",
                help="look for values that contain themselves, for tpl on tpl, and for loops over large numbers",
                severity=severity,
            )
