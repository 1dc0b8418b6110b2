"""Files that a template reads and the chart does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Lines, Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_ACTION = r"(?s)\{\{-?(?:/\*.*?\*/|[^{}]*?)-?\}\}"
_READ = r"\.Files\.(?:Get|GetBytes|Lines)\s+(?:\"(?P<quoted>[^\"\n]+)\"|`(?P<raw>[^`\n]+)`)"
_ASKS = r"\{\{-?\s*(?:else\s+)?(?:if|with)\b|\bdefault\b|\bternary\b|\bcoalesce\b|\brequired\b"
_NEVER = ("templates/", "charts/")
_OWN = ("Chart.yaml", "Chart.lock", "values.yaml", "values.schema.json")


class FileNotInChart(ChartRule):
    """A template reads a file that is not in the chart.

    ## Why
    `.Files.Get` of a file that is not there gives an empty text and no error, so a ConfigMap is silently empty. The
    file was renamed, `.helmignore` leaves it out, or it is one that Helm does not show to templates: those of
    `templates/` and `charts/`, Chart.yaml and values.yaml.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      app.conf: {{ .Files.Get "files/app.conf" | quote }} # here
    ```
    ```yaml
    # config/app.yaml
    level: info
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      app.yaml: {{ .Files.Get "config/app.yaml" | quote }}
    ```
    ```yaml
    # config/app.yaml
    level: info
    ```
    """

    id = "file-not-in-chart"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("templates:.Files.",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look up every file that a template names literally, unless the template asks whether it is there.

        A library chart reads the files of the chart that uses it.
        """
        if ctx.data("Chart.yaml").get("type") == "library":
            return
        for path in ctx.chart.templates:
            text = ctx.chart.text(path) or ""
            lines = Lines(text) if ".Files." in text else None
            for action in re.finditer(_ACTION, text) if lines else ():
                if lines and not re.search(_ASKS, action[0]):
                    yield from self._action(ctx, path, lines, action)

    def _action(self, ctx: ChartContext, path: str, lines: Lines, action: re.Match[str]) -> Iterator[Fault]:
        for read in re.finditer(_READ, action[0]) if not action[0].lstrip("{-").startswith("/*") else ():
            name = read["quoted"] or read["raw"]
            if name in ctx.chart.files and name not in _OWN and not name.startswith(_NEVER):
                continue
            start = action.start() + read.start("quoted" if read["quoted"] else "raw")
            line, column = lines.position(start)
            hidden = name in ctx.chart.files
            yield self.fault(
                Place.in_file(Location(path, line, column, line, column + len(name))),
                f"reads {name!r}, which {'Helm shows to no template' if hidden else 'is not in the chart'}",
                help="copy it to a folder of its own" if hidden else "correct the path, and see what .helmignore says",
            )
