"""Named templates whose names may clash with another chart's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from chartgen.findings import Severity
from chartgen.fixes import Fix, ReplaceText
from chartgen.location import Lines, Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_DEFINE = re.compile(r"\{\{-?\s*define\s+\"(?P<name>[^\"]+)\"")
_USE = re.compile(r"\b(?:define|include|template|block)\s+\"(?P<name>[^\"]+)\"")
_QUOTED = re.compile(r"\"(?=(?P<text>[^\"\n]+)\")")
_RAW = re.compile(r"`(?=(?P<text>[^`\n]+)`)")

_SEVERAL = 4
"""Named templates with one beginning, from which on they are told of together."""


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
        """Look at every ``define`` of the chart's own templates; several with one beginning are told of once."""
        name = ctx.chart.name
        groups: dict[str, dict[str, Location]] = {}
        for path in ctx.chart.templates if name else ():
            text = ctx.chart.text(path) or ""
            lines = Lines(text)
            for match in _DEFINE.finditer(text):
                if not _has_prefix(match["name"], name):
                    first = re.split(r"[./]", match["name"])[0]
                    places = groups.setdefault(first if first != match["name"] else "", {})
                    places.setdefault(match["name"], lines.location(path, *match.span("name")))
        uses = _Uses(ctx) if groups else None
        for first, found in groups.items():
            together = bool(first) and len(found) >= _SEVERAL
            for helper, place in list(found.items())[:1] if together else found.items():
                assert uses is not None
                shown = f"named template {helper!r} does not begin with the chart's name"
                cure = f"rename it to '{name}.{helper}'"
                if together:
                    start = helper[: len(first) + 1]
                    shown = f"{len(found)} named templates begin with {start!r} instead of the chart's name"
                    cure = f"rename {helper!r} to '{name}.{helper}', and the others alike"
                yield self.fault(
                    Place.in_file(place),
                    shown,
                    help=f"{cure}; named templates are shared with every parent and subchart",
                    fix=uses.renamed({one: f"{name}.{one}" for one in (found if together else (helper,))}),
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

    def renamed(self, names: Mapping[str, str]) -> Fix | None:
        """Rename them wherever they are named; not when one is named in any other way, in values say.

        Not safe: a parent chart may use them, too.
        """
        if any(self._quoted[old] != len(self._named.get(old, [])) for old in names):
            return None
        actions = tuple(
            ReplaceText(location, new) for old, new in names.items() for location in self._named.get(old, ())
        )
        title = f"rename it to {next(iter(names.values()))}" if len(names) == 1 else f"rename all {len(names)} of them"
        return Fix(title, actions, safe=False)
