"""What a chart renders when it is installed and not when it is upgraded: the next upgrade deletes it, whatever changed.

Nothing that happens to such an object between two versions happens to anybody: a Job that creates the first user at the
installation cannot fail to change.

The chart's own templates are told that it is being upgraded, and no others: those of a library refuse to go on where a
cluster does not answer with the passwords of the installation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chartgen.chart.model import Chart
from chartgen.compare.side import Rendering
from chartgen.engine.objects import Parsed

_WORD = ".Release.Is"
_ASKED = re.compile(r"[$\w.]*\.Release\.Is(Install|Upgrade)\b")

Kinds = frozenset[tuple[str, str]]
"""Templates and the kinds of what they render."""


def asks_how(chart: Chart) -> bool:
    """Whether a template of the chart itself asks if it is being installed or upgraded."""
    return any(_ASKED.search(text) for text in _asking(chart).values())


def upgrading(chart: Chart) -> Chart:
    """A chart whose own templates know that it is being upgraded."""
    told = {path: _ASKED.sub(_answer, text).encode() for path, text in _asking(chart).items()}
    return chart._replace(files={**chart.files, **told})


def _asking(chart: Chart) -> Mapping[str, str]:
    """The chart's own templates that hold the word: few do, and to look for the pattern takes much longer."""
    return {path: text for path in chart.templates if _WORD in (text := chart.text(path) or "")}


def _answer(asked: re.Match[str]) -> str:
    return "true" if asked[1] == "Upgrade" else "false"


def at_upgrades(rendering: Rendering, upgraded: Parsed) -> Rendering:
    """A rendering without what the same chart does not render for an upgrade (``upgraded``)."""
    passing = _kinds(rendering.parsed) - _kinds(upgraded)
    again = staying(rendering.again, passing) if rendering.again else None
    return rendering._replace(parsed=staying(rendering.parsed, passing), again=again, passing=passing)


def staying(parsed: Parsed, passing: Kinds) -> Parsed:
    """The objects of a rendering but those that only an installation has."""
    return parsed._replace(objects=tuple(obj for obj in parsed.objects if (obj.source, obj.kind) not in passing))


def _kinds(parsed: Parsed) -> Kinds:
    return frozenset((obj.source, obj.kind) for obj in parsed.objects)
