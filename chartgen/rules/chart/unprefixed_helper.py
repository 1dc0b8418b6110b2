"""Named templates whose names may clash with another chart's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, ReplaceText
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_DEFINE = re.compile(r"\{\{-?\s*define\s+\"(?P<name>[^\"]+)\"")


class UnprefixedHelper(ChartRule):
    """A named template does not begin with the chart's name.

    ## Why
    Named templates are global: a parent chart and all its subcharts share one set of names, and of two with the same
    name the last one loaded wins, silently and everywhere. The chart's name in front keeps them apart; the beginning
    of it (`tempo` for `tempo-distributed`) will do.

    ## Bad
    ```yaml
    # templates/_helpers.tpl
    {{- define "labels" }} # here
    app: web
    {{- end }}
    ```

    ## Good
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" -}}
    app: web
    {{- end }}
    ```
    """

    id = "unprefixed-helper"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at every ``define`` of the chart's own templates."""
        name = ctx.chart.name
        for path in ctx.chart.templates if name else ():
            text = ctx.chart.text(path) or ""
            for match in _DEFINE.finditer(text):
                helper = match["name"]
                if _has_prefix(helper, name):
                    continue
                yield self.fault(
                    Place.in_file(_at(path, text, match.start("name"), len(helper))),
                    f"named template {helper!r} does not begin with the chart's name",
                    help=f"rename it to '{name}.{helper}'; named templates are shared with every parent and subchart",
                    fix=_fix(ctx, helper, f"{name}.{helper}"),
                )


def _has_prefix(helper: str, chart: str) -> bool:
    """Whether a name begins with the chart's, however it is joined or written, or with the first word of that."""
    first = _plain(re.split(r"[./]", helper)[0])
    return first.startswith(_plain(chart)) or (len(first) > 3 and _plain(chart).startswith(first))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _fix(ctx: ChartContext, helper: str, name: str) -> Fix | None:
    """Rename it wherever the chart's templates name it; not when it is named in any other way, in values say.

    Not safe: a parent chart may use it, too.
    """
    uses = re.compile(rf"\b(?:define|include|template|block)\s+\"(?P<name>{re.escape(helper)})\"")
    actions = []
    for path in ctx.chart.files:
        text = ctx.chart.text(path) or ""
        found = [*uses.finditer(text)] if path.startswith("templates/") else []
        if text.count(f'"{helper}"') != len(found) or f"`{helper}`" in text:
            return None
        actions += [ReplaceText(_at(path, text, match.start("name"), len(helper)), name) for match in found]
    return Fix(f"rename it to {name}", tuple(actions), safe=False)


def _at(path: str, text: str, start: int, length: int) -> Location:
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return Location(path, line, column, line, column + length)
