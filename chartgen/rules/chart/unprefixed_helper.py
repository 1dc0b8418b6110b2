"""Named templates whose names may clash with another chart's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, ReplaceText
from chartgen.location import Lines, Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_DEFINE = re.compile(r"\{\{-?\s*define\s+\"(?P<name>[^\"]+)\"")
_USE = re.compile(r"\b(?:define|include|template|block)\s+\"(?P<name>[^\"]+)\"")
_QUOTED = re.compile(r"\"(?=(?P<text>[^\"\n]+)\")")
_RAW = re.compile(r"`(?=(?P<text>[^`\n]+)`)")


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
        uses: _Uses | None = None
        for path in ctx.chart.templates if name else ():
            text = ctx.chart.text(path) or ""
            lines = Lines(text)
            for match in _DEFINE.finditer(text):
                helper = match["name"]
                if _has_prefix(helper, name):
                    continue
                uses = uses or _Uses(ctx)
                yield self.fault(
                    Place.in_file(lines.location(path, *match.span("name"))),
                    f"named template {helper!r} does not begin with the chart's name",
                    help=f"rename it to '{name}.{helper}'; named templates are shared with every parent and subchart",
                    fix=uses.renamed(helper, f"{name}.{helper}"),
                )


def _has_prefix(helper: str, chart: str) -> bool:
    """Whether a name begins with the chart's, however it is joined or written, or with the first word of that."""
    first = _plain(re.split(r"[./]", helper)[0])
    return first.startswith(_plain(chart)) or (len(first) > 3 and _plain(chart).startswith(first))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


class _Uses:
    """Where the chart's templates name named templates, and how often anything is quoted that could be a name."""

    def __init__(self, ctx: ChartContext) -> None:
        self._named: dict[str, list[Location]] = {}
        self._quoted: Counter[str] = Counter()
        for path in ctx.chart.files:
            text = ctx.chart.text(path) or ""
            self._quoted.update(match["text"] for match in _QUOTED.finditer(text))
            self._quoted.update(match["text"] for match in _RAW.finditer(text))
            if path.startswith("templates/"):
                lines = Lines(text)
                for match in _USE.finditer(text):
                    found = self._named.setdefault(match["name"], [])
                    found.append(lines.location(path, *match.span("name")))

    def renamed(self, helper: str, name: str) -> Fix | None:
        """Rename it wherever it is named; not when it is named in any other way, in values say.

        Not safe: a parent chart may use it, too.
        """
        found = self._named.get(helper, [])
        if self._quoted[helper] != len(found):
            return None
        actions = tuple(ReplaceText(location, name) for location in found)
        return Fix(f"rename it to {name}", actions, safe=False)
